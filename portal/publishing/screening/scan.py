"""Reading one text for personal data: in plain signs, in digits, and with the digits run together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from portal.publishing.screening.context import has_cue, is_no_telephone
from portal.publishing.screening.findings import BLOCK, WARN, Finding, masked
from portal.publishing.screening.folding import Folded, bare, fold, in_digits, joined, unwrapped
from portal.publishing.screening.kinds import KINDS, addresses
from portal.publishing.screening.scattered import is_likely_cut, scattered

OWN = "本件当事人信息"
MOBILE = "手机号码"
LONG = (MOBILE, "银行卡号")
_AROUND = 8


class _Places:
    """The findings of one text; a place found in two views counts once, with the graver severity."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.breaks = [match.start() for match in re.finditer("\n", text)]
        self.found: dict[tuple[str, int, int], Finding] = {}

    def add(self, severity: str, kind: str, value: str, span: tuple[int, int]) -> None:
        start, end = span
        seen = self.found.get((kind, start, end))
        if seen and (seen.blocks or severity != BLOCK):
            return
        shown = masked(value)
        around = (self.text[max(0, start - _AROUND) : start], self.text[end : end + _AROUND])
        before, after = (_hidden(part) for part in around)
        self.found[kind, start, end] = Finding(
            severity, kind, shown, start, end, bisect_right(self.breaks, start) + 1, before + shown + after
        )


def _is_one_number(text: str, span: tuple[int, int]) -> bool:
    """False for a row of figures that only the joining of blanks and lines made into one number."""
    start, end = span
    piece = in_digits(fold(text[start:end])).text
    return is_likely_cut(piece) or has_cue(fold(text[max(0, start - 20) : start]).text, 20)


def _hidden(part: str) -> str:
    return "".join("*" if sign.isnumeric() else " " if sign.isspace() else sign for sign in part)


def _compact(value: str) -> str:
    return bare(in_digits(fold(value))).text


def _occurrences(whole: Folded, value: str) -> list[tuple[int, int]]:
    spans, at = [], whole.text.find(value)
    while at >= 0:
        spans.append(whole.span(at, at + len(value)))
        at = whole.text.find(value, at + len(value))
    return spans


def screen(text: str, own_values: Iterable[str] = (), allowed: Iterable[str] = ()) -> list[Finding]:
    """The findings in a text, in the order of their places.

    `own_values` are the case's sealed values: each of them blocks wherever it stands. `allowed` are
    numbers of the office itself, which pass the patterns (never the own values).
    """
    plain = fold(text)
    digits = in_digits(plain)
    whole = bare(digits)
    places = _Places(text)
    for value in own_values:
        sought = _compact(value)
        if len(sought) >= 2:
            for span in _occurrences(whole, sought):
                places.add(BLOCK, OWN, value, span)
    passes = {_compact(number) for number in allowed if number}
    together = joined(digits)
    # A name may end in a numeral (张三, 王五): where it stands before a number, the plain signs show the number.
    apart = joined(plain)
    views = {True: (digits, together, unwrapped(together), apart, unwrapped(apart)), False: (plain,)}
    for kind in KINDS:
        for view in views[kind.numbers]:
            for match in kind.pattern.finditer(view.text):
                severity = kind.judge(match.group())
                if kind.name == MOBILE and is_no_telephone(view.text, *match.span()):
                    continue
                if kind.name in LONG and not _is_one_number(text, view.span(*match.span())):
                    continue
                if severity and _compact(match.group()) not in passes:
                    places.add(severity, kind.name, match.group(), view.span(*match.span()))
    for number in scattered(digits.text):
        if _compact(number.value) not in passes:
            places.add(BLOCK, number.kind, number.value, digits.span(number.start, number.end))
    for start, end in addresses(plain.text):
        if _compact(plain.text[start:end]) not in passes:
            places.add(WARN, "住址", plain.text[start:end], plain.span(start, end))
    return sorted(places.found.values(), key=lambda finding: (finding.start, finding.end, finding.kind))
