"""The calendar agrees day by day with two published packages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import chinese_calendar
import holidays

from portal.holidays.calendars import FIRST_YEAR, LAST_YEAR, shipped_calendar
from portal.holidays.data.statutory import FEASTS, MADE_UP

CALENDAR = shipped_calendar()


def days(first_year: int, last_year: int) -> Iterator[date]:
    """Every day of the years, both included."""
    for ordinal in range(date(first_year, 1, 1).toordinal(), date(last_year, 12, 31).toordinal() + 1):
        yield date.fromordinal(ordinal)


def test_is_workday_equals_chinesecalendar_on_every_day_of_2004_to_2026() -> None:
    differing = [
        day for day in days(2004, 2026) if CALENDAR.is_workday(day) != chinese_calendar.is_workday(day)
    ]
    assert differing == []


def test_is_workday_equals_holidays_on_every_day_of_2023_to_2026() -> None:
    china = holidays.country_holidays("CN", years=range(2023, 2028))
    differing = [day for day in days(2023, 2026) if CALENDAR.is_workday(day) != china.is_working_day(day)]
    assert differing == []


def test_statutory_days_of_2027_to_2040_equal_holidays_without_substitutes() -> None:
    china = holidays.country_holidays("CN", years=range(2027, LAST_YEAR + 1), observed=False)
    expected = {day for day in china if day.year >= 2027}
    named = {day for day in days(2027, LAST_YEAR) if CALENDAR.name(day)}
    found = {day for day in named if not CALENDAR.name(day).endswith(MADE_UP)}
    assert found == expected


def test_every_year_of_the_calendar_has_a_notice_or_statutory_days() -> None:
    noticed = set(range(2004, 2027))
    assert noticed | set(FEASTS) == set(range(FIRST_YEAR, LAST_YEAR + 1))
