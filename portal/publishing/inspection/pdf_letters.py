"""Which letters of a PDF page a reader sees, and which are covered or invisible.

Works on pdfium's raw objects; whoever calls it holds the lock of pdf_pages.
"""

from __future__ import annotations

import ctypes
import time
from typing import Any

import pypdfium2.raw as pdfium
from PIL import Image

from portal.publishing.inspection.findings import Unreadable
from portal.publishing.inspection.pdf_drawing import Box, Drawing

SAME = 10
WHITE = 0xF8
SMALLEST = 1.2
TOO_LONG = "PDF 内容过多，无法在限定时间内检查，请拆分后上传"
COVERED, INVISIBLE, SEEN = "covered", "invisible", ""


class Letters:
    """The letters of a page beside its drawing and its picture. `until` is on time.monotonic()'s clock."""

    def __init__(self, page: Any, words: Any, drawing: Drawing, image: Image.Image, until: float) -> None:
        self._page = page
        self._words = words
        self._drawing = drawing
        self._grey = image.convert("L")
        self._until = until
        self._styles: dict[int, tuple[int, int, bool]] = {}

    def hidden(self) -> tuple[str, str]:
        """The covered letters and the invisible ones. Raises Unreadable if there is no time left."""
        found: dict[str, list[str]] = {COVERED: [], INVISIBLE: [], SEEN: []}
        for at in range(self._words.count_chars()):
            if at % 2000 == 0 and time.monotonic() > self._until:
                raise Unreadable(TOO_LONG)
            sign = chr(pdfium.FPDFText_GetUnicode(self._words, at) or 32)
            if sign.isspace() or not sign.isprintable() or pdfium.FPDFText_IsGenerated(self._words, at) == 1:
                continue
            found[self._state(at)].append(sign)
        return "".join(found[COVERED]), "".join(found[INVISIBLE])

    def _state(self, at: int) -> str:
        thing = pdfium.FPDFText_GetTextObject(self._words, at)
        if not thing:
            return SEEN
        address = ctypes.addressof(thing.contents)
        if address not in self._styles:
            self._styles[address] = _style(thing)
        mode, fill, embedded = self._styles[address]
        box = self._box(at)
        if mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE or self._is_tiny(at, box):
            return INVISIBLE
        place = self._drawing.order.get(address)
        covers = list(self._drawing.over(place, box)) if place is not None else []
        if any(cover.sure for cover in covers):
            return COVERED
        return self._contrast(box, fill, embedded, over=bool(covers))

    def _is_tiny(self, at: int, box: Box) -> bool:
        if box[3] - box[1] >= SMALLEST:
            return False
        loose = pdfium.FS_RECTF()
        if not pdfium.FPDFText_GetLooseCharBox(self._words, at, loose):
            return False
        return bool(abs(loose.top - loose.bottom) < SMALLEST and abs(loose.right - loose.left) < SMALLEST)

    def _box(self, at: int) -> Box:
        sides = [ctypes.c_double() for _ in range(4)]
        pdfium.FPDFText_GetCharBox(self._words, at, *sides)
        left, right, bottom, top = (side.value for side in sides)
        return left, bottom, right, top

    def _contrast(self, box: Box, fill: int, embedded: bool, *, over: bool) -> str:
        """Look at the picture where the letter stands, a little around it: one even tone shows nothing.

        A letter of a font that is not in the file may not be drawn at all here, so an even tone alone says
        nothing about it; it counts if the letter is white or something was painted over it.
        """
        left, top, right, bottom = self._pixels(box)
        width, height = self._grey.size
        if right < 0 or bottom < 0 or left > width or top > height:
            return INVISIBLE
        wide = (max(0, left - 2), max(0, top - 2), min(width, right + 3), min(height, bottom + 3))
        tone = self._even(wide if embedded else (left, top, right, bottom))
        if tone is None:
            return SEEN
        if embedded:
            return INVISIBLE if fill < 0 or abs(tone - fill) <= 2 * SAME else COVERED
        if over:
            return COVERED
        return INVISIBLE if fill >= WHITE and tone >= WHITE else SEEN

    def _even(self, area: tuple[int, int, int, int]) -> int | None:
        """The tone of an area, None if it has several or is none."""
        if area[2] <= area[0] or area[3] <= area[1]:
            return None
        low, high = self._grey.crop(area).getextrema()
        assert isinstance(low, int | float) and isinstance(high, int | float)
        return int(low) if high - low <= SAME else None

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        across, down = [], []
        for x, y in ((box[0], box[1]), (box[2], box[3])):
            to_x, to_y = ctypes.c_int(), ctypes.c_int()
            pdfium.FPDF_PageToDevice(self._page, 0, 0, *self._grey.size, 0, x, y, to_x, to_y)
            across.append(to_x.value)
            down.append(to_y.value)
        return min(across), min(down), max(across), max(down)


def _style(thing: Any) -> tuple[int, int, bool]:
    """A text object's render mode, the grey of its fill (-1 without a plain colour), and if its font is in the file."""
    mode = pdfium.FPDFTextObj_GetTextRenderMode(thing)
    colour = [ctypes.c_uint() for _ in range(4)]
    grey = -1
    if pdfium.FPDFPageObj_GetFillColor(thing, *colour):
        red, green, blue, alpha = (part.value for part in colour)
        grey = (299 * red + 587 * green + 114 * blue) // 1000 if alpha > 12 else -1
    font = pdfium.FPDFTextObj_GetFont(thing)
    return mode, grey, bool(font) and pdfium.FPDFFont_GetIsEmbedded(font) == 1
