"""The remedies of a request: what the papers name and what the applicant's page counts down."""

from __future__ import annotations

from portal.core.errors import StepRefused
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


def venue_of(unit: Unit, *, online: bool) -> Venue:
    """Where the unit's decisions are contested; `online` if the paper goes out through the internet.

    Raises StepRefused if the unit lacks what the paper must name.
    """
    if unit.lacking:
        raise StepRefused(lacking_sentence(unit))
    bodies = (unit.review_body, unit.review_also) if unit.review_also else (unit.review_body,)
    return Venue(bodies, unit.court, unit.review_channel if online else "")


def lacking_sentence(unit: Unit) -> str:
    """Why no paper of the unit can name its remedies; "" if it can."""
    if not unit.lacking:
        return ""
    return f"{unit.name}没有登记{unit.lacking_words}，文书无法写明救济途径，请系统管理员在“机构资料”中补全。"
