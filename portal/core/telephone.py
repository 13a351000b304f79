"""Telephone numbers as people write them, read into one form.

Sources: the numbering plan of the mainland (电信网编号计划, 2017: mobile 1[3-9] + 9 digits, trunk prefix 0, area codes of two
or three digits, 400/800 + 7 digits, short service numbers) and ITU-T E.164 (a country code and at most 15 digits).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

PROBLEM = (
    "联系电话格式不正确，请只填写一个号码，例如 13800000000、0877-2022222、0877-2022222转8001、"
    "400-810-8888、+852 91234567"
)


class Line(Enum):
    """What kind of line a number is."""

    MOBILE = "mobile"
    FIXED = "fixed"
    LOCAL = "local"  # without its area code
    SERVICE = "service"  # 400, 800 and short numbers such as 95598, 12345
    ABROAD = "abroad"


@dataclass(frozen=True)
class Telephone:
    """One number: `area` with its 0 (fixed lines), the number itself, an extension if there is one."""

    line: Line
    number: str
    area: str = ""
    extension: str = ""

    def __str__(self) -> str:
        """The form in which it is stored: 0877-2022222转8001, 13800000000, +85291234567."""
        main = f"{self.area}-{self.number}" if self.area else self.number
        return f"{main}转{self.extension}" if self.extension else main


_AREA = r"0(?:10|2\d|[3-9]\d{2})"
_FIXED = re.compile(rf"({_AREA})([2-9]\d{{6,7}}|1[0-2]\d{{3}}|9[56]\d{{3,4}})")
_MOBILE = re.compile(r"0?(1[3-9]\d{9})")
_LOCAL = re.compile(r"[2-9]\d{6,7}")
_SERVICE = re.compile(r"([48]00)(\d{3})(\d{4})")
_SHORT = re.compile(r"1[0-2]\d{3,4}|9[56]\d{3,6}")
_GREATER_CHINA = re.compile(r"(852|853|886)(\d{8,10})")
_ABROAD = re.compile(r"[1-9]\d{6,14}")
_EXTENSION = re.compile(
    r"(.*\d[)\s]*)(?:转|分机|内线|extension|ext\.?|x|#|\*|,)[\s:.]*(\d{1,8})", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"(.*\d)\s*\((?:转|分机|内线|ext\.?)?[\s:.]*(\d{1,6})\)", re.IGNORECASE)
_SHORT_AFTER_DASH = re.compile(r"((?:1[0-2]|9[56])\d{3})-(\d{1,6})")
_AFTER_DASH = (
    re.compile(rf"(\(?{_AREA}\)?[\s-]*\d{{7,8}})-(\d{{1,6}})"),
    re.compile(r"(\d{7,8})-(\d{1,6})"),
)
_LAST_DASH = re.compile(r"(.*\d)[-/](\d{1,6})")


def _plain(text: str) -> str:
    """Half width, one kind of dash, no invisible signs."""
    folded = unicodedata.normalize("NFKC", text)
    signs = []
    for sign in folded:
        category = unicodedata.category(sign)
        if category == "Pd" or sign in "−ー_~":
            signs.append("-")
        elif category == "Nd":
            signs.append(str(unicodedata.digit(sign)))
        elif category not in ("Cf", "Cc"):
            signs.append(" " if category == "Zs" else sign)
    return re.sub(r"-+", "-", "".join(signs)).strip()


def _mainland(digits: str) -> Telephone | None:
    found = _MOBILE.fullmatch(digits)
    if found:
        return Telephone(Line.MOBILE, found[1])
    found = _FIXED.fullmatch(digits)
    return Telephone(Line.FIXED, found[2], area=found[1]) if found else None


def _abroad(digits: str) -> Telephone | None:
    """A number with its country code; 86 is the mainland, with or without the 0 of the area."""
    if digits.startswith("86"):
        rest = digits[2:]
        return _service(rest) or _mainland(rest) or _mainland(f"0{rest}") or _short(rest)
    return Telephone(Line.ABROAD, f"+{digits}") if _ABROAD.fullmatch(digits) else None


def _service(digits: str) -> Telephone | None:
    found = _SERVICE.fullmatch(digits)
    return Telephone(Line.SERVICE, "-".join(found.groups())) if found else None


def _short(digits: str) -> Telephone | None:
    return Telephone(Line.SERVICE, digits) if _SHORT.fullmatch(digits) else None


def _main(text: str) -> Telephone | None:
    """A number without extension."""
    bare = re.sub(r"[\s\-().]", "", text)
    if not re.fullmatch(r"\+?\d{5,20}", bare):
        return None
    if bare.startswith("+"):
        return _abroad(bare[1:])
    found = _mainland(bare) or _service(bare)
    if found:
        return found
    if bare.startswith("00"):
        return _abroad(bare[2:])
    short = _short(bare)
    if short:
        return short
    if _LOCAL.fullmatch(bare):
        return Telephone(Line.LOCAL, bare)
    if bare.startswith("86") or _GREATER_CHINA.fullmatch(bare):
        return _abroad(bare)
    return None


def parse(text: str) -> Telephone | None:
    """The number in a text that is nothing else; None if it cannot be one."""
    plain = _plain(text)
    for pattern in (_EXTENSION, _IN_BRACKETS, *_AFTER_DASH, _SHORT_AFTER_DASH):
        split = pattern.fullmatch(plain)
        found = _main(split[1]) if split else None
        if split and found:
            return Telephone(found.line, found.number, found.area, split[2])
    whole = _main(plain)
    if whole:
        return whole
    split = _LAST_DASH.fullmatch(plain)
    found = _main(split[1]) if split else None
    return Telephone(found.line, found.number, found.area, split[2]) if split and found else None


def telephone_problem(text: str) -> str:
    """ "" if it can be called from here, else a sentence."""
    return "" if parse(text) else PROBLEM


def normal_telephone(text: str) -> str:
    """The form in which a number is stored; what cannot be one stays as it is, without blanks around it."""
    found = parse(text)
    return str(found) if found else text.strip()


def mobile(text: str) -> str:
    """The mainland mobile number, to which a short message can go; "" for anything else."""
    found = parse(text)
    return found.number if found and found.line == Line.MOBILE else ""


def ways_of_writing(text: str) -> tuple[str, ...]:
    """What in a text would give somebody's number away: with and without extension, area or country code.

    Numbers of a public service (95598, 12345) are nobody's own and give nothing.
    """
    found = parse(text)
    if found is None:
        return (text,) if text else ()
    if found.line == Line.SERVICE:
        return ()
    ways = [str(found), f"{found.area}{found.number}{found.extension}"]
    if found.line == Line.FIXED and len(found.number) < 7:
        return tuple(ways)
    ways += [f"{found.area}{found.number}", found.number]
    if found.area:
        ways.append(f"86{found.area[1:]}{found.number}")
    home = _GREATER_CHINA.fullmatch(found.number.removeprefix("+"))
    if home:
        ways.append(home[2])
    return tuple(dict.fromkeys(ways))
