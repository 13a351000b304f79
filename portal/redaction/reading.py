"""The letters of a page with their places, and where words stand among them. pdfium, one thread at a time."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from portal.redaction.orders import Place, Rectangle

LINE = 0.5
SEPARATORS = frozenset("-–—‐‑_.·")


@dataclass(frozen=True)
class Letter:
    """A sign at its place: box, origin on the base line, size in points, angle in radians; blanks have no ink."""

    sign: str
    box: Rectangle
    origin: tuple[float, float]
    size: float
    angle: float
    advance: float


def letters_of(page: Any) -> list[Letter]:
    """All letters of a page in reading order, blanks too."""
    words = page.get_textpage()
    try:
        return [letter for at in range(words.count_chars()) if (letter := _letter(words.raw, at)) is not None]
    finally:
        words.close()


def _letter(words: Any, at: int) -> Letter | None:
    code = pdfium.FPDFText_GetUnicode(words, at)
    if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF:
        return None
    sign = chr(code)
    if sign in "\r\n":
        return Letter(" ", (0, 0, 0, 0), (0, 0), 0, 0, 0)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(words, at, left, right, bottom, top)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(words, at, x, y)
    loose = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(words, at, loose)
    angle = pdfium.FPDFText_GetCharAngle(words, at)
    across, high = loose.right - loose.left, loose.top - loose.bottom
    size = max(1.0, min(across, high) if abs(angle) > LINE else high) or 1.0
    return Letter(
        sign,
        (left.value, bottom.value, right.value, top.value),
        (x.value, y.value),
        size,
        max(0.0, angle),
        max(across, high) if LINE < angle < 5.8 and high > across else across,
    )


def normal(text: str) -> str:
    """A text as words are compared: compatible forms, one case, no blanks and unseen signs."""
    kept = (sign for sign in unicodedata.normalize("NFKC", text).casefold())
    return "".join(
        sign for sign in kept if not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Cc")
    )


def keys_of(word: str) -> tuple[str, bool]:
    """A word as it is looked for, and if separators within it do not count: those of numbers do not."""
    key = normal(word)
    bare = "".join(sign for sign in key if sign not in SEPARATORS)
    loose = len(bare) >= 6 and sum(sign.isdigit() for sign in bare) >= len(bare) - 1
    return (bare, True) if loose else (key, False)


def holds(text: str, word: str) -> int:
    """How often a text holds a word."""
    key, loose = keys_of(word)
    if not key:
        return 0
    heap = normal(text)
    if loose:
        heap = "".join(sign for sign in heap if sign not in SEPARATORS)
    return heap.count(key)


def places_in(letters: list[Letter], page: int, words: Iterable[str]) -> list[Place]:
    """Where the words stand on a page: one place for each line that one takes."""
    found: list[Place] = []
    heaps = {loose: _heap(letters, loose) for loose in (False, True)}
    for word in words:
        key, loose = keys_of(word)
        text, origins = heaps[loose]
        at = text.find(key) if key else -1
        while at >= 0:
            hit = [letters[origin] for origin in dict.fromkeys(origins[at : at + len(key)])]
            found += [Place(page, rectangle, word) for rectangle in _lines(hit)]
            at = text.find(key, at + 1)
    return found


def _heap(letters: list[Letter], loose: bool) -> tuple[str, list[int]]:
    signs: list[str] = []
    origins: list[int] = []
    for at, letter in enumerate(letters):
        for sign in normal(letter.sign):
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
