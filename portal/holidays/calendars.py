"""The working-day calendar of the running process, kept up to date with the table of notices."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Max

from portal.core.workdays import WorkdayCalendar, YearNotice
from portal.holidays.choices import DayRole
from portal.holidays.data.notices import shipped_notices
from portal.holidays.data.statutory import FEASTS, statutory_notice, with_statutory_days
from portal.holidays.models import HolidayDay, HolidayNotice

FIRST_YEAR, LAST_YEAR = 2000, 2040
Version = tuple[int, object]

_lock = threading.Lock()
_calendar: WorkdayCalendar | None = None
_version: Version | None = None
_checked_at = 0.0


def calendar() -> WorkdayCalendar:
    """The calendar of 2000-2040 from the notices in force.

    Built once per process. At most every PORTAL_HOLIDAY_CHECK_SECONDS (10; 0 = never) one small query asks
    whether another process has changed a notice; a change in this process shows at once (`forget`).
    """
    global _checked_at
    every = getattr(settings, "PORTAL_HOLIDAY_CHECK_SECONDS", 10)
    current = _calendar
    if current is not None and (not every or time.monotonic() - _checked_at < every):
        return current
    with _lock:
        version = _read_version()
        if _calendar is None or version != _version:
            _install(assemble(stored_notices()), version)
        _checked_at = time.monotonic()
        assert _calendar is not None
        return _calendar


def forget() -> None:
    """Drop this process's calendar, so that the next call reads the notices again."""
    global _calendar, _version
    with _lock:
        _calendar = _version = None


@cache
def shipped_calendar() -> WorkdayCalendar:
    """The calendar from the shipped notices alone: no database is asked."""
    return assemble(())


def calendar_or_shipped() -> WorkdayCalendar:
    """calendar(), or the shipped one where the tables are not there yet; for commands on a bare machine."""
    try:
        return calendar()
    except DatabaseError:
        return shipped_calendar()


def assemble(stored: Iterable[YearNotice]) -> WorkdayCalendar:
    """A calendar in which a stored notice goes before a shipped one, and that before the statutory days."""
    by_year = {year: statutory_notice(year) for year in FEASTS}
    by_year.update({year: shipped.notice for year, shipped in shipped_notices().items()})
    by_year.update({notice.year: with_statutory_days(notice) for notice in stored})
    return WorkdayCalendar.build(by_year.values(), FIRST_YEAR, LAST_YEAR)


def stored_notices() -> list[YearNotice]:
    """The notices of the table, their days off gathered into runs."""
    days: dict[int, list[HolidayDay]] = {}
    for day in HolidayDay.objects.order_by("date"):
        days.setdefault(day.notice_id, []).append(day)
    return [
        _year_notice(notice, days.get(notice.pk, [])) for notice in HolidayNotice.objects.order_by("year")
    ]


def _year_notice(notice: HolidayNotice, days: list[HolidayDay]) -> YearNotice:
    runs: list[tuple[date, date, str]] = []
    for day in days:
        if day.kind != DayRole.OFF:
            continue
        if runs and runs[-1][2] == day.name and day.date - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], day.date, day.name)
        else:
            runs.append((day.date, day.date, day.name))
    work = tuple((day.date, day.name) for day in days if day.kind == DayRole.WORK)
    return YearNotice(notice.year, notice.document, tuple(runs), work)


def _read_version() -> Version:
    row = HolidayNotice.objects.aggregate(count=Count("pk"), latest=Max("entered_at"))
    return row["count"], row["latest"]


def _install(built: WorkdayCalendar, version: Version) -> None:
    global _calendar, _version
    _calendar, _version = built, version
