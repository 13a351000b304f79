"""Corrected renderings: papers whose first file strict readers cannot show are drawn anew beside it, and say so.

The first file is never changed or replaced: its digest is in people's hands. The new one is marked, has its own digest
and its own event in the case's log, and `/verify/` knows both.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime

import pypdfium2
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.cases.registry import KINDS
from portal.cases.steps import note
from portal.core.actors import SYSTEM
from portal.core.wording import cn_date
from portal.documents.models import RENDERING, CorrectedRendering, DocumentStatus, OfficialDocument
from portal.documents.render.pages import page_for
from portal.documents.render.worker import render_pdf
from portal.files.actions import store_bytes
from portal.jobs.outbox import enqueue

AT_ONCE = 200
NOTE = "correct_rendering"
PAGE_NUMBER = re.compile(r"—\d+—")


def waiting() -> QuerySet[OfficialDocument]:
    """The papers of an older rendering that have no corrected one yet."""
    old = OfficialDocument.objects.filter(status=DocumentStatus.READY, rendering__lt=RENDERING)
    return old.exclude(corrections__rendering=RENDERING).order_by("id")


def promise_corrections() -> int:
    """Promise a corrected rendering to the next papers that wait for one; gives how many."""
    found = list(waiting().values_list("pk", flat=True)[:AT_ONCE])
    with transaction.atomic():
        for document in found:
            enqueue("documents.correct", key=f"correct:{document}:{RENDERING}", document=document)
    return len(found)


def correct(*, document_id: int, at: datetime) -> None:
    """Draw a paper's frozen facts anew, marked, and keep it beside the first file; once."""
    document = OfficialDocument.objects.select_related("unit", "case", "file").get(pk=document_id)
    if document.file is None or not waiting().filter(pk=document_id).exists():
        return
    first = document.file
    mark = f"版式更正件，{cn_date(timezone.localdate(at))}制作，要素与原件相同。原件SHA-256：{first.sha256}"
    data = render_pdf(page_for(document, mark=mark))
    is_same = words_of(data, without=mark) == words_of(first.read())
    stored = store_bytes(data, media_type="application/pdf")
    with transaction.atomic():
        case = KINDS[document.case.kind].model._base_manager.select_for_update().get(pk=document.case_id)
        if not waiting().filter(pk=document_id).exists():
            return
        CorrectedRendering.objects.create(
            document=document, rendering=RENDERING, file=stored, same_words=is_same, made_at=at
        )
        note(
            case,
            NOTE,
            actor=SYSTEM,
            at=at,
            document=document.pk,
            original=first.sha256,
            corrected=stored.sha256,
            same_words=is_same,
        )


def words_of(data: bytes, *, without: str = "") -> Counter[str]:
    """How often each sign stands in a file, but for page numbers and blanks: breaks may fall elsewhere."""
    with pypdfium2.PdfDocument(data) as paper:
        text = "".join("".join(page.get_textpage().get_text_range().split()) for page in paper)
    signs = Counter(PAGE_NUMBER.sub("", text))
    signs.subtract("".join(without.split()))
    return +signs
