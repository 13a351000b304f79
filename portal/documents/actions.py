"""Issuing documents: the number and the facts now, the PDF by a job, once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.cases.models import Case
from portal.cases.numbers import take_number
from portal.core.actors import Actor
from portal.core.chain import canonical
from portal.core.errors import InvalidInput
from portal.core.numbering import new_code, number_spellings, official_number
from portal.core.wording import cn_date
from portal.documents.kinds import kind_of, number_word
from portal.documents.models import RENDERING, DocumentStatus, OfficialDocument
from portal.documents.render.pages import contact_of, page_for, template_digest
from portal.documents.render.worker import render_pdf
from portal.files.actions import store_bytes
from portal.jobs.outbox import enqueue
from portal.units.models import Unit

ERASED_MARK = "本件中的联系方式已于{day}按保存期限清除，其余要素与原件相同。"


def issue(
    case: Case,
    kind_code: str,
    *,
    unit: Unit,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Any],
    addressee: str = "",
) -> OfficialDocument:
    """Number a document, freeze its facts, and promise its PDF; in the business transaction.

    The year of the number is the Asia/Shanghai year of `at`. Raises KeyError for an unknown kind,
    ValueError if a fact is missing.
    """
    kind = kind_of(kind_code)
    absent = [name for name in kind.facts if name not in facts]
    if absent:
        raise ValueError(f"{kind_code} lacks {', '.join(absent)}")
    issued_on = timezone.localdate(at)
    ordinal, number = _number(unit, kind.series, issued_on.year) if kind.numbered else (None, "")
    frozen = canonical(facts)
    document = OfficialDocument.objects.create(
        case=case,
        unit=unit,
        kind=kind.code,
        title=kind.title,
        series=kind.series,
        year=issued_on.year,
        ordinal=ordinal,
        number=number,
        issued_on=issued_on,
        addressee=addressee,
        facts=dict(facts),
        issuer={"name": unit.name, "contact": contact_of(unit)},
        template_digest=template_digest(kind),
        facts_digest=hashlib.sha256(frozen.encode()).hexdigest(),
        verify_code=new_code(),
    )
    promise(document)
    return document


def _number(unit: Unit, series: str, year: int) -> tuple[int, str]:
    """The next number of a series that no paper carries: before 2026-12 other series counted under the same word."""
    word = number_word(unit.series_word, series)
    while True:
        ordinal = take_number(unit, series, year)
        number = official_number(word, year, ordinal)
        if not OfficialDocument.objects.filter(number__in=number_spellings(number)).exists():
            return ordinal, number


def next_number(unit: Unit, series: str, year: int) -> str:
    """The next official number of a series for what is no document of a case; in the transaction that uses it."""
    return _number(unit, series, year)[1]


def promise(document: OfficialDocument) -> None:
    """Promise a document's PDF, once; in a transaction."""
    enqueue("documents.render", key=f"render:{document.pk}", document=document.pk)


def render(*, document_id: int, at: datetime) -> None:
    """Render a document's PDF and keep it; a document that has its file is left alone."""
    document = OfficialDocument.objects.select_related("unit").get(pk=document_id)
    if document.is_ready or document.status == DocumentStatus.VOID:
        return
    mark = (
        ERASED_MARK.format(day=cn_date(timezone.localdate(document.erased_at))) if document.erased_at else ""
    )
    data = render_pdf(page_for(document, mark=mark))
    stored = store_bytes(data, media_type="application/pdf")
    with transaction.atomic():
        OfficialDocument.objects.filter(
            pk=document_id, file__isnull=True, status=DocumentStatus.PENDING
        ).update(file=stored, rendered_at=at, status=DocumentStatus.READY, rendering=RENDERING)


def void(*, document: OfficialDocument, reason: str) -> None:
    """Mark a document as void; it keeps its number. Raises InvalidInput without a reason."""
    if not reason.strip():
        raise InvalidInput("请写明作废理由", "reason")
    document.status, document.void_reason = DocumentStatus.VOID, reason.strip()
    document.save(update_fields=["status", "void_reason"])
