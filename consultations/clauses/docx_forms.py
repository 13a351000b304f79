"""A number in the formats of a Word list (ECMA-376 Part 1, 17.18.59 ST_NumberFormat), as Word shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

LARGEST = 9999
SMALL = "〇一二三四五六七八九"
TAIWANESE = "○一二三四五六七八九"
FORMAL = "零壹贰叁肆伍陆柒捌玖"
ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
LARGEST_ROMAN = 3999
Writer = Callable[[int], str]


@dataclass(frozen=True)
class _Counting:
    """How one system writes thousands, hundreds and tens.

    `zero` is put once where places are left out, "" if nothing is; `one` says where a 一 before a unit is left out:
    "always" (百十), "first" (only in 十 to 十九) or "never" (壹拾).
    """

    digits: str
    units: str
    zero: str
    one: str

    def __call__(self, number: int) -> str:
        if number == 0:
            return self.digits[0]
        written, gap = "", False
        for unit, sign in ((1000, self.units[2]), (100, self.units[1]), (10, self.units[0]), (1, "")):
            digit = number // unit % 10
            if not digit:
                gap = bool(written)
                continue
            bare = digit == 1 and sign and (self.one == "always" or (self.one == "first" and number < 20))
            written += (self.zero if gap else "") + ("" if bare else self.digits[digit]) + sign
            gap = False
        return written


def _by_digits(digits: str) -> Writer:
    return lambda number: "".join(digits[int(digit)] for digit in str(number))


def _counted_below_hundred(digits: str) -> Writer:
    """Tens with 十 up to 99, single digits from 100 on: 九十九, 一〇〇."""
    small, large = _Counting(digits, "十百千", "", "first"), _by_digits(digits)
    return lambda number: small(number) if number < 100 else large(number)


def _in_row(first: int, size: int) -> Writer:
    """Signs that stand in a row, decimal digits past the last of them."""
    return lambda number: chr(first + number - 1) if 1 <= number <= size else str(number)


def _of_row(signs: str) -> Writer:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _sexagenary(number: int) -> str:
    return f"{STEMS[(number - 1) % 10]}{BRANCHES[(number - 1) % 12]}" if number else "0"


def _letters(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def _roman(number: int) -> str:
    written, rest = "", number
    for value, sign in ROMAN:
        written += sign * (rest // value)
        rest %= value
    return written


STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_THOUSANDS = _Counting(SMALL, "十百千", "〇", "first")
FORMS: dict[str, Writer] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "numberInDash": lambda number: f"- {number} -",
    "decimalFullWidth": _by_digits("０１２３４５６７８９"),
    "decimalFullWidth2": _by_digits("０１２３４５６７８９"),
    "decimalEnclosedCircle": _in_row(0x2460, 20),
    "decimalEnclosedCircleChinese": _in_row(0x2460, 10),
    "decimalEnclosedFullstop": _in_row(0x2488, 20),
    "decimalEnclosedParen": _in_row(0x2474, 20),
    "ideographEnclosedCircle": _in_row(0x3220, 10),
    "ideographDigital": _by_digits(SMALL),
    "japaneseDigitalTenThousand": _by_digits(SMALL),
    "taiwaneseDigital": _by_digits(TAIWANESE),
    "koreanDigital2": _by_digits("零一二三四五六七八九"),
    "chineseCounting": _counted_below_hundred(SMALL),
    "taiwaneseCounting": _counted_below_hundred(TAIWANESE),
    "chineseCountingThousand": _THOUSANDS,
    "taiwaneseCountingThousand": _Counting("零一二三四五六七八九", "十百千", "零", "first"),
    "japaneseCounting": _Counting(SMALL, "十百千", "", "always"),
    "chineseLegalSimplified": _Counting(FORMAL, "拾佰仟", "零", "never"),
    "ideographLegalTraditional": _Counting("零壹貳參肆伍陸柒捌玖", "拾佰仟", "零", "never"),
    "japaneseLegal": _Counting("〇壱弐参四伍六七八九", "拾百阡", "", "never"),
    "ideographTraditional": _of_row(STEMS),
    "ideographZodiac": _of_row(BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}
ZEROS = "zeros:"


def written(form: str, number: int) -> str | None:
    """The number in that format; None for a format, or a number in it, of which nothing certain is known.

    `zeros:3` is a format of leading noughts that an author made (001, 002 …).
    """
    if form.startswith(ZEROS):
        return str(number).zfill(int(form.removeprefix(ZEROS)))
    most = LARGEST_ROMAN if form.endswith("Roman") else LARGEST
    writer = FORMS.get(form)
    plain = form in ("decimal", "decimalHalfWidth")
    return writer(number) if writer is not None and (plain or 0 <= number <= most) else None
