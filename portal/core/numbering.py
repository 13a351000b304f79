"""Official numbers and receipt codes as text."""

from __future__ import annotations

import secrets

CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 12


def official_number(word: str, year: int, ordinal: int) -> str:
    """A document number, e.g. 玉政公开〔2026〕第12号 (党政机关公文格式, GB/T 9704-2012)."""
    return f"{word}〔{year}〕第{ordinal}号"


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
