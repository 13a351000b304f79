"""Which unit a letter is likely for: a plain multinomial naive Bayes over words; pure, and only ever a suggestion.

A unit's words are those of its past letters and of its duties; a duty word counts as if DUTY_WEIGHT letters had used
it, so that a unit without letters can be found too. The model holds counts only and lives as long as one request: the
letters are sealed, and nothing of them is kept.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.core.segment import word_tokens

DUTY_WEIGHT = 3
# How many words of all units' together each unit is lent. Words that every letter says then tell nothing, which the
# usual even smoothing does not achieve: with it, 500 made-up letters made things worse than none (0.99 to 0.79).
LENT_WORDS = 10
TEMPERED_FROM = 8
SHOWN = 3


@dataclass(frozen=True)
class Suggestion:
    """A unit's code and its share of the probability, 0 to 1."""

    unit: str
    score: float


@dataclass(frozen=True)
class Model:
    """Words by unit, how many in all, and how many letters; `usual` is each known word's share of all words."""

    words: Mapping[str, Mapping[str, int]]
    totals: Mapping[str, int]
    letters: Mapping[str, int]
    usual: Mapping[str, float]


def words_of(text: str) -> list[str]:
    """The distinct words of a text: pairs of Chinese characters and words of two signs or more."""
    return [token for token in word_tokens(text) if len(token) > 1 and not token.isdigit()]


def trained(letters: Iterable[tuple[str, str]], duties: Mapping[str, Iterable[str]]) -> Model:
    """A model of (unit code, text) pairs and of the units' duty words; units without duties count by letters alone."""
    words: dict[str, Counter[str]] = {unit: Counter() for unit in duties}
    count: Counter[str] = Counter()
    for unit, duty in duties.items():
        for phrase in duty:
            for word in words_of(phrase):
                words[unit][word] += DUTY_WEIGHT
    for unit, text in letters:
        count[unit] += 1
        words.setdefault(unit, Counter()).update(words_of(text))
    totals = {unit: sum(found.values()) for unit, found in words.items()}
    together: Counter[str] = Counter()
    for found in words.values():
        together.update(found)
    everything = together.total()
    return Model(words, totals, count, {word: times / everything for word, times in together.items()})


def likely(model: Model, text: str, units: Iterable[str], most: int = SHOWN) -> list[Suggestion]:
    """The likeliest of these units, the best first; none for a text without a known word.

    Words of no unit are passed over: they would only favour units with few words. The evidence of a long text is
    tempered to that of TEMPERED_FROM words, since its words do not come independently of each other.
    """
    known = [word for word in words_of(text) if word in model.usual]
    candidates = [unit for unit in dict.fromkeys(units) if unit in model.words]
    if not known or not candidates:
        return []
    temper = min(1.0, TEMPERED_FROM / len(known))
    all_letters = sum(model.letters.values()) + len(candidates)
    scores = {
        unit: temper * _evidence(model, unit, known)
        + math.log((model.letters.get(unit, 0) + 1) / all_letters)
        for unit in candidates
    }
    highest = max(scores.values())
    shares = {unit: math.exp(score - highest) for unit, score in scores.items()}
    whole = sum(shares.values())
    best = sorted(candidates, key=lambda unit: -shares[unit])[:most]
    return [Suggestion(unit, shares[unit] / whole) for unit in best]


def _evidence(model: Model, unit: str, known: list[str]) -> float:
    """The logarithm of how likely the unit's letters are to say these words."""
    words = model.words[unit]
    whole = model.totals[unit] + LENT_WORDS
    return sum(math.log((words.get(word, 0) + LENT_WORDS * model.usual[word]) / whole) for word in known)
