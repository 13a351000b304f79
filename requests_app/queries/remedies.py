"""The remedies of a request: what the papers name and what the applicant's page counts down."""

from __future__ import annotations

from portal.units.models import Unit
from requests_app.models import DisclosureRequest, ReplyItem, ReviewFirst
from requests_app.remedies import Contest, Venue, contests


def contests_of(*kinds: str) -> list[Contest]:
    """How matters of these kinds are contested, by the table that administrators keep."""
    first = ReviewFirst.objects.filter(review_first=True).values_list("reply_kind", flat=True)
    return contests(kinds, frozenset(first))


def reply_contests(case: DisclosureRequest) -> list[Contest]:
    """How the matters of the request's reply are contested."""
    items = ReplyItem.objects.filter(reply__request=case).order_by("position")
    return contests_of(*items.values_list("kind", flat=True))


def venue_of(unit: Unit) -> Venue:
    """Where the unit's decisions are contested."""
    return Venue((unit.review_body,), unit.court)
