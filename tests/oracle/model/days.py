"""Working days, counted one by one (rule book, section 1).

The State Council's notices are read as data; a year without one has the statutory days and their make-up days
(全国年节及纪念日放假办法 2024, arts. 2 and 6).
"""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ONE = timedelta(days=1)
SATURDAY = 5
DATA = Path(__file__).resolve().parents[3] / "portal" / "holidays" / "data"
FIRST_YEAR, LAST_YEAR = 2024, 2030


@dataclass(frozen=True)
class Days:
    """Which days are worked; `off` and `worked` are the exceptions from Monday to Friday."""

    off: frozenset[date]
    worked: frozenset[date]

    def works(self, day: date) -> bool:
        """True on a working day."""
        if day in self.off:
            return False
        return day in self.worked or day.weekday() < SATURDAY

    def after(self, day: date, count: int) -> date:
        """The count-th working day after `day`, which itself is not counted."""
        while count > 0:
            day += ONE
            count -= self.works(day)
        return day

    def no_rest(self, day: date) -> date:
        """The day itself, or the next working day if it is a day of rest (民法典 art. 203)."""
        while not self.works(day):
            day += ONE
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days lie after `first` up to and with `last`."""
        return sum(self.works(first + ONE * step) for step in range(1, (last - first).days + 1))

    def with_off(self, *days: date) -> Days:
        """The same with some days more off: a changed notice."""
        return Days(self.off | set(days), self.worked - set(days))


def _span(first: date, last: date) -> list[date]:
    return [first + ONE * step for step in range((last - first).days + 1)]


def _lunar() -> dict[int, tuple[tuple[int, int], ...]]:
    """Month and day of 春节, 清明, 端午, 中秋 by year, read as data."""
    for node in ast.parse((DATA / "statutory.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "FEASTS":
            assert node.value is not None
            return dict(ast.literal_eval(node.value))
    raise AssertionError("no feasts")


def _statutory(year: int, lunar: tuple[tuple[int, int], ...]) -> set[date]:
    """The statutory days, and for each of them on a weekend the next free working day after its feast (art. 6)."""
    spring, qingming, dragon, autumn = (date(year, *pair) for pair in lunar)
    feasts = [
        (date(year, 1, 1), 1),
        (spring - ONE, 4),
        (qingming, 1),
        (date(year, 5, 1), 2),
        (dragon, 1),
        (autumn, 1),
        (date(year, 10, 1), 3),
    ]
    taken = {first + ONE * step for first, length in feasts for step in range(length)}
    lost: set[date] = set()
    for first, length in sorted(feasts):
        for step in range(length):
            day = first + ONE * step
            if day.weekday() >= SATURDAY and day not in lost:
                lost.add(day)
                instead = first + ONE * length
                while instead.weekday() >= SATURDAY or instead in taken:
                    instead += ONE
                taken.add(instead)
    return taken


def announced() -> Days:
    """The working days as they stand before anybody changes a notice."""
    notices = json.loads((DATA / "notices.json").read_text(encoding="utf-8"))
    off: set[date] = set()
    worked: set[date] = set()
    lunar = _lunar()
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        notice = notices.get(str(year))
        if notice is None:
            off |= _statutory(year, lunar[year])
            continue
        for first, last, _ in notice["off"]:
            off |= set(_span(date.fromisoformat(first), date.fromisoformat(last)))
        worked |= {date.fromisoformat(day) for day, _ in notice["work"]}
    return Days(frozenset(off), frozenset(worked - off))
