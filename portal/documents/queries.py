"""Readers of documents: a case's papers, and whether a paper is genuine."""

from __future__ import annotations

import hashlib

from django.db.models import QuerySet

from portal.cases.models import Case
from portal.core.numbering import normalise_code
from portal.documents.kinds import KINDS
from portal.documents.models import OfficialDocument


def documents_of(case: Case, *, internal: bool = False) -> QuerySet[OfficialDocument]:
    """A case's papers in order; those for the office or for others only where `internal` is asked for."""
    found = OfficialDocument.objects.filter(case_id=case.pk).select_related("file").order_by("id")
    if internal:
        return found
    return found.exclude(
        kind__in=[kind.code for kind in KINDS.values() if kind.internal or kind.confidential]
    )


def find_by_code(code: str) -> OfficialDocument | None:
    """The document with that verification code, as typed by a person; None if there is none."""
    return (
        OfficialDocument.objects.filter(verify_code=normalise_code(code))
        .select_related("unit", "file")
        .first()
    )


def file_matches(document: OfficialDocument, data: bytes) -> bool:
    """True if these bytes are the document that was issued, to the last one."""
    return document.file is not None and hashlib.sha256(data).hexdigest() == document.file.sha256
