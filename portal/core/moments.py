"""Moments of Yuxi: the clock on the wall of the city."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CITY_ZONE = ZoneInfo("Asia/Shanghai")
QUIET_FROM, QUIET_UNTIL = time(21), time(8)


def begin_of(day: date) -> datetime:
    """The first moment of a day in the city."""
    return datetime.combine(day, time(0), CITY_ZONE)


def after_quiet_hours(at: datetime) -> datetime:
    """The moment itself by day; in the quiet hours (21:00 to 8:00) the next morning at eight."""
    here = at.astimezone(CITY_ZONE)
    if QUIET_UNTIL <= here.time() < QUIET_FROM:
        return at
    morning = here.date() if here.time() < QUIET_UNTIL else here.date() + timedelta(days=1)
    return datetime.combine(morning, QUIET_UNTIL, CITY_ZONE)
