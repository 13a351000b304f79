"""What a unit has published, for whoever answers a request with it: the files beside its items, as everyone gets them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from notices.models import ArticleVersion
from notices.queries import listed, public_file
from portal.records.rooms import Offered, Shelf, Taken
from portal.units.models import Unit

NAME = "notices"
MOST = 20


def search(unit: Unit, words: str, at: datetime) -> Sequence[Offered]:
    """Public items of the unit whose title or number has the words, a row for each of their files, newest first."""
    rows: Any = listed(at, unit=unit.code).select_related("article__unit")
    found = rows.filter(Q(title__icontains=words) | Q(doc_number__icontains=words))[:MOST]
    return [_offered(version, entry) for version in found for entry in version.fields.get("files", [])]


def _offered(version: ArticleVersion, entry: dict[str, Any]) -> Offered:
    name = entry["copy_name"].rpartition(".")[0] or entry["copy_name"]
    return Offered(
        key=f"{NAME}:{version.public_id}:{entry['id']}",
        title=version.title if len(version.fields["files"]) == 1 else f"{version.title}：{name}"[:100],
        number=version.doc_number,
        made_on=version.made_on,
        maker=version.article.unit.name,
        url=reverse("notices:article", args=[version.article.public_id]),
    )


def take(unit: Unit, key: str, at: datetime) -> Taken | None:
    """The file of a key, while its item is public; the very bytes that everyone gets."""
    parts = key.split(":")
    if len(parts) != 3 or parts[0] != NAME:
        return None
    try:
        version_id, file_id = uuid.UUID(parts[1]), uuid.UUID(parts[2])
    except ValueError:
        return None
    rows: Any = listed(at, unit=unit.code).select_related("article__unit")
    version = rows.filter(public_id=version_id).first()
    found = public_file(version, file_id) if version is not None else None
    if found is None:
        return None
    entry, stored = found
    return Taken(entry["copy_name"], stored.read(), _offered(version, entry))


SHELF = Shelf(NAME, search, take)
