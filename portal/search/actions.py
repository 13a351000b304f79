"""Writers of the index."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from portal.core.segment import fold, tokens
from portal.search.backends import backend
from portal.search.models import SearchEntry
from portal.units.models import Unit


@transaction.atomic
def index(
    *, kind: str, key: str, title: str, body: str, unit: Unit | None, published_on: date, url: str
) -> None:
    """Put a public thing into the index, or renew it; never call it for anything unpublished."""
    entry, _ = SearchEntry.objects.update_or_create(
        key=key,
        defaults={
            "kind": kind,
            "title": title,
            "body": body,
            "folded": fold(f"{title}\n{body}"),
            "unit": unit,
            "published_on": published_on,
            "url": url,
        },
    )
    backend().put(entry.pk, tokens(f"{title}\n{body}"))


@transaction.atomic
def drop(*, key: str) -> None:
    """Take a thing out of the index; nothing happens if it is not there."""
    for entry in SearchEntry.objects.filter(key=key):
        backend().remove(entry.pk)
        entry.delete()
