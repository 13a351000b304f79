"""A copy made and proven in this process; redact() of running.py does the same in one with limits."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from PIL import Image

from portal.publishing.inspection import findings as codes
from portal.publishing.inspection.findings import Unreadable
from portal.publishing.inspection.inspecting import inspect
from portal.publishing.inspection.pictures import opened as opened_picture
from portal.publishing.inspection.pictures import upright
from portal.redaction.engine import make
from portal.redaction.orders import CannotRedact, Orders, Place, Redacted
from portal.redaction.proof import prove
from portal.redaction.reading import letters_of, places_in

PDF = b"%PDF-"
PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
PICTURE_DOTS = 200
PAGE_CODES = frozenset(
    {codes.COVERED_TEXT, codes.INVISIBLE_TEXT, codes.COVERED_PICTURE, codes.REMARK_OVER_PICTURE}
)
STUCK = frozenset({codes.UNREADABLE, codes.ENCRYPTED})
HIDING = frozenset({codes.HIDDEN_LAYER})


def redact_here(
    data: bytes,
    orders: Orders,
    *,
    hidden: frozenset[int] | None = None,
    font: Path | None = None,
    machine_reads: bool = True,
) -> Redacted:
    """As redact(), without limits. Raises CannotRedact, NotProven."""
    source = pdf_of(data)
    flattened = hidden_pages(source) if hidden is None else hidden
    made = make(source, orders, hidden=flattened, font=font)
    proof = prove(made, orders, machine_reads=machine_reads)
    return Redacted(made.data, made.withheld, tuple(sorted(made.plans)), made.pages, proof)


def hidden_pages(data: bytes) -> frozenset[int]:
    """The pages that hold something no reader sees, by an inspection; all of them where layers are switched off.

    Raises CannotRedact for a file that cannot be looked into.
    """
    found = inspect(data, media_type="application/pdf", name="").findings
    stuck = next((entry for entry in found if entry.code in STUCK), None)
    if stuck is not None:
        raise CannotRedact(stuck.message.removeprefix("“”："))
    if any(entry.code in HIDING for entry in found):
        with pypdfium2.PdfDocument(data) as document:
            return frozenset(range(1, len(document) + 1))
    return frozenset(entry.page for entry in found if entry.code in PAGE_CODES and entry.page)


def pdf_of(data: bytes) -> bytes:
    """A PDF as it is, a JPEG or PNG as a PDF of one page, 200 dots an inch. Raises CannotRedact."""
    if data.startswith(PDF):
        return data
    kind = next((kind for sign, kind in PICTURES.items() if data.startswith(sign)), "")
    if not kind:
        raise CannotRedact("只能遮盖 PDF 和 JPG、PNG 图片，请先转换为 PDF")
    try:
        image: Image.Image = upright(opened_picture(data, kind))
    except Unreadable as error:
        raise CannotRedact(error.sentence) from error
    out = io.BytesIO()
    image.save(out, "PDF", resolution=PICTURE_DOTS)
    return out.getvalue()


def find_all_here(data: bytes, words: tuple[str, ...]) -> tuple[Place, ...]:
    """As find_all(), without limits."""
    source = pdf_of(data)
    try:
        with pypdfium2.PdfDocument(source) as document:
            return tuple(
                place
                for number, page in enumerate(document, 1)
                for place in places_in(letters_of(page), number, words)
            )
    except pypdfium2.PdfiumError as error:
        raise CannotRedact("PDF 无法打开或者已加密，请处理后重新上传") from error
