"""What a query asks for: its ideas with the words for each, what must stand exactly, what must not stand.

Question words weigh nothing, words that every text has weigh little, and a plain word stands beside the official
ones. Nothing here looks into the index.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property

from portal.search.lexicon import Lexicon, shipped
from portal.search.text import (
    IS_HAN,
    cutter,
    latin_parts,
    numbers_of,
    plain,
    reword,
    runs,
    without_numbers,
)
from portal.search.words import faint_words, silent_words

MAX_QUERY = 64
MOST_IDEAS = 16
FAINT, LONE, JOINT = 0.3, 0.5, 1.0
SECOND = 0.85
_QUOTED = re.compile(r'"([^"]+)"')
_WITHOUT = re.compile(r"(?:^|\s)-(\S+)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LETTERS = re.compile(r"[a-z]+(?:[' ][a-z]+)*")


@dataclass(frozen=True)
class Way:
    """One wording of an idea; `weight` is 1 for the best."""

    text: str
    weight: float = 1.0


@dataclass(frozen=True)
class Idea:
    """A word of the query with the other words for it. A weight of 1 is a word that matters."""

    text: str
    ways: tuple[Way, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Asked:
    """A query as it is understood."""

    query: str
    folded: str = ""
    ideas: tuple[Idea, ...] = ()
    exact: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    stretches: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True if nothing can be looked for."""
        return not (self.ideas or self.exact or self.numbers or self.letters)

    @cached_property
    def core(self) -> str:
        """The ideas as one text, for finding them side by side in a title."""
        return "".join(idea.text for idea in self.ideas if idea.weight != JOINT or len(idea.text) > 1)


def clean(query: str) -> str:
    """A query without control characters, of at most MAX_QUERY signs."""
    return _CONTROL.sub(" ", query[: MAX_QUERY * 4]).strip()[:MAX_QUERY]


def understand(query: str, lexicon: Lexicon | None = None) -> Asked:
    """The meaning of what somebody typed."""
    words = lexicon or shipped()
    text = plain(reword(unicodedata.normalize("NFKC", clean(query))))
    exact = tuple(match.strip() for match in _QUOTED.findall(text) if runs(match))
    rest = _QUOTED.sub(" ", text)
    without = tuple(match for match in _WITHOUT.findall(rest) if runs(match))
    rest = _WITHOUT.sub(" ", rest).strip()
    numbers = tuple(dict.fromkeys(longest_numbers(rest)))
    rest = without_numbers(rest)
    ideas, silent, stretches = _ideas(rest, words)
    letters = tuple(match.replace("'", " ") for match in _LETTERS.findall(rest) if len(match) > 1)
    return Asked(
        query=clean(query),
        folded=text,
        ideas=tuple(ideas[:MOST_IDEAS]),
        exact=exact,
        without=without,
        numbers=numbers,
        letters=letters,
        silent=tuple(silent),
        stretches=tuple(stretches),
    )


def longest_numbers(text: str) -> list[str]:
    """The document numbers of a query, each in its fullest form."""
    found = numbers_of(text)
    return [
        number for number in found if not any(other != number and other.endswith(number) for other in found)
    ]


def _ideas(text: str, lexicon: Lexicon) -> tuple[list[Idea], list[str], list[str]]:
    ideas: list[Idea] = []
    silent: list[str] = []
    stretches: list[str] = []
    for run in runs(text):
        if run.isascii():
            ideas.append(_plain_idea(run, lexicon))
            ideas += [Idea(part, (Way(part),), LONE) for part in latin_parts(run)]
        else:
            more, quiet = _of_run(run, lexicon)
            ideas += more
            silent += quiet
            stretches += _stretches(run, more)
    ideas = list({idea.text: idea for idea in reversed(ideas)}.values())[::-1]
    if not ideas:
        ideas = [Idea(word, (Way(word),), FAINT) for word in dict.fromkeys(silent) if IS_HAN.match(word)]
    ideas += [_joint(parts, meant) for parts, meant in lexicon.together(text)]
    if ideas and all(idea.weight < 1 for idea in ideas):
        best = max(idea.weight for idea in ideas)
        ideas = [replace(idea, weight=idea.weight / best) for idea in ideas]
    return ideas, silent, stretches


def _stretches(run: str, ideas: list[Idea]) -> list[str]:
    """The parts of a run that are not question words, neighbours joined."""
    found: list[str] = []
    at = end = 0
    for idea in ideas:
        at = run.index(idea.text, end)
        if found and at == end:
            found[-1] += idea.text
        else:
            found.append(idea.text)
        end = at + len(idea.text)
    return [stretch for stretch in found if len(stretch) > 1]


def _joint(parts: tuple[str, ...], meant: tuple[str, ...]) -> Idea:
    return Idea("+".join(parts), _ways(meant), JOINT)


def _plain_idea(word: str, lexicon: Lexicon) -> Idea:
    return Idea(word, (Way(word), *_ways(lexicon.official.get(word, ()))))


def _ways(official: tuple[str, ...]) -> tuple[Way, ...]:
    return tuple(Way(text, SECOND**at) for at, text in enumerate(official))


def _of_run(run: str, lexicon: Lexicon) -> tuple[list[Idea], list[str]]:
    words = cutter().cut(run)
    ends, at = {0}, 0
    for word in words:
        at += len(word)
        ends.add(at)
    known = lexicon.singles(run, frozenset(ends))
    ideas: list[Idea] = []
    silent: list[str] = []
    at = 0
    for found in [*known, None]:
        until = found.start if found else len(run)
        for word in _between(run, at, until, words):
            if word in silent_words():
                silent.append(word)
            else:
                ideas.append(Idea(word, (Way(word),), _weight(word)))
        if found is None:
            break
        said = run[found.start : found.end]
        ideas.append(Idea(said, _with_itself(said, found.official)))
        at = found.end
    return ideas, silent


def _with_itself(said: str, official: tuple[str, ...]) -> tuple[Way, ...]:
    ways = {way.text: way for way in (Way(said), *_ways(official))}
    return tuple(ways.values())


def _between(run: str, start: int, end: int, words: list[str]) -> list[str]:
    """The words of a stretch: as they were cut if they fit, else cut anew."""
    if start >= end:
        return []
    at, found = 0, []
    for word in words:
        if start <= at and at + len(word) <= end:
            found.append(word)
        at += len(word)
    return found if sum(map(len, found)) == end - start else cutter().cut(run[start:end])


def _weight(word: str) -> float:
    if word in faint_words():
        return FAINT
    return LONE if len(word) == 1 else 1.0
