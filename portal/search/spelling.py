"""Titles as the first letters of their pinyin, for people who type so: 公共停车场 is ggtcc."""

from __future__ import annotations

import re

from pypinyin import Style, lazy_pinyin

_LETTERS = re.compile(r"[a-z]{2,24}")


def initials(text: str) -> str:
    """The first letters of the words' pinyin; other signs are left out."""
    parts = lazy_pinyin(text, style=Style.FIRST_LETTER, errors="ignore")
    return "".join(part for part in parts if part.isascii() and part.isalpha()).lower()


def looks_like_initials(query: str) -> bool:
    """True for a query of Latin letters alone."""
    return bool(_LETTERS.fullmatch(query.strip().lower()))
