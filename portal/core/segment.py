"""Text as tokens for search: single signs and pairs of signs, for Chinese, Latin letters and digits alike.

Pairs find every word of two or more signs, also in the middle of another; single signs serve one-sign queries.
The same tokens go into both databases, so that both find the same.
"""

from __future__ import annotations

import re
import unicodedata

_RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
MAX_QUERY = 64
MAX_TERMS = 6
_BRACKETS = str.maketrans("〔〕［］【】[]（）“”‘’", "()()()()()\"\"''")


def fold(text: str) -> str:
    """Text as it is compared: NFKC, lower case, one kind of brackets, runs of white space as one blank."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_BRACKETS)
    return re.sub(r"\s+", " ", plain).strip()


def tokens(text: str) -> list[str]:
    """The distinct tokens of a text, in order of first appearance."""
    found: dict[str, None] = {}
    for run in _RUN.findall(fold(text)):
        for index, sign in enumerate(run):
            found[sign] = None
            if index + 1 < len(run):
                found[run[index : index + 2]] = None
    return list(found)


def word_tokens(text: str) -> list[str]:
    """The distinct words of a text for counting: Latin words and numbers whole, Chinese as single signs and pairs."""
    found: dict[str, None] = {}
    for run in _RUN.findall(fold(text)):
        parts = [run] if run.isascii() else [run[at : at + size] for at in range(len(run)) for size in (1, 2)]
        found.update(dict.fromkeys(parts))
    return list(found)


def query_terms(query: str) -> list[str]:
    """The terms of a query: at most MAX_TERMS, from at most MAX_QUERY signs; repeated ones once."""
    return list(dict.fromkeys(fold(query[:MAX_QUERY]).split(" ")))[:MAX_TERMS] if query.strip() else []


def query_tokens(term: str) -> list[str]:
    """The tokens that a text must have to contain the term: pairs, or the single sign."""
    found: list[str] = []
    for run in _RUN.findall(term):
        found += [run[i : i + 2] for i in range(len(run) - 1)] if len(run) > 1 else [run]
    return found


def is_exact(term: str) -> bool:
    """True if having the term's tokens means having the term: it is one sign or one pair."""
    runs = _RUN.findall(term)
    return len(runs) == 1 and runs[0] == term and len(term) <= 2


def passages(text: str, terms: list[str], width: int = 60) -> list[tuple[str, bool]]:
    """A passage around the first hit as (part, is_hit) pairs; the text's beginning if nothing is hit."""
    folded = text.lower().translate(_BRACKETS)
    positions = [folded.find(term) for term in terms if term and folded.find(term) >= 0]
    start = max(min(positions) - width // 3, 0) if positions else 0
    piece = text[start : start + width * 2]
    if not positions:
        return [(piece, False)]
    pattern = re.compile(
        "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True) if term), re.I
    )
    parts: list[tuple[str, bool]] = [("…", False)] if start else []
    cursor = 0
    for match in pattern.finditer(piece.translate(_BRACKETS)):
        if match.start() > cursor:
            parts.append((piece[cursor : match.start()], False))
        parts.append((piece[match.start() : match.end()], True))
        cursor = match.end()
    parts.append((piece[cursor:], False))
    return [part for part in parts if part[0]]
