"""The last day of a period or a term, as somebody is told of it."""

from __future__ import annotations

from datetime import date

from portal.core.wording import cn_date
from portal.core.workdays import WorkdayCalendar
from portal.holidays.calendars import calendar as current_calendar


def told_day(day: date | None, calendar: WorkdayCalendar | None = None) -> str:
    """2026年3月16日; 2027年1月19日（暂定，以2027年放假安排为准） while that year's holidays are not announced; 待定 for none.

    A last day that was picked by hand is told so too: a day off that it falls on moves it to the next working day
    (民法典第二百零三条). Days that have happened are `cn_date`.
    """
    if day is None:
        return "待定"
    if (calendar or current_calendar()).is_provisional(day):
        return f"{cn_date(day)}（暂定，以{day.year}年放假安排为准）"
    return cn_date(day)
