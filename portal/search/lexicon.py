"""Plain words beside official ones, as a table to look up: built from the shipped pairs or the administrator's rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from portal.search.text import plain
from portal.search.words import shipped_pairs

BOTH = "+"


@dataclass(frozen=True)
class Found:
    """A plain word at a place of a query, with the official words for it."""

    start: int
    end: int
    official: tuple[str, ...]


class Lexicon:
    """The pairs, each read in one direction: from what people say to what texts are called."""

    def __init__(self, pairs: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        self.official: dict[str, tuple[str, ...]] = {}
        self._together: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for said, official in pairs:
            parts = tuple(plain(part) for part in said.split(BOTH) if part.strip())
            meant = tuple(plain(word) for word in official)
            if len(parts) == 1:
                self.official[parts[0]] = meant
            elif parts:
                self._together.setdefault(parts[0], []).append((parts[1:], meant))
        self._longest = max(map(len, self.official), default=0)

    def singles(self, text: str, ends: frozenset[int]) -> list[Found]:
        """The plain words in a text from the left, longest first; those of one or two signs only as whole words.

        `ends` are the places between the words of the text.
        """
        found: list[Found] = []
        at = 0
        while at < len(text):
            for size in range(min(self._longest, len(text) - at), 0, -1):
                official = self.official.get(text[at : at + size])
                if official and (size > 2 or (at in ends and at + size in ends)):
                    found.append(Found(at, at + size, official))
                    at += size - 1
                    break
            at += 1
        return found

    def together(self, text: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Words that mean something only side by side in one query: their parts, and what they mean."""
        found = []
        for first, rows in self._together.items():
            if first in text:
                found += [
                    ((first, *others), meant)
                    for others, meant in rows
                    if all(part in text for part in others)
                ]
        return found


@cache
def shipped() -> Lexicon:
    """The pairs that come with the portal."""
    return Lexicon(shipped_pairs())
