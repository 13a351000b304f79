"""Likely units for letters written by hand: how often the right one comes first, or among the three shown.

The assertions hold what was measured: better than always naming the same units, and far from good. Letters without a
known word get no suggestion, which counts as wrong.
"""

from __future__ import annotations

import sys
from collections import Counter

from mailbox.duties import DUTIES
from mailbox.routing import SHOWN, likely, trained
from tests.unit.routing_letters import LETTERS, Labelled


def shown(past: Labelled, text: str) -> list[str]:
    """The units shown for a text, the likeliest first, after these past letters."""
    return [each.unit for each in likely(trained(past, DUTIES), text, DUTIES)]


def shares(suggested: list[list[str]]) -> tuple[float, float]:
    """How often the right unit is the first, and one of those shown."""
    pairs = list(zip([unit for unit, _ in LETTERS], suggested, strict=True))
    first = sum(units[:1] == [unit] for unit, units in pairs)
    among = sum(unit in units for unit, units in pairs)
    return first / len(pairs), among / len(pairs)


def majority() -> tuple[float, float]:
    """The same for always naming the units that these letters are most often for."""
    most = [unit for unit, _ in Counter(unit for unit, _ in LETTERS).most_common(SHOWN)]
    return shares([most] * len(LETTERS))


def said(name: str, figures: tuple[float, float]) -> None:
    """Print the two shares."""
    sys.stdout.write(f"{len(LETTERS)} letters, {name}: top-1 {figures[0]:.3f}, top-3 {figures[1]:.3f}\n")


def test_duty_words_alone_against_the_majority() -> None:
    base, alone = majority(), shares([shown((), text) for _, text in LETTERS])
    unanswered = sum(not shown((), text) for _, text in LETTERS)
    said("majority", base)
    said(f"duty words alone ({unanswered} without a suggestion)", alone)
    assert alone[0] > 2 * base[0]
    assert alone[1] > base[1]


def test_each_letter_after_all_the_others() -> None:
    learnt = shares([shown(LETTERS[:at] + LETTERS[at + 1 :], text) for at, (_, text) in enumerate(LETTERS)])
    said("after the other letters", learnt)
    assert learnt[1] > majority()[1]


def test_letters_are_for_units_that_answer_and_none_is_counted_twice() -> None:
    texts = [text for _, text in LETTERS]
    assert len(texts) == len(set(texts)) >= 60
    assert {unit for unit, _ in LETTERS} <= set(DUTIES)
