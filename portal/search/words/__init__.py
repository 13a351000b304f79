"""The words that the finder knows, written by us: plain words and official ones, words that say nothing, places.

The pairs here are what a new portal starts with; an administrator's table (PlainWord) goes on from them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
PAIRS = ("work", "family", "housing", "market", "money", "welfare", "traffic", "order", "land", "offices")


def _lines(name: str) -> list[str]:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def shipped_pairs() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each plain word with the official ones; 上班+受伤 means that a query has both."""
    found = []
    for name in PAIRS:
        for line in _lines(name):
            plain, _, official = line.partition(" = ")
            found.append((plain, tuple(official.split())))
    return tuple(found)


@cache
def silent_words() -> frozenset[str]:
    """Question words, particles and courtesies: they weigh nothing."""
    return frozenset(" ".join(_lines("silent")).split())


@cache
def faint_words() -> frozenset[str]:
    """Words that nearly every text has, such as 规定 and 办法: they weigh little."""
    return frozenset(" ".join(_lines("faint")).split())


@cache
def terms() -> tuple[str, ...]:
    """Places, offices and legal terms that the word cutter must not take apart."""
    return tuple(" ".join(_lines("terms")).split())


@cache
def places_read() -> dict[str, str]:
    """Names that are read otherwise than their signs usually are, with their syllables and tones."""
    pairs = (line.partition(" = ") for line in _lines("readings"))
    return {name: reading for name, _, reading in pairs}
