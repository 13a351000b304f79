"""Rising topics: the tail of a Poisson count, hand-made weeks, and how seldom chance alone raises an alarm."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta

import pytest

from mailbox.topics import LEVEL, Rise, Titled, chance_of, rising, significant, tail, terms_of, widened

TODAY = date(2026, 3, 16)
QUIET = [0] * 8


@pytest.mark.parametrize(
    ("count", "mean", "expected"),
    [
        (0, 3.0, 1.0),
        (1, 0.0, 0.0),
        (1, 1.0, 1 - math.exp(-1)),
        (3, 2.0, 1 - 5 * math.exp(-2)),  # 1 - e^-2 (1 + 2 + 2)
        (4, 0.125, 8.9e-6),
        (10, 1.0, 1.1143e-7),
        (200, 100.0, 2.7e-18),
    ],
)
def test_tail_is_the_poisson_tail(count: int, mean: float, expected: float) -> None:
    assert tail(count, mean) == pytest.approx(expected, rel=0.05)


@pytest.mark.parametrize(
    ("weeks", "rises"),
    [
        ([*QUIET, 3], False),  # fewer than four letters
        ([*QUIET, 4], True),  # 8.9e-6 with one term
        ([1] * 8 + [4], False),  # 0.019
        ([1] * 8 + [8], True),  # 1.0e-5
        ([10] * 8 + [18], False),  # 0.014
        ([10] * 8 + [25], True),  # 4.7e-5
        ([0] * 7 + [8, 8], True),  # a mean of one a week
        ([20] * 9, False),
    ],
)
def test_a_term_rises_above_its_own_past(weeks: list[int], rises: bool) -> None:
    assert ("电梯" in significant({"电梯": weeks})) is rises


def test_more_terms_take_a_higher_count() -> None:
    others = {str(at): [1] * 9 for at in range(500)}
    weeks = [*QUIET, 4]
    assert significant({"停水": weeks})
    assert significant({"停水": weeks, **others}) == {}
    found = significant({"停水": [*QUIET, 6], **others})
    assert found == {"停水": pytest.approx(501 * chance_of([*QUIET, 6]))}


def test_chance_alone_seldom_raises_an_alarm() -> None:
    chance = random.Random(20260316)

    def count(mean: float) -> int:
        number, left = 0, math.exp(-mean)
        product = chance.random()
        while product > left:
            number, product = number + 1, product * chance.random()
        return number

    means = [chance.uniform(0.05, 4) for _ in range(300)]
    alarms = sum(
        bool(significant({str(at): [count(mean) for _ in range(9)] for at, mean in enumerate(means)}))
        for _ in range(100)
    )
    assert alarms <= 2, f"{alarms} of 100 quiet weeks raised an alarm; about {100 * LEVEL} are meant to"


def letters(titles: list[str], *, days_ago: int = 2, first: int = 1) -> list[Titled]:
    """Letters of one day."""
    day = TODAY - timedelta(days=days_ago)
    return [Titled(first + at, day, title) for at, title in enumerate(titles)]


def test_pieces_of_one_phrase_are_one_topic() -> None:
    titles = [f"{place}小区停水三天" for place in ("东风", "玉兰", "文化", "荷花", "北苑", "聂耳")]
    found = rising(letters(titles), TODAY)
    assert found == [Rise("小区停水三天", (1, 2, 3, 4, 5, 6), (*QUIET, 6), found[0].chance)]
    assert (found[0].count, found[0].mean) == (6, 0.0)


def test_usual_words_do_not_rise_and_a_letter_counts_once() -> None:
    usual = [
        Titled(100 * week + at, TODAY - timedelta(days=7 * week + 3), f"物业收费{sign}")
        for week in range(9)
        for at, sign in enumerate("甲乙丙丁")
    ]
    assert rising(usual, TODAY) == []
    assert rising(letters(["停水停水停水停水停水"]), TODAY) == []


def test_weeks_end_today_and_reach_back_eight_weeks() -> None:
    titles = ["湖边垃圾"] * 6
    at_edges = [
        *letters(titles, days_ago=6),
        *letters(["湖边垃圾"], days_ago=7, first=20),
        *letters(["湖边垃圾"], days_ago=62, first=30),
        *letters(["湖边垃圾"], days_ago=63, first=40),
        *letters(["湖边垃圾"], days_ago=-1, first=50),
    ]
    assert [rise.weeks for rise in rising(at_edges, TODAY)] == [(1, 0, 0, 0, 0, 0, 0, 1, 6)]


def test_common_words_single_signs_and_numbers_are_no_terms() -> None:
    assert terms_of("关于1路公交 WiFi 2026") == ["路公", "公交", "wifi"]
    assert terms_of("反映问题") == ["映问"]
    assert widened("停水", ["小区停水", "小区停水了"]) == "小区停水"
