"""What an item says, as one digest and as the fields of its page."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from notices.choices import OFFICE
from notices.models import Article, ArticleVersion
from portal.core.chain import canonical
from portal.publishing.actions import digest_of
from portal.units.models import Unit


def content_digest(case: Article) -> str:
    """What approval is bound to: everything that the public will be shown, the files by their digests."""
    files = case.files.order_by("id").values_list("name", "stored__sha256")
    return digest_of(
        case.title,
        case.route,
        case.doc_number,
        case.issuer,
        case.made_on.isoformat(),
        case.subject,
        case.summary,
        case.body,
        case.source,
        case.source_url,
        str(case.interprets_id or ""),
        str(case.column_id),
        *((case.structure, canonical(case.particulars)) if case.structure else ()),
        *(f"{name}:{sha256}" for name, sha256 in files),
    )


def shown_fields(case: Article) -> dict[str, Any]:
    """The particulars that a published version keeps."""
    return {
        "index_number": case.index_number,
        "doc_number": case.doc_number,
        "issuer": case.issuer,
        "made_on": case.made_on.isoformat(),
        "subject": case.get_subject_display(),
        "route": case.get_route_display(),
        "source": case.source,
        "source_url": case.source_url,
        "structure": case.structure,
        "particulars": case.particulars,
        "files": [
            {
                "id": str(entry.public_id),
                "name": entry.name if entry.role == "picture" else entry.check_result.copy_name,
                "role": entry.role,
                "sha256": entry.check_result.copy.sha256,
            }
            for entry in case.files.select_related("check_result__copy").order_by("id")
            if getattr(entry, "check_result", None) is not None and entry.check_result.copy is not None
        ],
    }


def words_digest(version: ArticleVersion) -> str:
    """What the published event says of a version: everything that its page shows, recomputable from the row."""
    fields = json.dumps(version.fields, ensure_ascii=False, sort_keys=True)
    return digest_of(version.title, version.summary, version.body, fields)


def shown_version(case: Article, now: datetime) -> ArticleVersion | None:
    """What everyone reads at that moment: the newest version whose time has come."""
    return ArticleVersion.objects.filter(article=case, publish_at__lte=now).order_by("-number").first()


def higher_unit(case: Article) -> Unit:
    """Who looks at great matters after the making unit: its government's office, the city's office for the rest.

    A county's item goes to the city's office; so does a department's (办法第六条、第十条).
    """
    return Unit.objects.get(code=OFFICE)
