"""After a record came in: the virus scan, its pages as a PDF, pictures of them. Jobs, a few pages at a time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from portal.core.errors import PortalError
from portal.documents.render.worker import render_pdf
from portal.files import scanner
from portal.files.actions import store_bytes
from portal.files.models import StoredFile
from portal.jobs.outbox import enqueue
from portal.publishing.inspection.inspecting import plain_text
from portal.publishing.inspection.page_html import Block, page_html
from portal.records import office
from portal.records.choices import MOST_PAGES, Origin, RecordState
from portal.records.looking import look, picture_as_pdf, sheets
from portal.records.models import Record, RecordPage

PAGES_AT_ONCE = 20
MOST_MACHINE = 6


def prepare(*, record_id: int, at: datetime) -> None:
    """Make a record ready, or say why it cannot be used; once. Raises ScannerAway to be tried again."""
    record = Record.objects.select_related("file").get(pk=record_id)
    if record.state != RecordState.PREPARING or record.removed_at is not None:
        return
    try:
        pdf = _pages_of(record)
        found = look(pdf)
        if found.pages > MOST_PAGES:
            raise PortalError(f"共{found.pages}页，超过{MOST_PAGES}页，请拆分后上传")
    except PortalError as error:
        Record.objects.filter(pk=record_id).update(state=RecordState.REFUSED, problem=error.sentence[:200])
        return
    with transaction.atomic():
        kept = store_bytes(pdf, media_type="application/pdf")
        Record.objects.filter(pk=record_id).update(pdf=kept, pages=found.pages, state=RecordState.READY)
        enqueue("records.pages", key=f"pages:{record_id}:1", record=record_id, first=1)


def _pages_of(record: Record) -> bytes:
    if record.origin == Origin.TEXT:
        return _as_paper(record.title, record.words)
    if record.file is None:
        raise PortalError("文件已经清除")
    data = record.file.read()
    scanned = scanner.scan(data)
    if scanned.state == scanner.AWAY:
        raise scanner.ScannerAway("clamd does not answer")
    if scanned.state == scanner.FOUND:
        raise PortalError(f"文件含有病毒：{scanned.signature[:60]}")
    ending = record.name.rpartition(".")[2].lower()
    if ending in ("jpg", "jpeg", "png"):
        return picture_as_pdf(data)
    if ending in ("docx", "xlsx"):
        return office.as_pdf(data, ending)
    return _as_paper(record.title, plain_text(data)) if ending == "txt" else data


def _as_paper(title: str, words: str) -> bytes:
    blocks = [Block("paragraph", line) for line in words.splitlines() if line.strip()]
    return render_pdf(page_html(title, blocks))


def draw_pages(*, record_id: int, first: int) -> None:
    """Draw some pages of a record from `first` on, and promise the next ones."""
    record = Record.objects.select_related("pdf").get(pk=record_id)
    if record.pdf is None or record.removed_at is not None:
        return
    pdf = record.pdf.read()
    rows = []
    machine = 0
    following = first + PAGES_AT_ONCE
    for sheet in sheets(pdf, first, following - 1):
        text, by_machine = sheet.text, False
        if not text and machine == MOST_MACHINE:
            following = sheet.number
            break
        if not text:
            text, by_machine = _read_by_machine(pdf, sheet.number)
            machine += by_machine
        rows.append((sheet, text, by_machine))
    with transaction.atomic():
        RecordPage.objects.bulk_create(
            [
                RecordPage(
                    record=record,
                    number=sheet.number,
                    picture=_stored(sheet.jpeg),
                    width=sheet.width,
                    height=sheet.height,
                    space=sheet.space,
                    text=text,
                    by_machine=by_machine,
                )
                for sheet, text, by_machine in rows
            ],
            ignore_conflicts=True,
        )
        if following <= record.pages:
            enqueue("records.pages", key=f"pages:{record_id}:{following}", record=record_id, first=following)


def _stored(jpeg: bytes) -> StoredFile:
    return store_bytes(jpeg, media_type="image/jpeg")


def _read_by_machine(pdf: bytes, number: int) -> tuple[str, bool]:
    """The words of a page that has only a picture, where tesseract with Chinese is installed."""
    from portal.redaction.machine import can_read, read

    words = read(pdf, number) if can_read() else None
    return (words or "", bool(words))
