"""The screening on invented texts: goals reached on a small run, places true, reports never leak."""

from __future__ import annotations

import time

import pytest

from portal.publishing.screening import BLOCK, screen
from portal.publishing.screening.corpus import samples
from portal.publishing.screening.measuring import measure

SCORES = measure(samples(seed=7, each=12))


@pytest.mark.parametrize("score", SCORES, ids=lambda score: score.kind)
def test_every_kind_reaches_its_goal_on_a_small_run(score) -> None:
    assert score.reached, score


def test_the_same_seed_gives_the_same_texts() -> None:
    assert samples(1, 2) == samples(1, 2) != samples(2, 2)


def test_a_finding_knows_its_place_in_the_original_text() -> None:
    value = "1 3 9-１２３４\u200b5678"
    text = f"第一行\n联系电话{value}，请勿外传2026"
    (finding,) = screen(text)
    assert (text[finding.start : finding.end], finding.line) == (value, 2)
    assert "5678" not in finding.excerpt and "2026" not in finding.excerpt


def test_two_numbers_side_by_side_are_both_found() -> None:
    text = "13912345678 13812345678\n13712345678<td>13612345678</td><td>20</td>"
    assert sum(finding.severity == BLOCK for finding in screen(text)) == 4


def test_an_own_value_is_found_at_each_of_its_places() -> None:
    found = screen("王小明和王 小 明", own_values=["王小明"])
    assert [(finding.start, finding.end) for finding in found] == [(0, 3), (4, 9)]


@pytest.mark.parametrize(
    "hostile",
    ["<" * 100_000, "<b" * 50_000, "市区1号" * 25_000, "一" * 100_000, "QQ:" * 33_000, "1 " * 50_000, "13912345678,"
     * 8_000, "\u200b" * 100_000, "l1" * 50_000],
)  # fmt: skip
def test_hostile_text_takes_linear_time(hostile: str) -> None:
    started = time.process_time()
    screen(hostile)
    assert time.process_time() - started < 20
