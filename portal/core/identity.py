"""Identity numbers as pure checks."""

from __future__ import annotations

import re

from stdnum.cn import ric

_SHAPE = re.compile(r"\d{17}[\dX]")


def resident_number_holds(number: str) -> bool:
    """True if shape, check digit and birth date hold (GB 11643, ISO 7064 mod 11-2).

    The place code is not compared with the years in which it was in use: people keep the code of the day
    their number was given, which for most adults is long after their birth.
    """
    number = number.strip().upper()
    if not _SHAPE.fullmatch(number):
        return False
    try:
        return bool(ric.get_birth_date(number) and ric.calc_check_digit(number) == number[-1])
    except ValueError:
        return False
