"""Working days in O(1): two arrays, rank (prefix sum) and select (the k-th working day).

Counting rule: the first day is not counted; the due date is the n-th working day after it
(行政法期间计算通例; the Regulation, art. 33). A weekend day worked under the State Council's yearly
notice (调休) is a working day, a weekday off is not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WEEKDAYS = "一二三四五六日"


class DayKind(StrEnum):
    """What sort of day a calendar day is."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"


@dataclass(frozen=True)
class YearNotice:
    """One year's holidays: announced by the State Council, or derived from the statutory days.

    `days_off` are (first, last, name) with both ends included; `work_on` are (day, name) pairs.
    `announced` is False where only the statutory days are known.
    """

    year: int
    source: str
    days_off: tuple[tuple[date, date, str], ...] = ()
    work_on: tuple[tuple[date, str], ...] = ()
    announced: bool = True


@dataclass(frozen=True)
class DayRange:
    """A run of days of one sort, both ends included; `counted` is True for working days."""

    first: date
    last: date
    kind: DayKind
    name: str
    counted: bool

    @property
    def days(self) -> int:
        """Calendar days in the run."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class WorkdayTerm:
    """`days` working days after `since`; `last` is their last day by the calendar that counted them."""

    since: date
    days: int
    last: date


class WorkdayCalendar:
    """An immutable calendar over whole years; add, between and is_workday take constant time."""

    __slots__ = ("_base", "_kinds", "_names", "_rank", "_select", "announced_through", "sources")

    def __init__(
        self,
        base: int,
        kinds: tuple[DayKind, ...],
        names: dict[int, str],
        announced_through: date,
        sources: dict[int, str],
    ) -> None:
        self._base = base
        self._kinds = kinds
        self._names = names
        self.announced_through = announced_through
        self.sources = sources
        rank: list[int] = []
        select: list[int] = []
        for offset, kind in enumerate(kinds):
            if kind is DayKind.WORKDAY or kind is DayKind.MAKEUP:
                select.append(base + offset)
            rank.append(len(select))
        self._rank = rank
        self._select = select

    @classmethod
    def build(cls, notices: Iterable[YearNotice], first_year: int, last_year: int) -> WorkdayCalendar:
        """The calendar for first_year..last_year, both included.

        A day named by a notice outside its own year (a New Year holiday that starts in December)
        counts too. `announced_through` is the last day of the last year in the unbroken run of
        announced years.
        """
        base = date(first_year, 1, 1).toordinal()
        end = date(last_year, 12, 31).toordinal()
        kinds = [
            DayKind.WEEKEND if (ordinal + 6) % 7 >= 5 else DayKind.WORKDAY for ordinal in range(base, end + 1)
        ]
        names: dict[int, str] = {}
        announced: set[int] = set()
        sources: dict[int, str] = {}
        for notice in sorted(notices, key=lambda n: n.year):
            sources[notice.year] = notice.source
            if notice.announced:
                announced.add(notice.year)
            for first, last, name in notice.days_off:
                for ordinal in range(first.toordinal(), last.toordinal() + 1):
                    if base <= ordinal <= end:
                        kinds[ordinal - base] = DayKind.HOLIDAY
                        names[ordinal] = name
            for day, name in notice.work_on:
                ordinal = day.toordinal()
                if base <= ordinal <= end:
                    weekend = day.weekday() >= 5
                    kinds[ordinal - base] = DayKind.MAKEUP if weekend else DayKind.WORKDAY
                    names[ordinal] = name
        through = max(announced) if announced else first_year - 1
        return cls(base, tuple(kinds), names, date(through, 12, 31), sources)

    @property
    def first_day(self) -> date:
        """The first day that the calendar covers."""
        return date.fromordinal(self._base)

    @property
    def last_day(self) -> date:
        """The last day that the calendar covers."""
        return date.fromordinal(self._base + len(self._kinds) - 1)

    def digest(self) -> str:
        """SHA-256 of what dates are counted by: which day is of which sort, and through which day that is announced."""
        days = ",".join(kind.value for kind in self._kinds)
        return hashlib.sha256(f"{self._base} {self.announced_through} {days}".encode()).hexdigest()

    def _offset(self, day: date) -> int:
        offset = day.toordinal() - self._base
        if 0 <= offset < len(self._kinds):
            return offset
        raise ValueError(f"日期 {day.isoformat()} 超出工作日历范围（{self.first_day} 至 {self.last_day}）")

    def add(self, start: date, days: int) -> date:
        """The n-th working day after `start`, which is not counted itself; days ≥ 1.

        Raises ValueError if a date leaves the calendar or days < 1.
        """
        if days < 1:
            raise ValueError("工作日数须为正整数")
        try:
            offset = start.toordinal() - self._base
            if offset < 0:
                raise IndexError
            return date.fromordinal(self._select[self._rank[offset] + days - 1])
        except IndexError:
            raise ValueError(f"自 {start.isoformat()} 起 {days} 个工作日超出工作日历范围") from None

    def term(self, since: date, days: int) -> WorkdayTerm:
        """A period of that many working days, with what it takes to count it again by another calendar."""
        return WorkdayTerm(since, days, self.add(since, days))

    def term_until(self, since: date, last: date, proposed: int) -> WorkdayTerm:
        """The term that ends on a chosen day: `proposed` working days if it is their last, else 0 days (picked by hand)."""
        return WorkdayTerm(since, proposed if self.add(since, proposed) == last else 0, last)

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative if end lies before start."""
        return self._rank[self._offset(end)] - self._rank[self._offset(start)]

    def is_workday(self, day: date) -> bool:
        """True for a working day, 调休 days included."""
        kind = self._kinds[self._offset(day)]
        return kind is DayKind.WORKDAY or kind is DayKind.MAKEUP

    def next_workday(self, day: date) -> date:
        """The day itself if it is a working day, else the first one after it."""
        return day if self.is_workday(day) else self.add(day, 1)

    def kind(self, day: date) -> DayKind:
        """What sort of day it is."""
        return self._kinds[self._offset(day)]

    def name(self, day: date) -> str:
        """The holiday's name, "" for an ordinary day."""
        return self._names.get(day.toordinal(), "")

    def is_provisional(self, day: date) -> bool:
        """True if the day lies past the last announced year: the notice may still move it."""
        return day > self.announced_through

    def explain(self, start: date, due: date) -> list[DayRange]:
        """The days after `start` up to `due`, in runs of one sort, in order."""
        runs: list[DayRange] = []
        for ordinal in range(start.toordinal() + 1, due.toordinal() + 1):
            day = date.fromordinal(ordinal)
            kind = self.kind(day)
            name = self.name(day) if kind in (DayKind.HOLIDAY, DayKind.MAKEUP) else ""
            counted = kind in (DayKind.WORKDAY, DayKind.MAKEUP)
            if runs and runs[-1].kind is kind and runs[-1].name == name:
                runs[-1] = DayRange(runs[-1].first, day, kind, name, counted)
            else:
                runs.append(DayRange(day, day, kind, name, counted))
        return runs
