"""A last day that was counted in working days, as somebody is told of it."""

from __future__ import annotations

from datetime import date

from portal.core.wording import cn_date
from portal.core.workdays import WorkdayCalendar
from portal.holidays.calendars import calendar as current_calendar


def told_day(day: date, calendar: WorkdayCalendar | None = None) -> str:
    """2026年3月16日; 2027年1月19日（暂定，以2027年放假安排为准） while the holidays of that year are not announced.

    For days that the calendar moves. A day that has happened, or that somebody picked by hand, is `cn_date`.
    """
    if (calendar or current_calendar()).is_provisional(day):
        return f"{cn_date(day)}（暂定，以{day.year}年放假安排为准）"
    return cn_date(day)
