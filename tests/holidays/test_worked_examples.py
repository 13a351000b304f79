"""Due dates around 春节, 国庆 and 调休 days, against dates counted by hand from the State Council's notices."""

from __future__ import annotations

from datetime import date

import pytest

from portal.core.workdays import DayKind
from portal.holidays.calendars import shipped_calendar
from portal.holidays.explain import explanation

CALENDAR = shipped_calendar()

WORKED = [
    # received, working days, due
    (date(2026, 2, 10), 20, date(2026, 3, 16)),
    (date(2026, 2, 13), 3, date(2026, 2, 25)),
    (date(2026, 9, 30), 20, date(2026, 11, 3)),
    (date(2025, 1, 24), 20, date(2025, 2, 27)),
    # a Sunday of receipt: Monday is the first day
    (date(2026, 3, 15), 1, date(2026, 3, 16)),
    # the Saturday worked before 春节 counts
    (date(2026, 2, 13), 1, date(2026, 2, 14)),
]


@pytest.mark.parametrize(("received", "workdays", "due"), WORKED)
def test_add_around_holidays_gives_the_date_counted_by_hand(received: date, workdays: int, due: date) -> None:
    assert CALENDAR.add(received, workdays) == due


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        (date(2026, 2, 14), DayKind.MAKEUP, "春节"),
        (date(2026, 2, 17), DayKind.HOLIDAY, "春节"),
        (date(2020, 1, 31), DayKind.HOLIDAY, "春节"),  # extended by a second notice
        (date(2020, 2, 1), DayKind.HOLIDAY, "春节"),  # no longer worked under it
        (date(2015, 9, 3), DayKind.HOLIDAY, "抗战胜利七十周年纪念日"),
        (date(2015, 9, 6), DayKind.MAKEUP, "抗战胜利七十周年纪念日"),
        (date(2019, 5, 2), DayKind.HOLIDAY, "劳动节"),  # extended by a later notice
        (date(2026, 3, 14), DayKind.WEEKEND, ""),
        (date(2026, 3, 16), DayKind.WORKDAY, ""),
    ],
)
def test_kind_of_a_known_day_follows_the_notice(day: date, kind: DayKind, name: str) -> None:
    assert (CALENDAR.kind(day), CALENDAR.name(day)) == (kind, name)


def test_announced_through_is_the_last_day_of_the_last_notice() -> None:
    assert CALENDAR.announced_through == date(2026, 12, 31)


def test_due_date_past_the_last_notice_is_provisional() -> None:
    assert explanation(CALENDAR, date(2026, 12, 20), 20)["provisional"] is True


def test_due_date_within_the_last_notice_is_not_provisional() -> None:
    assert explanation(CALENDAR, date(2026, 2, 10), 20)["provisional"] is False


def test_year_without_notice_has_the_statutory_days_and_their_make_up_days() -> None:
    weekdays_off = [
        date.fromordinal(n)
        for n in range(date(2027, 1, 1).toordinal(), date(2028, 1, 1).toordinal())
        if CALENDAR.kind(date.fromordinal(n)) is DayKind.HOLIDAY
    ]
    assert weekdays_off == [
        date(2027, 1, 1),
        date(2027, 2, 5), date(2027, 2, 6), date(2027, 2, 7), date(2027, 2, 8),
        date(2027, 2, 9), date(2027, 2, 10),
        date(2027, 4, 5),
        date(2027, 5, 1), date(2027, 5, 2),
        date(2027, 5, 3), date(2027, 5, 4),
        date(2027, 6, 9),
        date(2027, 9, 15),
        date(2027, 10, 1), date(2027, 10, 2), date(2027, 10, 3),
        date(2027, 10, 4), date(2027, 10, 5),
    ]  # fmt: skip


def test_explanation_names_days_skipped_and_days_worked_instead() -> None:
    answer = explanation(CALENDAR, date(2026, 2, 13), 3)
    assert [(run["first"], run["last"], run["reason"]) for run in answer["skipped"]] == [
        ("2026-02-15", "2026-02-23", "春节假期")
    ]
    assert [(run["first"], run["reason"]) for run in answer["counted_makeup"]] == [("2026-02-14", "调休上班")]
    assert answer["weekday"] == "星期三"
