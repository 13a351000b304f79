"""What writers thought of the answers of a month: sums, never whose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from mailbox.figures.counting import CITY
from mailbox.figures.months import Month
from mailbox.models import Rating
from mailbox.queries.ratings import FEWEST, RatingSummary
from mailbox.rules import SATISFIED


def satisfaction(month: Month, today: date) -> Mapping[int, RatingSummary]:
    """Ratings given in the month by the id of the unit that answered, the whole city's under CITY.

    Only from FEWEST ratings on; below that not even how many there are. The city's means are kept back as well while
    those of the units left out are too few: they would be the difference. A month that is not over has none, for
    the next rating would be the difference between two looks.
    """
    if not month.is_over(today):
        return {}
    begins, ends = month.span(timezone.get_current_timezone())
    rows: list[Any] = list(
        Rating.objects.filter(rated_at__gte=begins, rated_at__lt=ends)
        .order_by()
        .values("unit_id")
        .annotate(
            count=Count("pk"),
            sum_solved=Sum("solved"),
            sum_attitude=Sum("attitude"),
            satisfied=Count("pk", filter=Q(solved__gte=SATISFIED)),
        )
    )
    found = {row["unit_id"]: _summary([row]) for row in rows if row["count"] >= FEWEST}
    kept_back = sum(row["count"] for row in rows if row["count"] < FEWEST)
    total = sum(row["count"] for row in rows)
    if total >= FEWEST and (not kept_back or kept_back >= FEWEST):
        found[CITY] = _summary(rows)
    return found


def _summary(rows: list[Any]) -> RatingSummary:
    count, solved, attitude, satisfied = (
        sum(row[name] for row in rows) for name in ("count", "sum_solved", "sum_attitude", "satisfied")
    )
    return RatingSummary(
        count, round(solved / count, 1), round(attitude / count, 1), round(100 * satisfied / count)
    )
