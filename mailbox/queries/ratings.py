"""What a unit may know of its ratings: sums, never whose."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Avg, Count, Q

from mailbox.models import Rating
from mailbox.rules import SATISFIED
from portal.units.models import Unit

FEWEST = 5


@dataclass(frozen=True)
class RatingSummary:
    """How many ratings a unit has; the means and the share satisfied (per cent) only of whole groups of FEWEST.

    Below that a unit that answers one letter a week could tell whose rating it is; and after each further rating, by the
    difference of two looks. So `count` of what is shown grows by FEWEST.
    """

    count: int
    solved: float | None
    attitude: float | None
    satisfied: int | None


def rating_summary(unit: Unit) -> RatingSummary:
    """The ratings of a unit's answers, as sums."""
    count = Rating.objects.filter(unit=unit).count()
    if count < FEWEST:
        return RatingSummary(count, None, None, None)
    whole = Rating.objects.filter(unit=unit).order_by("pk").values("pk")[: count - count % FEWEST]
    row = Rating.objects.filter(pk__in=list(whole.values_list("pk", flat=True))).aggregate(
        count=Count("pk"),
        mean_solved=Avg("solved"),
        mean_attitude=Avg("attitude"),
        satisfied=Count("pk", filter=Q(solved__gte=SATISFIED)),
    )
    return RatingSummary(
        row["count"],
        round(row["mean_solved"], 1),
        round(row["mean_attitude"], 1),
        round(100 * row["satisfied"] / row["count"]),
    )
