"""Identity numbers and credit codes as pure checks: the check digit decides, the place is a hint only.

What `python-stdnum` calls valid also needs a place that was in its list in the year of birth, and eight digits at
the head of a credit code. People keep the code of the day their number was given, districts are formed faster than
lists, and registrars of rural collectives write a letter: so only the library's check digits are used here.
"""

from __future__ import annotations

import re
import unicodedata

from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidComponent

_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")


def normal_identity(number: str) -> str:
    """A number as it is stored and compared: half width, capitals, no blanks, dashes, dots or brackets."""
    folded = unicodedata.normalize("NFKC", number).upper()
    return "".join(sign for sign in folded if sign.isalnum())


def check_digit_holds(number: str) -> bool:
    """True for 17 digits with their check digit (ISO 7064 mod 11-2), whatever stands before it."""
    number = number.strip().upper()
    return bool(_SHAPE.fullmatch(number)) and ric.calc_check_digit(number) == number[-1]


def resident_number_holds(number: str) -> bool:
    """True if shape, check digit and birth date hold (GB 11643), for residence permits of Hong Kong, Macao and
    Taiwan (81, 82, 83 at the head) as well."""
    number = number.strip().upper()
    if not check_digit_holds(number):
        return False
    try:
        return bool(ric.get_birth_date(number))
    except InvalidComponent:
        return False


def credit_code_holds(code: str) -> bool:
    """True if shape and check digit of a unified social credit code hold (GB 32100, mod 31).

    Registrar and kind are a digit or a letter each: N for rural collectives, Y for others.
    """
    code = code.strip().upper()
    return bool(_CREDIT_CODE.fullmatch(code)) and bool(uscc.calc_check_digit(code[:17]) == code[-1])
