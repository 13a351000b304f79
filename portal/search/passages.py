"""The passage that shows why an answer is one: around the first words of the query, with all of them marked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.search.text import level

WIDTH, BEFORE = 120, 20
MOST_WORDS = 40


def pattern_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern for all words, longer ones first; None without any."""
    known = sorted({word for word in words if word.strip()}, key=lambda word: (-len(word), word))[:MOST_WORDS]
    return re.compile("|".join(map(re.escape, known)), re.IGNORECASE) if known else None


def passage(text: str, pattern: re.Pattern[str] | None, width: int = WIDTH) -> list[tuple[str, bool]]:
    """A passage around the first hit as (part, is_hit) pairs; the text's beginning if nothing is hit."""
    first = pattern.search(text) if pattern else None
    folded = text
    if pattern and first is None:
        folded = level(text)
        first = pattern.search(folded)
    if pattern is None or first is None:
        return [(text[:width], False)] if text else []
    start = max(first.start() - BEFORE, 0) if first.end() > width else 0
    parts: list[tuple[str, bool]] = [("…", False)] if start else []
    cursor, end = start, min(start + width, len(text))
    for match in pattern.finditer(folded, start, end):
        if match.start() > cursor:
            parts.append((text[cursor : match.start()], False))
        parts.append((text[match.start() : match.end()], True))
        cursor = match.end()
    parts.append((text[cursor:end], False))
    return [part for part in parts if part[0]]
