"""How Chinese signs are read, from pypinyin's data in a form that takes little room.

As pypinyin loads them its tables take fifty megabytes of every process that searches; this takes eight. A sign has
its first reading, a word its own where that is another one; no tones.
"""

from __future__ import annotations

import json
import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from portal.search.words import places_read

UMLAUT = "\u0308"
FIRST, LAST = 0x3007, 0x323AF
_SIGN = re.compile(r'"(\d+)":\s*"([^"]+)"')
_WORD = re.compile(r'"([^"]+)":\s*(\[.*?\]\s*\])', re.DOTALL)


@lru_cache(2_000)
def bare(reading: str) -> str:
    """A syllable without its tone, ü as v."""
    parts = unicodedata.normalize("NFD", reading).replace("u" + UMLAUT, "v")
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


@dataclass(frozen=True)
class _Signs:
    """The place of each sign's first reading among the syllables; 0 for none."""

    places: array[int]
    syllables: tuple[str, ...]

    def read(self, sign: str) -> str:
        """The reading of a sign; itself without one."""
        at = ord(sign) - FIRST
        place = self.places[at] if 0 <= at < len(self.places) else 0
        return self.syllables[place] if place else sign


def _data(name: str) -> str:
    """A file of the package, which is not imported: importing it loads its tables."""
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pypinyin")
    return (Path(spec.origin).parent / name).read_text(encoding="utf-8")


@cache
def _signs() -> _Signs:
    places = array("H", bytes(2 * (LAST - FIRST + 1)))
    known: dict[str, int] = {"": 0}
    for match in _SIGN.finditer(_data("pinyin_dict.json")):
        for at, reading in enumerate(match[2].split(",")):
            place = known.setdefault(bare(reading), len(known))
            if at == 0 and FIRST <= int(match[1]) <= LAST:
                places[int(match[1]) - FIRST] = place
    return _Signs(places, tuple(known))


@cache
def all_syllables() -> frozenset[str]:
    """Every syllable of any sign, of Latin letters alone."""
    return frozenset(part for part in _signs().syllables if part.isascii() and part.isalpha())


@dataclass(frozen=True)
class _Words:
    """Words with their syllables, blanks between; "" for one read sign by sign, which only divides the text."""

    readings: dict[str, str]
    longest: int


@cache
def _words() -> _Words:
    found = {word: "" if said == _sign_by_sign(word) else said for word, said in _phrases()}
    found |= {name: " ".join(map(bare, said.split())) for name, said in places_read().items()}
    return _Words(found, max(map(len, found)))


def _phrases() -> Iterator[tuple[str, str]]:
    """Each word with its syllables, one after the other: all at once take much room."""
    for match in _WORD.finditer(_data("phrases_dict.json")):
        yield match[1], " ".join(bare(row[0]) for row in json.loads(match[2]))


def _sign_by_sign(word: str) -> str:
    return " ".join(map(_signs().read, word))


def read(word: str) -> list[str]:
    """The syllables of Chinese signs, the longest known words first; a sign without a reading as itself."""
    signs, words = _signs(), _words()
    found: list[str] = []
    at = 0
    while at < len(word):
        for size in range(min(words.longest, len(word) - at), 1, -1):
            said = words.readings.get(word[at : at + size])
            if said is not None:
                found += said.split(" ") if said else map(signs.read, word[at : at + size])
                at += size
                break
        else:
            found.append(signs.read(word[at]))
            at += 1
    return found


__all__ = ["all_syllables", "bare", "read"]
