"""The remedies of a request: what the papers name and what the applicant's page counts down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.core.errors import StepRefused
from portal.core.limits import limit
from portal.holidays.calendars import calendar
from portal.units.choices import UnitKind
from portal.units.data.organisation import PROVINCE_OFFICE
from portal.units.models import Unit
from requests_app.models import DisclosureRequest, ReplyItem, ReviewFirst
from requests_app.remedies import Contest, LastDay, Venue, contests, unanswered_last_day


def contests_of(*kinds: str) -> list[Contest]:
    """How matters of these kinds are contested, by the table that administrators keep."""
    first = ReviewFirst.objects.filter(review_first=True).values_list("reply_kind", flat=True)
    return contests(kinds, frozenset(first))


def reply_contests(case: DisclosureRequest) -> list[Contest]:
    """How the matters of the request's reply are contested."""
    items = ReplyItem.objects.filter(reply__request=case).order_by("position")
    return contests_of(*items.values_list("kind", flat=True))


@dataclass(frozen=True)
class Unanswered:
    """What an applicant may do whose request is past its due date: complain there, ask for reconsideration by then.

    `after` is the period to sue after the reconsideration.
    """

    due_on: date
    supervisor: str
    venue: Venue
    last: LastDay
    after: str


def unanswered(case: DisclosureRequest, today: date) -> Unanswered | None:
    """The remedies against not answering (条例第四十七条、第五十一条); None while the period runs or after the end."""
    if not case.is_open or case.due_on is None or today <= case.due_on:
        return None
    return Unanswered(
        due_on=case.due_on,
        supervisor=supervising_office(case.unit),
        venue=_venue(case.unit, online=True),
        last=unanswered_last_day(case.due_on, calendar()),
        after=limit("remedy.lawsuit_after_review", on=today).text,
    )


def supervising_office(unit: Unit) -> str:
    """The 政府信息公开工作主管部门 over a unit: the office of its government; over that office, the one above (条例第三条)."""
    government = unit.parent
    while government is not None:
        office = government.children.filter(kind=UnitKind.OFFICE, is_active=True).exclude(pk=unit.pk).first()
        if office is not None:
            return office.name
        government = government.parent
    return PROVINCE_OFFICE


def venue_of(unit: Unit, *, online: bool) -> Venue:
    """Where the unit's decisions are contested; `online` if the paper goes out through the internet.

    Raises StepRefused if the unit lacks what the paper must name.
    """
    if unit.lacking:
        raise StepRefused(lacking_sentence(unit))
    return _venue(unit, online=online)


def _venue(unit: Unit, *, online: bool) -> Venue:
    bodies = (unit.review_body, unit.review_also) if unit.review_also else (unit.review_body,)
    return Venue(bodies, unit.court, unit.review_channel if online else "")


def lacking_sentence(unit: Unit) -> str:
    """Why no paper of the unit can name its remedies; "" if it can."""
    if not unit.lacking:
        return ""
    return f"{unit.name}没有登记{unit.lacking_words}，文书无法写明救济途径，请系统管理员在“机构资料”中补全。"
