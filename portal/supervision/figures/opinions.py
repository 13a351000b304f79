"""What people thought of the answers (社会评议, 办法第二十四条): ratings by unit, with small cells kept back.

A cell is one unit's ratings of one month from one source. Fewer than FEWEST are not shown. What was kept back in the
months of a quarter is added to the quarter if it comes to FEWEST, else it is kept back there too; likewise the year.
So the difference between any two published figures is none or at least FEWEST ratings, whatever is subtracted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from mailbox.models import Rating
from mailbox.queries.ratings import FEWEST
from mailbox.rules import SATISFIED
from portal.core.moments import begin_of
from portal.supervision.figures.months import month_after, months_between
from requests_app.models import Satisfaction


@dataclass(frozen=True)
class Opinion:
    """Some ratings together: how many, the sum of their points (1 to 5), how many were satisfied (3 or more)."""

    count: int = 0
    points: int = 0
    satisfied: int = 0

    def __add__(self, other: Opinion) -> Opinion:
        return Opinion(self.count + other.count, self.points + other.points, self.satisfied + other.satisfied)

    @property
    def enough(self) -> bool:
        """True if there are enough to show."""
        return self.count >= FEWEST

    @property
    def rate(self) -> float | None:
        """Share satisfied in per cent; None without ratings."""
        return round(100 * self.satisfied / self.count, 1) if self.count else None

    @property
    def mean(self) -> float | None:
        """Mean of the points, 1 to 5; None without ratings."""
        return round(self.points / self.count, 1) if self.count else None


NONE = Opinion()
Cells = dict[int, dict[date, Opinion]]


@dataclass(frozen=True)
class Span:
    """What may be shown of a stretch of time, and what is kept back in it."""

    shown: Opinion = NONE
    kept: Opinion = NONE


def _letters(first: date, end: date) -> QuerySet[Any]:
    rows = Rating.objects.filter(rated_at__gte=begin_of(first), rated_at__lt=begin_of(end))
    return rows.annotate(month=TruncMonth("rated_at"), who=F("unit_id"), mark=F("solved"))


def _requests(first: date, end: date) -> QuerySet[Any]:
    rows = Satisfaction.objects.filter(at__gte=begin_of(first), at__lt=begin_of(end))
    return rows.annotate(month=TruncMonth("at"), who=F("request__unit_id"))


SOURCES: tuple[Callable[[date, date], QuerySet[Any]], ...] = (_letters, _requests)


def _cells(source: Callable[[date, date], QuerySet[Any]], first: date, end: date) -> Cells:
    found: Cells = defaultdict(dict)
    rows: Any = (
        source(first, end)
        .order_by()
        .values("who", "month")
        .annotate(
            number=Count("pk"), points=Sum("mark"), satisfied=Count("pk", filter=Q(mark__gte=SATISFIED))
        )
    )
    for row in rows:
        month = timezone.localdate(row["month"])
        found[row["who"]][month] = Opinion(row["number"], row["points"], row["satisfied"])
    return found


def _together(parts: Iterable[Span]) -> Span:
    """Parts one after another: what was kept back is added if it is enough by now."""
    shown = kept = NONE
    for part in parts:
        shown, kept = shown + part.shown, kept + part.kept
    return Span(shown + kept) if kept.enough else Span(shown, kept)


def _month(opinion: Opinion) -> Span:
    return Span(opinion) if opinion.enough else Span(kept=opinion)


def _span(cells: dict[date, Opinion], months: list[date], today: date) -> Span:
    """The months of one quarter, of one year, or any others; only those that are over count.

    A whole quarter or year that is over is shown as such; of any other stretch only its whole quarters and months.
    """
    over = [month for month in months if month_after(month) <= today]
    quarters: dict[tuple[int, int], list[date]] = defaultdict(list)
    for month in over:
        quarters[month.year, (month.month - 1) // 3].append(month)
    years: dict[int, list[Span]] = defaultdict(list)
    for (year, _), some in quarters.items():
        each = [_month(cells.get(month, NONE)) for month in some]
        years[year] += [_together(each)] if len(some) == 3 else each
    found = []
    for year, spans in years.items():
        whole = len([month for month in over if month.year == year]) == 12
        found += [_together(spans)] if whole else spans
    shown = kept = NONE
    for span in found:
        shown, kept = shown + span.shown, kept + span.kept
    return Span(shown, kept)


def opinions(first: date, last: date, today: date) -> dict[int, Opinion]:
    """By unit id what may be shown of the ratings given from one month to another, both included."""
    months = months_between(first, last)
    found: dict[int, Opinion] = defaultdict(lambda: NONE)
    for source in SOURCES:
        for unit_id, cells in _cells(source, first, month_after(last)).items():
            shown = _span(cells, months, today).shown
            if shown.count:
                found[unit_id] += shown
    return dict(found)
