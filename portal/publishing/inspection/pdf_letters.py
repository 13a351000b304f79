"""Which letters of a PDF page a reader sees, and which are covered or invisible.

A letter is seen if taking all text off the page changes the page where the letter has its ink. That one
question finds boxes over and under the text, white, transparent and clipped text alike, and says nothing
about frames, grounds and highlights that leave the text readable.

Works on pdfium's raw objects; whoever calls it holds the lock of pdf_pages.
"""

from __future__ import annotations

import ctypes
import re
import time
import unicodedata
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from portal.publishing.inspection.findings import Unreadable
from portal.publishing.inspection.pdf_drawing import MOST_DEPTH, Box, Drawing, overlap

SAME = 10
WHITE = 0xF8
SMALLEST = 2.2
# Of a page's greatest difference (255): what counts as ink, as changed, and as a contrast that people see.
INK, FAINT_INK, CHANGED, CONTRAST = 96, 40, 6, 12
# The share of a letter's ink that must show: with a box over it, and without.
UNDER_BOX, ANYWHERE = 0.5, 0.12
SCAN = 0.6
SQUEEZED, THIN_SQUEEZED, WIDE_SQUEEZED = 0.1, 0.03, 0.2
THIN = frozenset("iIlj1|!.,:;'`()[]{}tfrJ-·、，。；：！（）“”‘’《》【】")
_LABELS = re.compile(
    r"(?:redact(?:ed|ion)?|privileged?|confidential|sealed|exempt(?:ion)?|withheld|deleted|sensitive|pii"
    r"|b[1-9][a-f]?|已?(?:隐去|遮盖|遮蔽|涂黑|删去|删除|脱敏|屏蔽|略去)|个人(?:隐私|信息)|商业秘密|内部事务|保密|不予公开)+"
)
_STAMPED = re.compile(r"((?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])(?:19|20)[0-9]{2})\1{2,}")
TOO_LONG = "PDF 内容过多，无法在限定时间内检查，请拆分后上传"
# Letters, digits and private signs tell something; rules made of underlines, dots and dashes do not.
TELLING = frozenset("LNC")
COVERED, INVISIBLE, SEEN = "covered", "invisible", ""
UNPAINTED = "unpainted"


@dataclass(frozen=True)
class Pictures:
    """A page as it shows, the same without its text, and its letters alone in black; all of one size."""

    shown: Image.Image
    bare: Image.Image
    letters: Image.Image


class Letters:
    """The letters of a page beside its drawing and its pictures. `until` is on time.monotonic()'s clock."""

    def __init__(self, page: Any, words: Any, drawing: Drawing, pictures: Pictures, until: float) -> None:
        self._page = page
        self._words = words
        self._drawing = drawing
        self._until = until
        self._styles: dict[int, tuple[int, int, bool]] = {}
        self._shown = pictures.shown.convert("L")
        self._bare = pictures.bare.convert("L")
        parts = ImageChops.difference(pictures.shown, pictures.bare).split()
        self._changed = parts[0]
        for part in parts[1:]:
            self._changed = ImageChops.lighter(self._changed, part)
        self._ink = ImageChops.invert(pictures.letters.convert("L"))
        changed = self._changed.point(lambda value: 255 if value >= CHANGED else 0)
        self._strong = self._ink.point(lambda value: 255 if value >= INK else 0)
        self._faint = self._ink.point(lambda value: 255 if value >= FAINT_INK else 0)
        self._strong_seen = ImageChops.darker(self._strong, changed)
        self._faint_seen = ImageChops.darker(self._faint, changed)

    def hidden(self) -> tuple[str, str, bool]:
        """The covered letters, the invisible ones, and if there are words that a machine read from a scan.

        Raises Unreadable if there is no time left.
        """
        unseen: list[tuple[str, str]] = []
        scanned: list[tuple[str, str]] = []
        for at in range(self._words.count_chars()):
            if at % 2000 == 0 and time.monotonic() > self._until:
                raise Unreadable(TOO_LONG)
            sign = chr(pdfium.FPDFText_GetUnicode(self._words, at) or 32)
            if sign.isspace() or not sign.isprintable() or pdfium.FPDFText_IsGenerated(self._words, at) == 1:
                scanned.append((" ", SEEN))
                continue
            state = self._state(at, sign)
            if unicodedata.category(sign)[0] not in TELLING:
                continue
            if state.startswith(UNPAINTED):
                scanned.append((sign, state.removeprefix(UNPAINTED)))
            else:
                unseen += [(sign, state)] if state != SEEN else []
        for word in _words_of(scanned):
            unseen += [(sign, _state_of_scanned(word)) for sign, _ in word]
        if _is_label("".join(sign for sign, state in unseen if state != SEEN)):
            unseen = []
        read = any(sign != " " for sign, _ in scanned)
        covered, invisible = (
            "".join(sign for sign, its in unseen if its == state) for state in (COVERED, INVISIBLE)
        )
        return covered, invisible, read

    def _state(self, at: int, sign: str) -> str:
        thing = pdfium.FPDFText_GetTextObject(self._words, at)
        if not thing:
            return SEEN
        address = ctypes.addressof(thing.contents)
        if address not in self._styles:
            self._styles[address] = _style(thing)
        mode, fill, embedded = self._styles[address]
        box = self._box(at)
        if mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
            return self._scanned(box)
        if self._is_tiny(at, sign, box):
            return INVISIBLE
        place = self._drawing.order.get(address)
        covers = (
            [cover for cover in self._drawing.over(place, box) if cover.sure] if place is not None else []
        )
        if any(cover.is_mark for cover in covers):
            return COVERED
        if covers and all(cover.is_picture and self._is_scan(cover.box) for cover in covers):
            return self._scanned(box)
        return self._by_ink(box, fill, embedded, under=bool(covers))

    def _is_scan(self, box: Box) -> bool:
        """True for a picture of about the whole page: text painted under it is what a machine read in it."""
        sides = self._page.get_bbox()
        return bool(overlap(box, sides) >= SCAN * (sides[2] - sides[0]) * (sides[3] - sides[1]))

    def _scanned(self, box: Box) -> str:
        """Unpainted text over a picture is what a machine read in it; it must have something to read."""
        size = max(1e-6, (box[2] - box[0]) * (box[3] - box[1]))
        if not any(overlap(box, picture) >= size * 0.6 for _, picture in self._drawing.pictures):
            return INVISIBLE
        left, top, right, bottom = self._pixels(box)
        tone = self._even(self._shown, (left, top, right, bottom))
        if tone is None:
            return UNPAINTED
        return UNPAINTED + (INVISIBLE if tone >= WHITE - 16 else COVERED)

    def _is_tiny(self, at: int, sign: str, box: Box) -> bool:
        """True for letters too small to read, or pressed to a hairline."""
        loose = pdfium.FS_RECTF()
        if not pdfium.FPDFText_GetLooseCharBox(self._words, at, loose):
            return False
        across, high = abs(loose.right - loose.left), abs(loose.top - loose.bottom)
        tight_across, tight_high = box[2] - box[0], box[3] - box[1]
        quarter = pdfium.FPDFText_GetCharAngle(self._words, at) / 1.5707963
        if abs(quarter - round(quarter)) > 0.02:
            return bool(max(across, high) < SMALLEST)
        if round(quarter) % 2:
            across, high, tight_across, tight_high = high, across, tight_high, tight_across
        if high < SMALLEST and tight_high < SMALLEST:
            return True
        if unicodedata.category(sign)[0] not in "LNPS" or high <= 0:
            return False
        wide = unicodedata.east_asian_width(sign) in "WF" and sign not in THIN
        least = WIDE_SQUEEZED if wide else THIN_SQUEEZED if sign in THIN else SQUEEZED
        return bool(across < high * least and tight_across < high * least)

    def _box(self, at: int) -> Box:
        sides = [ctypes.c_double() for _ in range(4)]
        pdfium.FPDFText_GetCharBox(self._words, at, *sides)
        left, right, bottom, top = (side.value for side in sides)
        return left, bottom, right, top

    def _by_ink(self, box: Box, fill: int, embedded: bool, *, under: bool) -> str:
        left, top, right, bottom = self._pixels(box)
        width, height = self._shown.size
        if right < 0 or bottom < 0 or left > width or top > height:
            return INVISIBLE
        area = (max(0, left), max(0, top), min(width, right + 1), min(height, bottom + 1))
        if area[2] <= area[0] or area[3] <= area[1]:
            return INVISIBLE if embedded else SEEN
        share = self._share(area)
        if share is None:
            return self._without_ink(area, fill, under=under)
        if share >= (UNDER_BOX if under else ANYWHERE) and self._greatest(area) >= CONTRAST:
            return SEEN
        if under:
            return COVERED
        tone = self._even(self._bare, area)
        return INVISIBLE if tone is None or tone >= WHITE - 16 else COVERED

    def _share(self, area: tuple[int, int, int, int]) -> float | None:
        """The share of a letter's ink that shows, None for a letter that this reader does not draw."""
        for ink, seen in ((self._strong, self._strong_seen), (self._faint, self._faint_seen)):
            count = ink.crop(area).histogram()[255]
            if count:
                return seen.crop(area).histogram()[255] / count
        return None

    def _greatest(self, area: tuple[int, int, int, int]) -> int:
        high = self._changed.crop(area).getextrema()[1]
        assert isinstance(high, int | float)
        return int(high)

    def _without_ink(self, area: tuple[int, int, int, int], fill: int, *, under: bool) -> str:
        """A letter of a font that is neither in the file nor here: only its colour and its ground tell."""
        if under:
            return COVERED
        tone = self._even(self._bare, area)
        if tone is None or fill < 0 or abs(tone - fill) > 2 * SAME:
            return SEEN
        return INVISIBLE if tone >= WHITE - 16 else COVERED

    def _even(self, image: Image.Image, area: tuple[int, int, int, int]) -> int | None:
        """The tone of an area, None if it has several or is none."""
        if area[2] <= area[0] or area[3] <= area[1]:
            return None
        low, high = image.crop(area).getextrema()
        assert isinstance(low, int | float) and isinstance(high, int | float)
        return int(low) if high - low <= 2 * SAME else None

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        across, down = [], []
        for x, y in ((box[0], box[1]), (box[2], box[3])):
            to_x, to_y = ctypes.c_int(), ctypes.c_int()
            pdfium.FPDF_PageToDevice(self._page, 0, 0, *self._shown.size, 0, x, y, to_x, to_y)
            across.append(to_x.value)
            down.append(to_y.value)
        return min(across), min(down), max(across), max(down)


def _is_label(text: str) -> bool:
    """True for what programs that black out write into their own boxes: a ground, one sign, or a day of filing."""
    words = "".join(text.lower().split())
    if len(words) > 1 and len(set(words)) == 1 and not words.isdigit():
        return True
    rest = _STAMPED.sub("", _LABELS.sub("", words))
    return rest != words and len(rest) < 2


def _words_of(signs: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = [[]]
    for sign, state in signs:
        if sign == " ":
            found.append([])
        else:
            found[-1].append((sign, state))
    return [word for word in found if word]


def _state_of_scanned(word: list[tuple[str, str]]) -> str:
    """A read word is hidden if most of its places show nothing at all: the words of the picture are gone."""
    dark = sum(state == COVERED for _, state in word)
    blank = sum(state == INVISIBLE for _, state in word)
    if dark >= 2 and dark >= 0.6 * len(word):
        return COVERED
    return INVISIBLE if blank >= 2 and blank == len(word) else SEEN


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


def show_text(page: Any, shown: bool) -> None:
    """Take all text off a page, that in its forms too, or put it back."""
    count = pdfium.FPDFPage_CountObjects(page)
    _show_text((pdfium.FPDFPage_GetObject(page, at) for at in range(count)), shown, 0)


def _show_text(things: Any, shown: bool, depth: int) -> None:
    for thing in things:
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            pdfium.FPDFPageObj_SetIsActive(thing, shown)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MOST_DEPTH:
            count = pdfium.FPDFFormObj_CountObjects(thing)
            inner = (pdfium.FPDFFormObj_GetObject(thing, at) for at in range(count))
            _show_text(inner, shown, depth + 1)
