"""Working-day arithmetic against the two published packages, on the same dates in the same run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

import chinese_calendar
import holidays

from bench.measure import Measure, seconds_per_call
from portal.holidays.calendars import shipped_calendar

QUESTIONS = 2000
FIRST, LAST = date(2023, 1, 1), date(2026, 10, 1)
ONE_DAY = timedelta(days=1)


def questions() -> list[tuple[date, int]]:
    """Start days and numbers of working days (1-30), the same in every run."""
    random = Random(711)
    span = (LAST - FIRST).days
    return [(FIRST + timedelta(days=random.randrange(span)), random.randint(1, 30)) for _ in range(QUESTIONS)]


def chinesecalendar_add(start: date, days: int) -> date:
    """The n-th working day after `start` by asking the package for each day."""
    day = start
    while days:
        day += ONE_DAY
        days -= chinese_calendar.is_workday(day)
    return day


def run() -> Iterator[Measure]:
    """Time `add` per question, and see first that all three agree."""
    asked = questions()
    own_add = shipped_calendar().add
    china = holidays.country_holidays("CN", years=range(2022, 2028))

    def holidays_add(start: date, days: int) -> date:
        return china.get_nth_working_day(start, days)

    for start, days in asked:
        own = own_add(start, days)
        if not own == chinesecalendar_add(start, days) == holidays_add(start, days):
            raise AssertionError(f"the calendars differ for {start} + {days}")

    def over_all(add: Callable[[date, int], date], some: list[tuple[date, int]]) -> Callable[[], None]:
        def call() -> None:
            for start, days in some:
                add(start, days)

        return call

    few = asked[:200]
    own_seconds = seconds_per_call(over_all(own_add, asked), calls=20) / len(asked)
    theirs = seconds_per_call(over_all(chinesecalendar_add, few), calls=1, rounds=3) / len(few)
    other = seconds_per_call(over_all(holidays_add, few), calls=1) / len(few)
    ns = own_seconds * 1e9
    yield Measure("workdays.add", ns, "ns", theirs / own_seconds, "chinesecalendar", goal=1000)
    yield Measure("workdays.add", ns, "ns", other / own_seconds, "holidays", goal=60)
