"""Text without its disguises, each sign knowing where it stood.

Full width, zero-width signs, marks over signs, tags, comments, entities, the digits of other scripts, Chinese numerals
and separators between digits are taken away. Tags that end a cell, a row or a paragraph stay as a stop, so that
neighbours do not run together.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

_NUMERALS = str.maketrans(
    "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺弌弍弎貳貮參叄陸",
    "00123456789123456789112322336",
)
# A ring is a nought among digits; one run of four and more is what somebody blackened (138○○○○5678).
_RINGED = re.compile(r"[0-9○◯⭕⚪]+")
_RING = re.compile(r"[○◯⭕⚪]+")
_SEPARATORS = re.compile("(?<=[0-9Xx])[ \\t\\-\u00b7._\u2010-\u2015\u2212\u30fb]{1,3}(?=[0-9Xx])")
# A lone digit before the break is a row number, not the beginning of what follows.
_LINE_BREAK = re.compile(r"(?<=[0-9][0-9])[ \t\r]{0,2}\n(?:[ \t\r]{0,2}\n){0,2}[ \t]{0,2}(?=[0-9Xx])")
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->)){0,2000}-->")
_ENTITY = re.compile(r"&(?:amp;){0,2}(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# Letters by their category, blanks by their shape.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")
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
    comments = {match.start(): match.end() for match in _COMMENT.finditer(text)}
    entities = {match.start(): match for match in _ENTITY.finditer(text)}
    at = 0
    while at < len(text):
        if at in comments:
            at = comments[at]
            continue
        entity = entities.get(at)
        if entity:
            for sign in html.unescape(f"&{entity.group(1)};"):
                _put(sign, at, signs, places)
            at = entity.end()
            continue
        tag = tags.get(at)
        if tag:
            if tag.group(1).lstrip("/").lower() in _ENDS_A_BLOCK:
                signs.append("；")
                places.append(at)
            at = tag.end()
            continue
        _put(text[at], at, signs, places)
        at += 1
    return Folded("".join(signs), tuple(places))


def _put(sign: str, at: int, signs: list[str], places: list[int]) -> None:
    """One sign in its plain form; nothing for what has no shape of its own."""
    if sign.isascii():
        signs.append(sign)
        places.append(at)
        return
    if unicodedata.category(sign) in ("Cf", "Mn", "Me") or sign in _FILLERS:
        return
    digit = unicodedata.digit(sign, None)
    for plain in str(digit) if digit is not None else unicodedata.normalize("NFKC", sign):
        signs.append(plain)
        places.append(at)


def _noughts(match: re.Match[str]) -> str:
    """A stretch of digits and rings with its rings as noughts, unless they blacken a part of it."""
    runs = _RING.findall(match.group())
    if not runs or (len(runs) == 1 and len(runs[0]) > 3):
        return match.group()
    return _RING.sub(lambda run: "0" * len(run.group()), match.group())


def in_digits(view: Folded) -> Folded:
    """The view with Chinese numerals and letters standing among digits read as digits."""
    digits = _RINGED.sub(_noughts, view.text.translate(_NUMERALS))
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
