"""Provisional years: holidays on a weekend are made up on the next working days (全国年节及纪念日放假办法, art. 6)."""

from __future__ import annotations

from datetime import date

import pytest

from portal.core.workdays import YearNotice
from portal.holidays.calendars import assemble, shipped_calendar
from portal.holidays.data.statutory import FEASTS, MADE_UP, statutory_notice
from portal.holidays.explain import explanation

CALENDAR = shipped_calendar()

# year, (feast, its day off on a working day)
TABLE = [
    (2027, "春节补假", "2027-02-09"),  # 02-05 Friday to 02-08 Monday: Saturday and Sunday are lost
    (2027, "春节补假", "2027-02-10"),
    (2027, "劳动节补假", "2027-05-03"),  # 05-01 and 05-02 are Saturday and Sunday
    (2027, "劳动节补假", "2027-05-04"),
    (2027, "国庆节补假", "2027-10-04"),  # 10-02 and 10-03
    (2027, "国庆节补假", "2027-10-05"),
    (2028, "元旦补假", "2028-01-03"),  # 01-01 Saturday
    (2028, "端午节补假", "2028-05-29"),  # 05-28 Sunday
    (2028, "国庆节补假", "2028-10-04"),  # 10-01 Sunday; 10-03 is 中秋 as well
    (2029, "端午节补假", "2029-06-18"),
    (2029, "中秋节补假", "2029-09-24"),
    (2031, "春节补假", "2031-01-27"),  # the feast ends on Saturday 01-25: Sunday is no working day
    (2031, "清明节补假", "2031-04-07"),
    (2036, "中秋节补假", "2036-10-06"),  # 10-04 Saturday, after 国庆 1 to 3
]


@pytest.mark.parametrize(("year", "name", "day"), TABLE)
def test_holiday_on_a_weekend_is_made_up_on_the_next_working_day(year: int, name: str, day: str) -> None:
    when = date.fromisoformat(day)
    assert when.year == year
    assert (CALENDAR.name(when), CALENDAR.is_workday(when)) == (name, False)


def test_all_made_up_days_of_2027_to_2029_are_in_the_table() -> None:
    found = [
        (year, name, first.isoformat())
        for year in (2027, 2028, 2029)
        for first, _, name in statutory_notice(year).days_off
        if name.endswith(MADE_UP)
    ]
    assert found == [row for row in TABLE if row[0] <= 2029]


# received, working days, due
PERIODS = [
    ("2027-01-25", 20, "2027-02-26"),  # P15: 02-24 without 补假
    ("2027-04-30", 1, "2027-05-05"),
    ("2027-09-30", 20, "2027-11-02"),
    ("2027-12-31", 1, "2028-01-04"),
    ("2031-01-21", 1, "2031-01-28"),
]


@pytest.mark.parametrize(("received", "workdays", "due"), PERIODS)
def test_provisional_due_date_counts_made_up_days_off(received: str, workdays: int, due: str) -> None:
    assert CALENDAR.add(date.fromisoformat(received), workdays) == date.fromisoformat(due)


@pytest.mark.parametrize("year", sorted(FEASTS))
def test_each_lost_day_is_made_up_once_on_a_weekday_of_its_own(year: int) -> None:
    feasts = [run for run in statutory_notice(year).days_off if not run[2].endswith(MADE_UP)]
    made_up = [run for run in statutory_notice(year).days_off if run[2].endswith(MADE_UP)]
    days = {
        date.fromordinal(day)
        for first, last, _ in feasts
        for day in range(first.toordinal(), last.toordinal() + 1)
    }
    instead = [first for first, _, _ in made_up]
    assert len(instead) == len(set(instead)) == sum(day.weekday() >= 5 for day in days)
    assert all(day.weekday() < 5 and day not in days for day in instead)


def test_the_notice_of_the_year_replaces_the_made_up_days() -> None:
    notice = YearNotice(2027, "通知", ((date(2027, 2, 5), date(2027, 2, 8), "春节"),))
    assert assemble([notice]).is_workday(date(2027, 2, 9))


def test_explanation_names_the_made_up_day() -> None:
    skipped = explanation(CALENDAR, date(2027, 2, 4), 1)["skipped"]
    assert [entry["reason"] for entry in skipped] == ["春节假期", "春节补假"]
