"""Official numbers and receipt codes as text."""

from __future__ import annotations

import re
import secrets
import unicodedata

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 12
_YEAR = re.compile(r"[〔\[(（【［](\d{4})[〕\])）】］]")
_IN_NUMBER = re.compile(r"([〔\[(（【［]\s?\d{4}\s?[〕\])）】］])\s?第?\s?0*(?=\d)")


def official_number(word: str, year: int, ordinal: int) -> str:
    """A document number, e.g. 玉政公开〔2026〕12号: no 第 and no leading noughts (GB/T 9704-2012, 7.2.5)."""
    return f"{word}〔{year}〕{ordinal}号"


def plain_number(text: str) -> str:
    """A text with every document number in it as the standard writes it.

    Papers issued before 2026-12 say 〔2026〕第12号 and keep that; compare numbers in this form.
    """
    return _IN_NUMBER.sub(r"\1", text)


def number_spellings(text: str) -> tuple[str, ...]:
    """The ways in which the document numbers in a text may stand elsewhere: as given, without and with 第."""
    return tuple(dict.fromkeys((text, plain_number(text), _IN_NUMBER.sub(r"\1第", text))))


def forms_issued(typed: str) -> tuple[str, ...]:
    """The forms in which a number that a person types may have been issued: with 〔〕, without and with 第."""
    folded = "".join(unicodedata.normalize("NFKC", typed).split())
    plain = plain_number(_YEAR.sub(r"〔\1〕", folded))
    return (plain, _IN_NUMBER.sub(r"\1第", plain)) if names_number(plain) else (folded,)


def names_number(text: str) -> bool:
    """True if a document number stands in the text."""
    return bool(_IN_NUMBER.search(text))


def case_number(prefix: str, year: int, ordinal: int) -> str:
    """A case number that can be read out on the telephone, e.g. YX2026-00012."""
    return f"{prefix}{year}-{ordinal:05d}"


def new_code(length: int = CODE_LENGTH) -> str:
    """A random code without look-alike signs; 12 of 32 signs are 60 bits."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))


def normalise_code(text: str) -> str:
    """A code as typed by a person: spaces and dashes dropped, upper case, full width folded."""
    folded = text.translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}).upper()
    return "".join(ch for ch in folded if ch in CODE_ALPHABET)


def grouped(code: str, size: int = 4) -> str:
    """A code in groups for reading aloud: ABCD-EFGH-JKLM."""
    return "-".join(code[i : i + size] for i in range(0, len(code), size))
