"""Numbers whose digits were pulled apart: by commas, strokes, stars and brackets, over lines, over the cells of a table.

Such groups stand in every list of figures too. So an identity number must hold by its check digit, a card by its own and
its head, and a telephone must be cut as people cut one: digit by digit, in threes and fours; and neither a unit behind
nor 分别为 before may call it a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from stdnum import luhn

from portal.core.identity import resident_number_holds
from portal.publishing.screening.context import has_cue, is_a_list, is_no_telephone
from portal.publishing.screening.kinds import PROVINCES

_GROUP = re.compile(r"[0-9]{1,18}")
_BETWEEN = re.compile(r"[\s\-·._\u2010-\u2015\u2212\u30fb、,/~*()|:;；\\+=#^'\"`>\[\]{}<]{1,8}")
_LIST_SIGNS = frozenset("、,/;；|\n")
CELL = frozenset(";；|\n")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
LONGEST, IDENTITY_BODY = 19, 17
CUTS = {(3, 4, 4), (4, 4, 3), (3, 3, 5), (3, 3, 3, 2), (2, 2, 2, 2, 2, 1)}
TWO_PARTS = {(3, 8), (7, 4)}


@dataclass(frozen=True)
class Scattered:
    """A number and where it stands in the view."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class _Group:
    digits: str
    start: int
    end: int
    after: str  # what parts it from the next one; "" where the row ends


def _rows(text: str) -> Iterator[list[_Group]]:
    """Groups of digits that nothing but separators part."""
    row: list[_Group] = []
    found = list(_GROUP.finditer(text))
    for here, following in zip_longest(found, found[1:]):
        between = text[here.end() : following.start()] if following is not None else ""
        joins = following is not None and _BETWEEN.fullmatch(between) is not None
        row.append(_Group(here.group(), here.start(), here.end(), between if joins else ""))
        if not joins:
            if len(row) > 1 or len(row[0].digits) == IDENTITY_BODY:
                yield row
            row = []


def scattered(text: str) -> Iterator[Scattered]:
    """What is found in a view in digits; linear in its length."""
    for row in _rows(text):
        at = 0
        while at < len(row):
            found = _from(text, row, at)
            if found is None:
                at += 1
                continue
            entry, used = found
            yield entry
            at += used


def _from(text: str, row: list[_Group], at: int) -> tuple[Scattered, int] | None:
    """The number that begins with the group at `at`, and how many groups it takes."""
    digits = ""
    for count, group in enumerate(row[at : at + LONGEST], 1):
        digits += group.digits
        if len(digits) > LONGEST:
            return None
        if count == 1 and len(digits) != IDENTITY_BODY:
            continue
        taken = row[at : at + count]
        sign = text[group.end : group.end + 1]
        if len(digits) == IDENTITY_BODY and sign in ("X", "x") and _names_somebody(digits + sign):
            return Scattered(_identity(digits), digits + sign, taken[0].start, group.end + 1), count
        last = _last_sign(text, group) if len(digits) == IDENTITY_BODY else 0
        if last and _names_somebody(digits + "X"):
            return Scattered(_identity(digits), digits + "X", taken[0].start, last), count
        kind = _kind(text, row, taken, digits)
        if kind:
            return Scattered(kind, digits, taken[0].start, group.end), count
    return None


def _identity(number: str) -> str:
    return {"8": "港澳台居民居住证号", "9": "永久居留证号"}.get(number[0], "居民身份证号")


def _names_somebody(number: str) -> bool:
    """An identity number beyond doubt: its check digit, a day of birth since 1900, a province or what stands for one."""
    place = number[:2] in PROVINCES or number[0] == "9"
    return place and number[6:8] in ("19", "20") and resident_number_holds(number)


def _last_sign(text: str, group: _Group) -> int:
    """Where an X ends that stands behind a separator; 0 if there is none."""
    between = _BETWEEN.match(text, group.end)
    end = between.end() if between else group.end
    return end + 1 if text[end : end + 1] in ("X", "x") else 0


def _kind(text: str, row: list[_Group], taken: list[_Group], digits: str) -> str:
    if len(digits) == 18 and _names_somebody(digits):
        return _identity(digits)
    if len(digits) == 11 and _MOBILE.fullmatch(digits):
        return "手机号码" if _is_cut_mobile(text, row, taken) else ""
    if 16 <= len(digits) <= 19 and digits[:2] == "62" and luhn.is_valid(digits):
        return "银行卡号" if _is_cut_evenly(taken) and not _listed(text, taken) else ""
    return ""


def _listed(text: str, taken: list[_Group]) -> bool:
    start, end = taken[0].start, taken[-1].end
    return is_a_list(text, start, end) or is_no_telephone(text, start, end)


def is_likely_cut(piece: str) -> bool:
    """True if the digits of a stretch stand as somebody cuts one number: in two parts, evenly, as telephones are
    written, or digit by digit before the rest. Anything else in three parts and more is a row of figures."""
    sizes = [len(group) for group in _GROUP.findall(piece)]
    if len(sizes) < 3 or tuple(sizes) in CUTS:
        return True
    rest = sizes[:]
    while len(rest) > 1 and rest[0] == 1:
        rest.pop(0)
    evenly = all(size == rest[0] for size in rest[:-1]) and rest[-1] <= max(rest[0], 4)
    return evenly and (len(rest) == 1 or rest[0] in (1, 2, 3, 4))


def _is_cut_evenly(taken: list[_Group]) -> bool:
    size = len(taken[0].digits)
    return all(len(group.digits) == size for group in taken[:-1]) and len(taken[-1].digits) <= size


def _is_cut_mobile(text: str, row: list[_Group], taken: list[_Group]) -> bool:
    sizes = tuple(len(group.digits) for group in taken)
    between = [group.after.strip(" \t") for group in taken[:-1]]
    cue = has_cue(text, taken[0].start)
    if cue and (max(sizes) == 1 or (len(set(between)) <= 2 and sizes in CUTS | TWO_PARTS)):
        return True
    # Alone, or with one number beside it (the row's own in a table): a longer row is a list.
    if len(row) > len(taken) + 1 or _listed(text, taken) or _listed(text, row):
        return False
    if max(sizes) == 1:
        return True
    if sizes in CUTS:
        return len(set(between)) <= 2 and not any(CELL & set(part) for part in between)
    return sizes in TWO_PARTS and not any(_LIST_SIGNS & set(part) for part in between)
