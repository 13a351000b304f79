"""Titles as pinyin, for people who type so: 公共停车场 is gonggongtingchechang, ggtcc and gonggongtcc."""

from __future__ import annotations

import re
from functools import lru_cache

from portal.search.sounds import all_syllables, read
from portal.search.text import IS_HAN, cutter, simplify

_LETTERS = re.compile(r"[a-z]{2,24}")
_STARTS = frozenset(["zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw", *"aeo"])
_LOOSE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))
_MOST_READINGS = 4
LONGEST = 60


@lru_cache(10_000)
def _word(word: str) -> tuple[str, ...]:
    return tuple(read(word))


def syllables(text: str) -> list[str]:
    """The pinyin of the Chinese signs without tones, one for each sign; other signs are left out.

    Read word by word, so that 行 is xing in 行政 and hang in 银行.
    """
    chinese = "".join(IS_HAN.findall(simplify(text)))
    return [part for word in cutter().cut(chinese) for part in _word(word)]


def initials(text: str) -> str:
    """The first letters of the words' pinyin; other signs are left out."""
    return "".join(part[0] for part in syllables(text) if part[0].isascii() and part[0].isalpha())


def looks_like_initials(query: str) -> bool:
    """True for a query of Latin letters alone."""
    return bool(_LETTERS.fullmatch(query.strip().lower()))


def readings(letters: str) -> list[tuple[str, ...]]:
    """The ways to read a run of letters as syllables and first letters: fewest units first, at most four.

    wuyegl is (wu, ye, g, l); xian is (xian) and (xi, an). Empty if it cannot be read so.
    """
    if not letters.isascii() or not letters.isalpha() or len(letters) > LONGEST:
        return []
    best: list[list[tuple[int, tuple[str, ...]]]] = [[] for _ in range(len(letters) + 1)]
    best[0] = [(0, ())]
    for end in range(1, len(letters) + 1):
        options: list[tuple[int, tuple[str, ...]]] = []
        for start in range(max(0, end - 6), end):
            unit = letters[start:end]
            cost = 2 if unit in all_syllables() and len(unit) > 1 else 5 if unit in _STARTS else 0
            if cost:
                options += [(total + cost, (*units, unit)) for total, units in best[start]]
        best[end] = sorted(options)[:_MOST_READINGS]
    return [units for _, units in best[-1]]


def is_whole(unit: str) -> bool:
    """True for a whole syllable, not a first letter."""
    return len(unit) > 1 and unit in all_syllables()


def loosely(syllable: str) -> str:
    """A syllable as southern ears hear it: zh as z, ang as an."""
    for strict, loose in _LOOSE:
        syllable = syllable.replace(strict, loose)
    return syllable
