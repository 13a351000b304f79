"""Calendar months as values; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from portal.core.errors import NotFound

FIRST_YEAR = 2019
FORM = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, order=True)
class Month:
    """One month; `first` is its first day, `end` the first day after it."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def end(self) -> date:
        """The first day of the next month."""
        return self.shifted(1).first

    @property
    def code(self) -> str:
        """2026-03, as it stands in an address."""
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def label(self) -> str:
        """2026年3月."""
        return f"{self.year}年{self.number}月"

    def shifted(self, months: int) -> Month:
        """The month that many months later, earlier if negative."""
        count = self.year * 12 + self.number - 1 + months
        return Month(count // 12, count % 12 + 1)

    def span(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """The moments between which it lies; the second belongs to the next month."""
        return datetime.combine(self.first, time.min, zone), datetime.combine(self.end, time.min, zone)

    def is_over(self, today: date) -> bool:
        """True once its last day has passed."""
        return self.end <= today


def month_of(day: date) -> Month:
    """The month in which a day lies."""
    return Month(day.year, day.month)


def asked_month(text: str, today: date) -> Month:
    """The month that was asked for, the last full one for ""; NotFound for one that cannot be counted."""
    if not text:
        return month_of(today).shifted(-1)
    match = FORM.fullmatch(text)
    if match is not None:
        month = Month(int(match[1]), int(match[2]))
        if month.year >= FIRST_YEAR and month <= month_of(today):
            return month
    raise NotFound(f"没有“{text[:12]}”这个月份的统计，月份应写作 2026-03，不早于{FIRST_YEAR}年，不晚于本月。")


def listed_months(chosen: Month, today: date, count: int = 24) -> list[Month]:
    """The months to choose from, the latest first, the chosen one among them."""
    latest = month_of(today)
    months = [latest.shifted(-back) for back in range(count)]
    return months if chosen in months else [*months, chosen]
