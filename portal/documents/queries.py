"""Readers of documents: a case's papers, and whether a paper is genuine."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from portal.cases.models import Case, CaseQuerySet
from portal.core.numbering import forms_issued, normalise_code
from portal.documents.kinds import KINDS
from portal.documents.models import CorrectedRendering, OfficialDocument
from portal.documents.render.faces import font_set
from portal.files.models import StoredFile


def documents_of(case: Case, *, internal: bool = False) -> QuerySet[OfficialDocument]:
    """A case's papers in order; those for the office or for others only where `internal` is asked for."""
    found = (
        OfficialDocument.objects.filter(case_id=case.pk)
        .select_related("file")
        .prefetch_related("corrections")
        .order_by("id")
    )
    if internal:
        return found
    return found.exclude(
        kind__in=[kind.code for kind in KINDS.values() if kind.internal or kind.confidential]
    )


def signs_without_face(*texts: str) -> list[str]:
    """The signs that no face of our papers has, each once; a paper would print their codes instead.

    Empty on a machine without the fonts: pages must go on there, and the job that renders says so loudly.
    """
    try:
        return font_set(settings.PORTAL_FONT_DIR).missing("".join(texts))
    except FileNotFoundError:
        return []


def cases_with_number(cases: CaseQuerySet, typed: str) -> CaseQuerySet:
    """Those of the cases that have this number, or a paper of this number in either spelling, newest first."""
    papers = OfficialDocument.objects.filter(number__in=forms_issued(typed)).values("case_id")
    found = Q(number=typed.strip().upper()) | Q(pk__in=papers)
    return cases.filter(found).for_lists().order_by("-id")


def doubled_numbers() -> list[tuple[str, int]]:
    """(number, how many papers carry it) of those that more than one does: given before 2026-12; told, never changed."""
    rows = (
        OfficialDocument.objects.exclude(number="").order_by().values("number").annotate(papers=Count("pk"))
    )
    return [(row["number"], row["papers"]) for row in rows.filter(papers__gt=1).order_by("number")]


def find_by_code(code: str) -> OfficialDocument | None:
    """The document with that verification code, as typed by a person; None if there is none."""
    return (
        OfficialDocument.objects.filter(verify_code=normalise_code(code))
        .select_related("unit", "file")
        .first()
    )


def file_of(document: OfficialDocument, *, original: bool = False) -> StoredFile | None:
    """The file to hand out: the corrected rendering if there is one with the same words, else the first file.

    None while there is none; `original` asks for the first file.
    """
    if original:
        return document.file
    corrected = correction_of(document)
    return corrected.file if corrected is not None and corrected.same_words else document.file


def correction_of(document: OfficialDocument) -> CorrectedRendering | None:
    """The newest corrected rendering of a paper; None if it never needed one."""
    return document.corrections.select_related("file").order_by("-rendering").first()


def file_matches(document: OfficialDocument, data: bytes) -> str:
    """Which file of the paper these bytes are, to the last one: "original", "corrected", or "" for neither."""
    digest = hashlib.sha256(data).hexdigest()
    if digest in document.former_files or (document.file is not None and document.file.sha256 == digest):
        return "original"
    return "corrected" if document.corrections.filter(file__sha256=digest).exists() else ""
