"""Dates and lists as Chinese official text writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

WEEKDAYS = "一二三四五六日"


def cn_date(day: date) -> str:
    """2026年3月16日, without leading noughts (GB/T 9704-2012)."""
    return f"{day.year}年{day.month}月{day.day}日"


def cn_weekday(day: date) -> str:
    """星期一 … 星期日."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def listed(words: Iterable[str]) -> str:
    """甲、乙、丙."""
    return "、".join(word for word in words if word)
