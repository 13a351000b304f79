"""What an item says, as one digest and as the fields of its page."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from notices.choices import OFFICE
from notices.models import Article, ArticleVersion
from portal.cases.models import CaseFile
from portal.core.chain import canonical
from portal.publishing.actions import digest_of
from portal.publishing.filechecks import copy_of, signed_file
from portal.units.models import Unit


def files_of(case: Article) -> QuerySet[CaseFile]:
    """The files that the next version will show, in the order in which they were added."""
    rows = case.files.select_related("stored", "check_result__copy", "check_result__confirmed_by")
    return rows.exclude(public_id__in=case.set_aside).order_by("id")


def content_digest(case: Article) -> str:
    """What approval is bound to: everything that the public will be shown, each part under its own name.

    Files count by the digest of what was laid there and of the copy that is published instead of it.
    """
    parts = {
        "title": case.title,
        "unit": case.unit_id,
        "column": case.column_id,
        "route": case.route,
        "index_number": case.index_number,
        "doc_number": case.doc_number,
        "issuer": case.issuer,
        "made_on": case.made_on,
        "subject": case.subject,
        "openness": case.openness,
        "summary": case.summary,
        "body": case.body,
        "source": case.source,
        "source_url": case.source_url,
        "interprets": case.interprets_id,
        "outlets": list(case.outlets),
        "change_note": case.change_note,
        "structure": case.structure,
        "particulars": case.particulars if case.structure else {},
        "files": [signed_file(entry) for entry in files_of(case)],
    }
    return digest_of(canonical(parts))


def shown_fields(case: Article) -> dict[str, Any]:
    """The particulars that a published version keeps."""
    return {
        "index_number": case.index_number,
        "doc_number": case.doc_number,
        "issuer": case.issuer,
        "made_on": case.made_on.isoformat(),
        "subject": case.get_subject_display(),
        "route": case.get_route_display(),
        "openness": case.get_openness_display(),
        "outlets": list(case.outlets),
        "change_note": case.change_note,
        "source": case.source,
        "source_url": case.source_url,
        "structure": case.structure,
        "particulars": case.particulars,
        "files": [_shown_file(entry) for entry in files_of(case) if copy_of(entry) is not None],
    }


def _shown_file(entry: CaseFile) -> dict[str, Any]:
    check: Any = entry.check_result
    return {
        "id": str(entry.public_id),
        "name": entry.name if entry.role == "picture" else check.copy_name,
        "copy_name": check.copy_name,
        "role": entry.role,
        "sha256": check.copy.sha256,
    }


def words_digest(version: ArticleVersion) -> str:
    """What the published event says of a version: the words that its page shows, recomputable from the row."""
    fields = json.dumps(version.fields, ensure_ascii=False, sort_keys=True)
    return digest_of(version.title, version.summary, version.body, fields)


def shown_digest(version: ArticleVersion) -> str:
    """Everything that readers are shown of a version, where it is listed and when it came out; each under its name."""
    parts = {
        "number": version.number,
        "title": version.title,
        "summary": version.summary,
        "body": version.body,
        "fields": version.fields,
        "column": version.column_id,
        "doc_number": version.doc_number,
        "made_on": version.made_on,
        "subject": version.subject,
        "interprets": version.interprets_id,
        "publish_at": version.publish_at,
        "first_at": version.first_at,
    }
    return digest_of(canonical(parts))


def current(now: datetime) -> QuerySet[Any]:
    """The version of each item that everyone reads at that moment: the one source of lists, counts and pages.

    The newest whose time has come; what was withdrawn, or stopped before its time, is none.
    """
    live = ArticleVersion.objects.filter(publish_at__lte=now, withdrawn_at__isnull=True)
    newest = live.filter(article=OuterRef("article")).order_by("-number").values("pk")[:1]
    rows: QuerySet[Any] = live.filter(pk=Subquery(newest))
    return rows.select_related("article__unit", "column")


def shown_version(case: Article, now: datetime) -> ArticleVersion | None:
    """What everyone reads at that moment: the newest version whose time has come; None for nothing."""
    found: ArticleVersion | None = current(now).filter(article=case).first()
    return found


def live_versions(case: Article) -> QuerySet[ArticleVersion]:
    """The versions that are out or will come out by themselves."""
    return ArticleVersion.objects.filter(article=case, withdrawn_at__isnull=True)


def higher_unit(case: Article) -> Unit:
    """Who looks at great matters after the making unit: its government's office, the city's office for the rest.

    A county's item goes to the city's office; so does a department's (办法第六条、第十条).
    """
    return Unit.objects.get(code=OFFICE)
