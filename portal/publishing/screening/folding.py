"""Text without its disguises, each sign knowing where it stood.

Full width, zero-width signs, tags, Chinese numerals and separators between digits are taken away. Tags
that end a cell, a row or a paragraph stay as a stop, so that neighbours do not run together.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_NUMERALS = str.maketrans("〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺", "001234567891234567891")
_SEPARATORS = re.compile("(?<=[0-9Xx])[ \\t\\-\u00b7._\u2010-\u2015\u2212\u30fb]{1,3}(?=[0-9Xx])")
# A lone digit before the break is a row number, not the beginning of what follows.
_LINE_BREAK = re.compile(r"(?<=[0-9][0-9])[ \t\r]{0,2}\n[ \t]{0,2}(?=[0-9Xx])")
_TAG = re.compile(r"<(/?[A-Za-z][A-Za-z0-9]{0,15})[^<>]{0,200}>")
_ENDS_A_BLOCK = {"br", "p", "td", "th", "tr", "li", "div", "table", "h1", "h2", "h3", "h4"}
_LOOKALIKE = re.compile(r"(?<=[0-9])[OoIl](?=[0-9OoIl]{0,3}[0-9])")


@dataclass(frozen=True)
class Folded:
    """A view of a text; `places[i]` is the offset in the original of the sign at i."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's offsets of a non-empty stretch of this view."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """The text in plain signs: no full width, no invisible signs, no tags."""
    signs: list[str] = []
    places: list[int] = []
    tags = {match.start(): match for match in _TAG.finditer(text)}
    at = 0
    while at < len(text):
        tag = tags.get(at)
        if tag:
            if tag.group(1).lstrip("/").lower() in _ENDS_A_BLOCK:
                signs.append("；")
                places.append(at)
            at = tag.end()
            continue
        sign = text[at]
        if unicodedata.category(sign) != "Cf":
            for plain in sign if sign.isascii() else unicodedata.normalize("NFKC", sign):
                signs.append(plain)
                places.append(at)
        at += 1
    return Folded("".join(signs), tuple(places))


def in_digits(view: Folded) -> Folded:
    """The view with Chinese numerals and letters standing among digits read as digits."""
    digits = view.text.translate(_NUMERALS)
    read = _LOOKALIKE.sub(lambda match: "0" if match.group() in "Oo" else "1", digits)
    return Folded(read, view.places)


def _without(view: Folded, pattern: re.Pattern[str]) -> Folded:
    kept: list[int] = []
    at = 0
    for match in pattern.finditer(view.text):
        kept += range(at, match.start())
        at = match.end()
    kept += range(at, len(view.text))
    return Folded("".join(view.text[i] for i in kept), tuple(view.places[i] for i in kept))


def joined(view: Folded) -> Folded:
    """The view without blanks, dashes and dots between digits of one line."""
    return _without(view, _SEPARATORS)


def unwrapped(view: Folded) -> Folded:
    """The view with digits run together over the end of a line."""
    return _without(view, _LINE_BREAK)


def bare(view: Folded) -> Folded:
    """The view as letters and digits only, in capitals: for comparing whole values."""
    pairs = [
        (sign, place)
        for letter, place in zip(view.text, view.places, strict=True)
        if letter.isalnum()
        for sign in letter.upper()
    ]
    return Folded("".join(sign for sign, _ in pairs), tuple(place for _, place in pairs))


def flatten(text: str) -> str:
    """Text as the number patterns see it."""
    return unwrapped(joined(in_digits(fold(text)))).text
