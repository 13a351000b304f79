"""Moments of Yuxi: the clock on the wall of the city."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

CITY_ZONE = ZoneInfo("Asia/Shanghai")


def begin_of(day: date) -> datetime:
    """The first moment of a day in the city."""
    return datetime.combine(day, time(0), CITY_ZONE)
