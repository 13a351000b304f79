"""manage.py deadline and manage.py clock."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    """The command's standard output."""
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def clock(*words: str) -> dict[str, Any]:
    """The clock's JSON."""
    answer: dict[str, Any] = json.loads(run("clock", *words, "--json"))
    return answer


def test_deadline_as_json_gives_due_date_and_reasons() -> None:
    answer = json.loads(run("deadline", "2026-02-13", "--workdays", "3", "--json"))
    assert (answer["due"], answer["weekday"], answer["provisional"]) == ("2026-02-25", "星期三", False)
    assert answer["skipped"][0]["reason"] == "春节假期"
    assert answer["counted_makeup"][0]["first"] == "2026-02-14"
    assert answer["announced_through"] == "2026-12-31"


def test_deadline_in_words_names_every_part() -> None:
    text = run("deadline", "2026-02-13", "--workdays", "3")
    for part in ("届满日：2026-02-25（星期三）", "春节假期", "调休上班", "当日不计算在内"):
        assert part in text


def test_deadline_past_the_last_notice_says_provisional() -> None:
    assert "暂定" in run("deadline", "2026-12-20", "--workdays", "20")


@pytest.mark.parametrize(
    "words",
    [
        ("deadline", "2026-02-30", "--workdays", "3"),
        ("deadline", "2026-02-13", "--workdays", "0"),
        ("deadline", "1999-12-31", "--workdays", "3"),
        ("deadline", "2026-02-13", "--workdays", "99999"),
        ("clock", "--received", "yesterday"),
        ("clock", "--received", "2026-02-10", "--pause", "2026-02-12"),
        ("clock", "--received", "2026-02-10", "--pause", "2026-02-12:2026-02-11"),
        ("clock", "--received", "2026-02-10", "--pause", "2026-02-01:2026-02-11"),
        ("clock", "--received", "2026-02-10", "--extend", "21"),
        ("clock", "--received", "2026-02-10", "--correct", "2026-02-01"),
        ("clock", "--received", "2026-02-10", "--workdays", "0"),
    ],
)
def test_impossible_input_is_refused_with_a_sentence_and_code_2(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError) as caught:
        run(*words)
    assert caught.value.returncode == 2
    assert str(caught.value).endswith("。")


def test_clock_without_events_is_the_plain_deadline() -> None:
    assert clock("--received", "2026-02-10")["due"] == "2026-03-16"


def test_clock_with_pause_moves_by_the_working_days_inside() -> None:
    # 12, 13, 14 (worked), 24 and 25 February: five working days are not counted
    answer = clock("--received", "2026-02-10", "--pause", "2026-02-12:2026-02-25")
    assert answer["due"] == "2026-03-23"


def test_clock_with_overlapping_pauses_counts_them_once() -> None:
    one = clock("--received", "2026-03-02", "--pause", "2026-03-05:2026-03-18")
    two = clock(
        "--received", "2026-03-02", "--pause", "2026-03-05:2026-03-12", "--pause", "2026-03-09:2026-03-18"
    )
    assert one["due"] == two["due"]


def test_clock_with_open_pause_has_no_due_date() -> None:
    answer = clock("--received", "2026-03-02", "--pause", "2026-03-05:")
    assert (answer["due"], answer["paused_since"]) == (None, "2026-03-05")


def test_clock_with_extension_adds_its_working_days() -> None:
    assert clock("--received", "2026-02-10", "--extend", "20")["due"] == "2026-04-14"


def test_clock_with_correction_begins_anew_on_its_day() -> None:
    again = clock("--received", "2026-02-02", "--correct", "2026-02-10")
    assert (again["started_on"], again["due"]) == ("2026-02-10", "2026-03-16")
