"""Two years of requests and their annual reports: every figure by hand, and again after later events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from portal.units.models import Unit
from requests_app.actions.reply import ReplyText
from requests_app.annual import rows
from requests_app.annual.figures import Figures, cases_behind, figures, remedies_behind
from requests_app.annual.report import report
from requests_app.choices import RefusalGround, ReplyKind
from tests.cast import SHANGHAI
from tests.factories.annual import GIVEN, Story, Team, answer, in_2026, until_2025


@pytest.fixture
def story(office: Unit, housing: Unit, team: Team) -> Story:
    """Everything up to the end of 2025."""
    return until_2025(office, housing, team)


def told(found: Figures) -> dict[str, dict[str, int]]:
    """The figures of table 2 that are not nought: row to column to count, the total left out."""
    return {
        row.code: cells
        for row in rows.ROWS
        if (cells := {column: n for column in rows.PARTS if (n := found.table2[row.code, column])})
    }


IN_2025 = {
    "new": {"person": 5, "business": 1, "research": 1, "charity": 1, "legal": 1, "other": 1},
    "carried_over": {"person": 2},
    "disclosed": {"person": 2},
    "partial": {"business": 1},
    "refused_state_secret": {"person": 1},
    "refused_process": {"other": 1},
    "unprocessed_duplicate": {"research": 1},
    "other_abandoned": {"person": 1},
    "other_unpaid": {"person": 1},
    "other_rest": {"person": 1, "legal": 1},
    "handled": {"person": 6, "business": 1, "research": 1, "legal": 1, "other": 1},
    "carried_forward": {"person": 1, "charity": 1},
}
IN_2026 = {
    "carried_over": {"person": 1, "charity": 1},
    "refused_inquiry": {"person": 1},
    "handled": {"person": 1},
    "carried_forward": {"charity": 1},
}


def test_table_2_counts_the_year_by_hand(story: Story, office: Unit, housing: Unit) -> None:
    assert told(figures(2025, office)) == IN_2025
    assert figures(2025, office).table2["handled", "total"] == 10
    assert told(figures(2025, housing)) == {"new": {"person": 1}, "carried_forward": {"person": 1}}
    city = figures(2025)
    assert (city.table2["new", "total"], city.table2["carried_forward", "person"]) == (11, 2)


def test_year_before_holds_what_came_in_its_last_days(story: Story, office: Unit) -> None:
    """One came online on 20 December; one by post on the 30th, entered on 6 January."""
    assert told(figures(2024, office)) == {"new": {"person": 2}, "carried_forward": {"person": 2}}


def test_past_year_counts_the_same_after_later_events(story: Story, office: Unit, team: Team) -> None:
    before = figures(2025, office)
    in_2026(story, team)
    after = figures(2025, office)
    assert (after.requests, after.remedies) == (before.requests, before.remedies)
    assert told(figures(2026, office)) == IN_2026


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_identities_hold_in_every_year(
    story: Story, office: Unit, housing: Unit, team: Team, year: int
) -> None:
    in_2026(story, team)
    assert [report(year, unit).broken for unit in (office, housing, None)] == [[], [], []]


def test_a_year_is_the_citys_by_local_time(office: Unit, team: Team) -> None:
    """Ten past midnight on New Year's Day in Yuxi is still the old year in UTC."""
    answer(office, team, GIVEN, on="2025-12-30", done=datetime(2026, 1, 1, 0, 10, tzinfo=SHANGHAI))
    assert told(figures(2025, office)) == {"new": {"person": 1}, "carried_forward": {"person": 1}}
    assert told(figures(2026, office)) == {
        "carried_over": {"person": 1},
        "disclosed": {"person": 1},
        "handled": {"person": 1},
    }


def test_table_3_of_a_unit_leaves_out_other_units_remedies(story: Story, housing: Unit) -> None:
    assert set(figures(2025, housing).table3.values()) == {0}
    assert figures(2025).table3["reconsideration", "upheld"] == 1


def test_table_3_counts_what_ended_and_what_was_pending(story: Story, office: Unit, team: Team) -> None:
    in_2026(story, team)

    def shown(year: int) -> dict[tuple[str, str], int]:
        return {key: value for key, value in figures(year, office).table3.items() if value}

    assert shown(2025) == {
        ("reconsideration", "upheld"): 1,
        ("reconsideration", "total"): 1,
        ("lawsuit", "other"): 1,
        ("lawsuit", "total"): 1,
        ("lawsuit_after", "pending"): 1,
        ("lawsuit_after", "total"): 1,
    }
    assert shown(2026) == {
        ("reconsideration", "pending"): 1,
        ("reconsideration", "total"): 1,
        ("lawsuit_after", "corrected"): 1,
        ("lawsuit_after", "total"): 1,
    }


def test_cases_behind_every_figure_are_as_many(story: Story, office: Unit) -> None:
    found = figures(2025, office)
    for (row, column), number in found.table2.items():
        assert cases_behind(2025, office, row, column).count() == number
    for (kind, result), number in found.table3.items():
        assert remedies_behind(2025, office, kind, result).count() == number
    behind = cases_behind(2025, office, "other_rest", "total")
    assert [case.number for case in behind] == [story["paper"].number, story["withdrawn"].number]


def test_counting_takes_as_many_queries_for_one_as_for_many(
    office: Unit, team: Team, django_assert_num_queries: Callable[..., Any]
) -> None:
    refusal = ReplyText(ReplyKind.REFUSE, "国家秘密。", ground=RefusalGround.STATE_SECRET)
    answer(office, team, refusal, on="2025-02-10", done="2025-03-03")
    with django_assert_num_queries(2):
        figures(2025, office)
    for _ in range(2):
        answer(office, team, refusal, on="2025-02-10", done="2025-03-03")
    with django_assert_num_queries(2):
        figures(2025, office)


def run(*arguments: str) -> tuple[int, str, str]:
    """(exit code, what was printed, what was complained of)."""
    out, complaints = StringIO(), StringIO()
    try:
        call_command("annual_report", *arguments, stdout=out, stderr=complaints)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue(), complaints.getvalue()
    return 0, out.getvalue(), complaints.getvalue()


def test_command_prints_the_tables_and_that_they_hold(story: Story) -> None:
    code, out, _ = run("--year", "2025", "--unit", "city-office")
    printed = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line.split()}
    assert code == 0
    assert printed["一、本年新收政府信息公开申请数量"] == ["5", "1", "1", "1", "1", "1", "10"]
    assert printed["行政复议"] == ["1", "0", "0", "0", "1"]
    assert out.splitlines()[-1] == "恒等式核对：通过"


def test_command_writes_both_files(story: Story, tmp_path: Path) -> None:
    code, out, _ = run("--year", "2025", "--out", str(tmp_path / "reports"))
    assert code == 0
    files = sorted((tmp_path / "reports").iterdir())
    assert [path.suffix for path in files] == [".pdf", ".xlsx"]
    assert [path.read_bytes()[:4] for path in files] == [b"%PDF", b"PK\x03\x04"]
    assert all(str(path) in out for path in files)


def test_command_names_a_broken_identity_and_fails(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("requests_app.annual.report.checks.broken", lambda *tables: ["二和四不等。"])
    code, out, _ = run("--year", "2025")
    assert code == 1
    assert out.splitlines()[-1] == "恒等式不成立：二和四不等。"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--year", "2018"), "没有2018年度的报告，年度应在2019至2026之间。"),
        (("--year", "2027"), "没有2027年度的报告，年度应在2019至2026之间。"),
        (("--year", "去年"), "没有去年年度的报告，年度应在2019至2026之间。"),
        ((), "请用 --year 写明年度，例如 --year 2025。"),
        (("--year", "2025", "--unit", "nowhere"), "没有代码为“nowhere”的机关。"),
    ],
)
@time_machine.travel("2026-03-16 10:00+08:00", tick=False)
def test_command_with_a_wrong_year_or_unit_says_so(
    organisation: None, arguments: tuple[str, ...], sentence: str
) -> None:
    code, out, complaint = run(*arguments)
    assert (code, out, complaint.strip()) == (2, "", sentence)
