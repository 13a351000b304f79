"""What holds for every date and number of days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.core.workdays import WorkdayCalendar, YearNotice
from portal.holidays.calendars import shipped_calendar

CALENDAR = shipped_calendar()
STARTS = st.dates(date(2007, 1, 1), date(2036, 1, 1))
LENGTHS = st.integers(1, 400)


@given(STARTS, LENGTHS)
def test_between_is_the_inverse_of_add(start: date, length: int) -> None:
    due = CALENDAR.add(start, length)
    assert CALENDAR.is_workday(due)
    assert CALENDAR.between(start, due) == length


@given(STARTS, LENGTHS, st.integers(0, 60))
def test_a_later_start_is_never_due_earlier(start: date, length: int, later: int) -> None:
    assert CALENDAR.add(start, length) <= CALENDAR.add(start + timedelta(days=later), length)


@given(STARTS, LENGTHS)
def test_one_more_day_is_due_strictly_later(start: date, length: int) -> None:
    assert CALENDAR.add(start, length) < CALENDAR.add(start, length + 1)


@given(STARTS, st.integers(1, 60))
def test_add_equals_counting_day_by_day(start: date, length: int) -> None:
    day = start
    while length_left := length - CALENDAR.between(start, day):
        day += timedelta(days=1)
        assert length_left > 0
    assert day == CALENDAR.add(start, length)


@given(
    st.dates(date(2030, 1, 1), date(2030, 12, 31)), LENGTHS, st.dates(date(2030, 1, 1), date(2031, 12, 31))
)
def test_adding_a_holiday_never_moves_a_due_date_earlier(start: date, length: int, holiday: date) -> None:
    before = WorkdayCalendar.build([], 2030, 2033)
    notice = YearNotice(holiday.year, "新增", ((holiday, holiday, "新增假日"),))
    after = WorkdayCalendar.build([notice], 2030, 2033)
    assert after.add(start, length) >= before.add(start, length)
