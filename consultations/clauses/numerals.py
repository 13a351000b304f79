"""Chinese numerals and integers, as labels of clauses write them."""

from __future__ import annotations

import unicodedata

LARGEST = 9999
SIGNS = "零〇○一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟"
NUMERAL = f"[{SIGNS}]{{1,9}}"
NUMERAL_OR_DIGITS = f"(?:[{SIGNS}]{{1,9}}|[0-9０-９]{{1,4}})"
DIGITS = {"零": 0, "〇": 0, "○": 0, "两": 2} | {
    digit: value
    for signs in ("一二三四五六七八九", "壹贰叁肆伍陆柒捌玖")
    for value, digit in enumerate(signs, 1)
}
TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}


def to_int(written: str) -> int | None:
    """The number of 二十一, 一百零三, 贰拾壹, 二〇 or 21 (0 … 9999); None for anything else."""
    if written and all(unicodedata.category(sign) == "Nd" for sign in written):
        value = int(written)
        return value if value <= LARGEST else None
    if not written or any(sign not in DIGITS and sign not in TENS for sign in written):
        return None
    if not any(sign in TENS for sign in written):
        value = int("".join(str(DIGITS[sign]) for sign in written))
        return value if value <= LARGEST else None
    total, digit = 0, None
    for sign in written:
        if sign in DIGITS:
            digit = DIGITS[sign]
        else:
            total += (1 if digit is None else digit) * TENS[sign]
            digit = None
    total += digit or 0
    return total if total <= LARGEST else None


def to_chinese(number: int) -> str:
    """1 → 一, 12 → 十二, 103 → 一百零三, 1010 → 一千零一十; ValueError outside 0 … 9999."""
    if not 0 <= number <= LARGEST:
        raise ValueError(f"no Chinese numeral for {number}")
    if number == 0:
        return "零"
    digits = "零一二三四五六七八九"
    written = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            written += digits[digit] + sign
        elif written and number and not written.endswith("零"):
            written += "零"
    return written.removeprefix("一") if written.startswith("一十") else written
