"""The unit's period, counted day by day: a working day counts unless the clock stands still on it (art. 33)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tests.oracle.model.days import ONE, Days

REPLY_DAYS, EXTENSION_DAYS, LONGEST = 20, 20, 60


@dataclass(frozen=True)
class Still:
    """The clock stands still on every day from `first` to `last`, both with them (rule book, section 1)."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """True if that day is not counted."""
        return self.first <= day <= self.last


@dataclass
class Period:
    """So many working days after a day that is not counted itself; `more` was added by extension or postponement."""

    begins: date
    days: int = REPLY_DAYS
    extended: int = 0
    postponed: int = 0

    @property
    def whole(self) -> int:
        """All working days that the unit has."""
        return self.days + self.extended + self.postponed


def due(period: Period, still: Iterable[Still], days: Days) -> date:
    """The day on which the last counted working day falls."""
    spans = [span for span in still if span.last >= period.begins]
    left, day = period.whole, period.begins
    while left > 0:
        day += ONE
        if days.works(day) and not any(span.covers(day) for span in spans):
            left -= 1
    return day


def stood_still(sent: date, term: int, received: date | None, ended: date | None, days: Days) -> list[Still]:
    """When the clock stands still for a letter or a notice sent on that day (ADR 16, pauses).

    From sending until the receipt is known, at most the term; then from the receipt, at most the term. What was received
    only after the term that ran from sending opens a second stretch from the day of receipt. An answer ends every stretch on its own day.
    """
    unknown = days.after(sent, term)
    if received is None:
        spans = [Still(sent, unknown)]
    elif received <= unknown:
        spans = [Still(sent, days.after(received, term))]
    else:
        spans = [Still(sent, unknown), Still(received, days.after(received, term))]
    if ended is None:
        return spans
    return [Still(span.first, min(span.last, ended)) for span in spans if span.first <= ended]
