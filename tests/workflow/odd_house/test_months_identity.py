"""The figures of a seeded city, counted twice: month by unit by kind, no difference; and in how many queries."""

from __future__ import annotations

from datetime import date
from io import StringIO
from random import Random
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from mailbox import actions as mailbox
from notices.reports import actions as reports
from portal.city.telling import tell
from portal.core.actors import GUEST
from portal.holidays.calendars import calendar
from portal.supervision import open_data
from portal.supervision.figures.again import count_again, differences
from portal.supervision.figures.months import compute_all, freeze_past, months_between
from portal.supervision.models import FiguresMonth
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.mailbox import Hands, answered, dissatisfied, handled, staffed, submitted  # noqa: F401  fixtures

YEAR = months_between(date(2025, 1, 1), date(2026, 12, 1))
LATER = date(2026, 12, 31)


def test_seeded_city_adds_up_month_by_unit_by_kind(organisation: None) -> None:
    tell(count=150, years=1, seed=11, until=moment("2026-09-30", 18), days=calendar())
    assert differences(YEAR, calendar(), date(2026, 9, 30)) == []
    sums = count_again(YEAR, date(2026, 9, 30))
    assert len(sums) > 100 and sum(found["received"] for found in sums.values()) > 140


def random_city(hands: Hands, team: dict[str, Person], housing: Unit, count: int) -> None:
    """Reports and letters that are passed on, answered late, demanded again, taken back, at month's ends."""
    dice = Random(5)
    days = ["2026-02-27", "2026-02-28", "2026-03-02", "2026-03-30", "2026-03-31", "2026-04-01"]
    for number in range(count):
        begun = dice.randrange(len(days) - 1)
        case = reports.report_error(
            page="/notices/", sort="words", text="错字", key=f"k{number}", actor=GUEST,
            at=moment(days[begun], dice.choice((0, 10, 23))),
        )  # fmt: skip
        clerk = team["clerk"]
        if dice.random() < 0.4:
            begun = dice.randrange(begun + 1, len(days))
            at = moment(days[begun])
            reports.pass_on_report(case=case, unit=housing, reason="由其维护", actor=clerk.actor, at=at)
            clerk = hands.clerk
        if begun + 1 < len(days) and dice.random() < 0.7:
            at = moment(days[dice.randrange(begun + 1, len(days))], 12)
            reports.fix_error(case=case, answer="已改", actor=clerk.actor, at=at)
    for number in range(count // 10):
        name = f"来信人{number}"
        case_ = answered(hands, case=handled(hands, case=submitted(on="2026-02-10", name=name)))
        if number % 2:
            dissatisfied(case_, on="2026-03-31")
            if number % 4 == 3:
                answered(hands, case=case_, at="2026-04-01")
        other = submitted(on=dice.choice(("2026-02-27", "2026-03-31")), name=name)
        if number % 3 == 0:
            mailbox.decline(
                case=other, reason="advertisement", note="广告",
                actor=hands.office_clerk.actor, at=moment("2026-04-01"),
            )  # fmt: skip


def test_random_city_adds_up_in_every_month(hands: Hands, team: dict[str, Person], housing: Unit) -> None:
    random_city(hands, team, housing, 60)
    assert differences(YEAR, calendar(), LATER) == []
    sums = count_again(YEAR, LATER)
    assert sum(found["moved_in"] for found in sums.values()) > 10
    assert sum(found["carried"] for found in sums.values()) > 20


def test_frozen_months_say_what_the_log_says(hands: Hands, team: dict[str, Person], housing: Unit) -> None:
    random_city(hands, team, housing, 20)
    with time_machine.travel(moment("2026-12-31"), tick=False):
        before = open_data.tables(YEAR)
        assert freeze_past(at=moment("2026-12-31")) == 10
        assert FiguresMonth.objects.count() == 10
        assert open_data.tables(YEAR) == before


def test_command_counts_again_and_says_so(office: Unit) -> None:
    said = StringIO()
    with time_machine.travel(moment("2026-12-31"), tick=False):
        reports.report_error(page="/", sort="words", text="错", key="k", actor=GUEST, at=moment("2026-03-31"))
        call_command("check_figures", months=12, stdout=said)
    assert said.getvalue() == "12个月，0处不符\n"


def test_a_month_that_says_something_else_is_told(office: Unit, monkeypatch: Any) -> None:
    reports.report_error(page="/", sort="words", text="错", key="k", actor=GUEST, at=moment("2026-03-31"))
    monkeypatch.setattr("portal.supervision.figures.again.compute_all", lambda *_: {})
    found = differences([date(2026, 3, 1)], calendar(), LATER)
    assert [(row.name, row.counted, row.again) for row in found] == [("received", 0, 1), ("open", 0, 1)]


@pytest.mark.parametrize("frozen", [False, True])
def test_three_years_of_statistics_take_few_queries(
    office: Unit, team: dict[str, Person], django_assert_max_num_queries: Any, frozen: bool
) -> None:
    for number, on in enumerate(("2024-02-01", "2025-06-03", "2026-03-31")):
        case = reports.report_error(
            page="/", sort="words", text="错", key=f"k{number}", actor=GUEST, at=moment(on)
        )
        reports.fix_error(case=case, answer="改", actor=team["clerk"].actor, at=moment(on, 12))
    months = months_between(date(2024, 1, 1), date(2026, 12, 1))
    assert len(months) == 36
    with time_machine.travel(moment("2026-12-31"), tick=False):
        if frozen:
            freeze_past(at=moment("2026-12-31"))
        calendar()
        with django_assert_max_num_queries(4):
            found = open_data.tables(months)
        with django_assert_max_num_queries(2):
            compute_all(months, calendar(), LATER)
    assert (found["whole"].received, found["whole"].closed) == (3, 3)
