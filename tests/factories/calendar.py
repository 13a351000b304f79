"""Holiday notices entered and changed in a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from portal.cases.recounting import recount_dates
from portal.core.workdays import WorkdayCalendar
from portal.holidays.actions import enter_notice
from portal.holidays.calendars import calendar, forget
from portal.holidays.data.notices import shipped_notices
from portal.holidays.data.statutory import statutory_notice
from tests.cast import moment


def days_off(*days: date, work_on: tuple[date, ...] = ()) -> None:
    """The year's notice is entered again with some days more off (and weekend days worked); the calendar follows."""
    for year in sorted({day.year for day in (*days, *work_on)}):
        shipped = shipped_notices().get(year)
        notice = shipped.notice if shipped is not None else statutory_notice(year)
        taken = {
            date.fromordinal(day)
            for first, last, _ in notice.days_off
            for day in range(first.toordinal(), last.toordinal() + 1)
        }
        off = {day for day in days if day.year == year}
        work = {day for day in work_on if day.year == year} - taken - off
        enter_notice(
            replace(
                notice,
                source="更正",
                announced=True,
                days_off=(*notice.days_off, *((day, day, "试验") for day in off)),
                work_on=(
                    *(entry for entry in notice.work_on if entry[0] not in off),
                    *((day, "试验") for day in work),
                ),
            )
        )
    forget()


def recounted(*days: date, at: datetime | None = None, work_on: tuple[date, ...] = ()) -> WorkdayCalendar:
    """As above, and every stored date counted anew; gives the calendar."""
    days_off(*days, work_on=work_on)
    found = calendar()
    recount_dates(calendar=found, at=at or moment("2026-12-01", 9))
    return found
