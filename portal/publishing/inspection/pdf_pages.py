"""What the pages of a PDF show and what they only hold: text with its visibility, and pictures of the pages.

pdfium (pypdfium2) is used here and in pdf_drawing and pdf_letters. It is not made for threads, so one lock
stands around every use.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2
from PIL import Image

from portal.publishing.inspection.findings import Unreadable
from portal.publishing.inspection.pdf_drawing import Remark, drawing_of, overlap
from portal.publishing.inspection.pdf_letters import TOO_LONG, Letters, Pictures, show_text

PICTURE_SIDE = 1600
BUDGET_SECONDS = 90.0
MOST_SIDE = 5000
_LOCK = threading.RLock()


@dataclass(frozen=True)
class PageLook:
    """One page: all its text, the text under something opaque, the text that does not show, its picture,
    the share of it that is pictures, and how many of those are partly covered or cut off, or lie under remarks."""

    number: int
    text: str
    covered: str
    invisible: str
    pictured: float
    covered_pictures: int
    pictures_under_remarks: int
    read_by_machine: bool
    image: Image.Image


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise Unreadable("PDF 无法打开，请用软件重新导出后上传") from error
        try:
            yield document
        finally:
            document.close()


def texts(data: bytes) -> list[str]:
    """The text of each page. Raises Unreadable."""
    with _opened(data) as document:
        return [_text_page(page).get_text_range() for page in document]


def _text_page(page: Any) -> Any:
    try:
        return page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise Unreadable("PDF 页面无法读取") from error


def small_pictures(data: bytes, side: int) -> Iterator[Image.Image]:
    """The pages in grey without remarks, the long side `side` pixels. Raises Unreadable."""
    with _opened(data) as document:
        for page in document:
            yield _picture(page, side, annotations=False).convert("L")
            page.close()


def page_picture(data: bytes, number: int, dots: int) -> tuple[Image.Image, tuple[float, float]]:
    """One page, counted from 1, in colour without remarks, in dots per inch, and its size in points.

    Raises Unreadable.
    """
    with _opened(data) as document:
        page = document[number - 1]
        size = page.get_size()
        return _picture(page, min(MOST_SIDE, round(max(size) * dots / 72)), annotations=False), size


def _picture(page: Any, side: int, annotations: bool = True) -> Image.Image:
    width, height = page.get_size()
    scale = side / max(width, height, 1.0)
    try:
        bitmap = page.render(scale=scale, draw_annots=annotations, rev_byteorder=True)
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
        raise Unreadable("PDF 页面无法显示") from error
    image: Image.Image = bitmap.to_pil().convert("RGB")
    return image


def looks(data: bytes, letters: bytes, remarks: Mapping[int, list[Remark]]) -> Iterator[PageLook]:
    """Every page looked at. `letters` are the same pages with their letters alone, `remarks` those over each page.

    Raises Unreadable if a page cannot be looked at, or all together take too long.
    """
    until = time.monotonic() + BUDGET_SECONDS
    with _opened(data) as document, _opened(letters) as alone:
        for number, (page, lettering) in enumerate(zip(document, alone, strict=True), 1):
            if time.monotonic() > until:
                raise Unreadable(TOO_LONG)
            ink = _picture(lettering, PICTURE_SIDE, annotations=False)
            lettering.close()
            yield _look(page, number, remarks.get(number, []), ink, until)
            page.close()


def _look(page: Any, number: int, remarks: list[Remark], ink: Image.Image, until: float) -> PageLook:
    drawing = drawing_of(page, remarks)
    image = _picture(page, PICTURE_SIDE)
    words = _text_page(page)
    text = words.get_text_range()
    if text.strip():
        show_text(page, False)
        bare = _picture(page, PICTURE_SIDE)
        show_text(page, True)
        covered, invisible, read = Letters(page, words, drawing, Pictures(image, bare, ink), until).hidden()
    else:
        covered, invisible, read = "", "", False
    sides = page.get_bbox()
    area = sum(overlap(box, sides) for _, box in drawing.pictures)
    share = min(1.0, area / max(1.0, (sides[2] - sides[0]) * (sides[3] - sides[1])))
    words.close()
    hidden = (drawing.covered_pictures(), drawing.pictures_under_remarks())
    return PageLook(number, text, covered, invisible, share, *hidden, read, image)


def page_count(data: bytes, media_type: str) -> int:
    """How many pages a PDF has; 0 for other files and for one that cannot be opened (inspect() says why)."""
    if media_type != "application/pdf":
        return 0
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            return 0
        try:
            return len(document)
        finally:
            document.close()
