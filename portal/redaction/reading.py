"""The letters of a page with their places, and where words stand among them. pdfium, one thread at a time."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from portal.redaction.orders import Place, Rectangle

LINE = 0.5
SEPARATORS = frozenset("-–—‐‑_.·")


class Letter(NamedTuple):
    """A sign at its place: box, origin on the base line, size in points, angle in radians; blanks have no ink.

    A tuple, because a file of a hundred pages has sixty thousand of them.
    """

    sign: str
    box: Rectangle
    origin: tuple[float, float]
    size: float
    angle: float
    advance: float


END_OF_LINE = Letter(" ", (0, 0, 0, 0), (0, 0), 0, 0, 0)


class _Pen:
    """Reads the letters of a text page; its places in memory are used for all of them."""

    def __init__(self, words: Any) -> None:
        self.words = words
        self.sides = [ctypes.c_double() for _ in range(6)]
        self.refs = [ctypes.byref(side) for side in self.sides]
        self.loose = pdfium.FS_RECTF()
        self.loose_ref = ctypes.byref(self.loose)

    def letter(self, at: int) -> Letter | None:
        """The letter at a place; None for a code that is no sign."""
        code = pdfium.FPDFText_GetUnicode(self.words, at)
        if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF:
            return None
        if code in (10, 13):
            return END_OF_LINE
        pdfium.FPDFText_GetCharBox(self.words, at, *self.refs[:4])
        pdfium.FPDFText_GetCharOrigin(self.words, at, *self.refs[4:])
        pdfium.FPDFText_GetLooseCharBox(self.words, at, self.loose_ref)
        left, right, bottom, top, x, y = [side.value for side in self.sides]
        across, high = self.loose.right - self.loose.left, self.loose.top - self.loose.bottom
        angle = pdfium.FPDFText_GetCharAngle(self.words, at)
        size = max(1.0, min(across, high) if abs(angle) > LINE else high) or 1.0
        along = max(across, high) if LINE < angle < 5.8 and high > across else across
        return Letter(chr(code), (left, bottom, right, top), (x, y), size, max(0.0, angle), along)


def letters_of(page: Any) -> list[Letter]:
    """All letters of a page in reading order, blanks too."""
    words = page.get_textpage()
    try:
        pen = _Pen(words.raw)
        return [letter for at in range(words.count_chars()) if (letter := pen.letter(at)) is not None]
    finally:
        words.close()


class _Kept(dict[int, int | None]):
    """What a sign is compared as: itself, or nothing for blanks and unseen signs; looked up once for each sign."""

    def __missing__(self, code: int) -> int | None:
        sign = chr(code)
        unseen = sign.isspace() or unicodedata.category(sign) in ("Cf", "Cc")
        self[code] = found = None if unseen else code
        return found


_KEPT = _Kept()
_BARE = str.maketrans(dict.fromkeys(SEPARATORS))


def normal(text: str) -> str:
    """A text as words are compared: compatible forms, one case, no blanks and unseen signs."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_KEPT)


def keys_of(word: str) -> tuple[str, bool]:
    """A word as it is looked for, and if separators within it do not count: those of numbers do not."""
    key = normal(word)
    bare = key.translate(_BARE)
    loose = len(bare) >= 6 and sum(sign.isdigit() for sign in bare) >= len(bare) - 1
    return (bare, True) if loose else (key, False)


class Heap:
    """A text in which many words are looked for: brought into the form that is compared once."""

    def __init__(self, text: str) -> None:
        self.text = normal(text)
        self._bare: str | None = None

    def holds(self, word: str) -> int:
        """How often the text holds a word."""
        key, loose = keys_of(word)
        if not key:
            return 0
        if loose and self._bare is None:
            self._bare = self.text.translate(_BARE)
        return (self._bare or "" if loose else self.text).count(key)


def holds(text: str, word: str) -> int:
    """How often a text holds a word."""
    return Heap(text).holds(word)


def places_in(letters: list[Letter], page: int, words: Iterable[str]) -> list[Place]:
    """Where the words stand on a page: one place for each line that one takes."""
    found: list[Place] = []
    heaps: dict[bool, tuple[str, list[int]]] = {}
    for word in words:
        key, loose = keys_of(word)
        if loose not in heaps:
            heaps[loose] = _heap(letters, loose)
        text, origins = heaps[loose]
        at = text.find(key) if key else -1
        while at >= 0:
            hit = [letters[origin] for origin in dict.fromkeys(origins[at : at + len(key)])]
            found += [Place(page, rectangle, word) for rectangle in _lines(hit)]
            at = text.find(key, at + 1)
    return found


@lru_cache(8192)
def _normal_sign(sign: str) -> str:
    return normal(sign)


def _heap(letters: list[Letter], loose: bool) -> tuple[str, list[int]]:
    signs: list[str] = []
    origins: list[int] = []
    for at, letter in enumerate(letters):
        for sign in _normal_sign(letter.sign):
            if not (loose and sign in SEPARATORS):
                signs.append(sign)
                origins.append(at)
    return "".join(signs), origins


def _lines(letters: list[Letter]) -> list[Rectangle]:
    """The boxes around letters, one for each run that stays beside itself."""
    found: list[list[float]] = []
    for letter in letters:
        left, bottom, right, top = letter.box
        if right <= left and top <= bottom:
            continue
        last = found[-1] if found else None
        middle = (bottom + top) / 2
        near = letter.size * 3
        if (
            last is not None
            and last[1] - near / 6 <= middle <= last[3] + near / 6
            and last[0] - near <= left <= last[2] + near
        ):
            last[:] = [min(last[0], left), min(last[1], bottom), max(last[2], right), max(last[3], top)]
        else:
            found.append([left, bottom, right, top])
    return [(one[0], one[1], one[2], one[3]) for one in found]


def overlap_share(box: Rectangle, over: Rectangle) -> float:
    """The share of a box that another one covers; a box without area counts by its middle."""
    width, height = box[2] - box[0], box[3] - box[1]
    if width <= 0 or height <= 0:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return float(over[0] <= x <= over[2] and over[1] <= y <= over[3])
    across = min(box[2], over[2]) - max(box[0], over[0])
    high = min(box[3], over[3]) - max(box[1], over[1])
    return across * high / (width * height) if across > 0 and high > 0 else 0.0
