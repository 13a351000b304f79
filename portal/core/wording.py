"""Dates and lists as Chinese official text writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from portal.core.moments import CITY_ZONE

WEEKDAYS = "一二三四五六日"
NUMERALS = "一二三四五六七八九"

# How papers spoke to somebody before it was recorded whether it is a person or an organisation.
YOU_EITHER_WAY = "您（贵单位）"


def cn_date(day: date) -> str:
    """2026年3月16日, without leading noughts (GB/T 9704-2012)."""
    return f"{day.year}年{day.month}月{day.day}日"


def cn_moment(at: datetime) -> str:
    """2026年3月16日 09:05 on the clock of the city."""
    here = at.astimezone(CITY_ZONE)
    return f"{cn_date(here.date())} {here:%H:%M}"


def cn_weekday(day: date) -> str:
    """星期一 … 星期日."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def cn_number(number: int) -> str:
    """一 … 九十九, as headings count."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{NUMERALS[tens - 1]}十"
    return head + (NUMERALS[ones - 1] if ones else "")


def listed(words: Iterable[str]) -> str:
    """甲、乙、丙."""
    return "、".join(word for word in words if word)
