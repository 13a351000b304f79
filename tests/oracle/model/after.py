"""After the answer: deliveries, receipts, voiding, remedies, rating (arts. 41, 51)."""

from __future__ import annotations

from datetime import date, timedelta

from tests.oracle.model.facts import (
    ANSWERED,
    CLOSED,
    SENDING,
    SUBMITTED,
    Paper,
    Remedy,
    World,
)
from tests.oracle.model.giving import due_date, last_of, tell
from tests.oracle.model.people import APPROVER, CLERK
from tests.oracle.model.steps import LAWFUL, Unsaid, effect, first, in_states, lawful, only, unless

REVIEW_DAYS, SUIT_MONTHS = 60, 6
FIRST_TO_REVIEW = ("refuse",)
# The papers of endings that the applicant may contest; a withdrawal is the applicant's own.
ENDING_PAPERS = {
    "other_abandoned": "lapse_notice",
    "other_unpaid": "unpaid_notice",
    "ended": "termination_notice",
}


def reply_paper(world: World) -> Paper | None:
    """The reply as it went out."""
    return world.request.answer.paper


def newest(world: World, kind: str) -> Paper | None:
    """The applicant's newest paper of that kind."""
    found = [paper for paper in world.request.papers if (paper.kind, paper.to) == (kind, "applicant")]
    return found[-1] if found else None


@lawful("void")
def _void(world: World, who: str, *, kind: str) -> str:
    """A paper that went out with a mistake is void; an approver says so."""
    paper = newest(world, kind)
    return first(
        unless(paper is not None and not paper.void, "no such paper"),
        only(world, who, APPROVER),
        Unsaid("while the reply waits to be sent") if world.request.state == SENDING else LAWFUL,
    )


@effect("void")
def _voided(world: World, who: str, *, kind: str) -> None:
    paper = newest(world, kind)
    assert paper is not None
    paper.void = True
    tell(world, "applicant" if paper.shown else "applicant?")


@lawful("remedy")
def _remedy(world: World, who: str, *, kind: str, on: date) -> str:
    """The applicant went to reconsideration or to court, against the end or against silence (art. 51)."""
    request = world.request
    late = due_date(world) is not None and not request.closed and world.today > (due_date(world) or on)
    return first(
        unless(request.state != SUBMITTED, "not registered"),
        only(world, who, CLERK),
        unless(on <= world.today, "a day to come"),
        unless(request.closed or late, "neither ended nor late"),
        Unsaid("filed before the end") if request.ended_on is None or on < request.ended_on else LAWFUL,
        Unsaid("reconsideration comes first") if kind == "lawsuit" else LAWFUL,
        Unsaid("several at once") if request.remedies else LAWFUL,
        Unsaid("after a withdrawal there is no decision") if request.state == "withdrawn" else LAWFUL,
    )


@effect("remedy")
def _sought(world: World, who: str, *, kind: str, on: date) -> None:
    world.request.remedies.append(Remedy(kind, on))
    tell(world, "applicant?")


@lawful("remedy_ends")
def _remedy_ends(world: World, who: str, *, number: int, result: str, on: date) -> str:
    found = world.request.remedies
    one = found[number] if number < len(found) else None
    return first(
        unless(one is not None and one.ended_on is None, "none that is pending"),
        only(world, who, CLERK),
        unless(on <= world.today, "a day to come"),
        unless(one is None or on >= one.filed_on, "before it was filed"),
    )


@effect("remedy_ends")
def _remedy_ended(world: World, who: str, *, number: int, result: str, on: date) -> None:
    one = world.request.remedies[number]
    one.result, one.ended_on = result, on
    tell(world, "applicant?")


@lawful("archive")
def _archive(world: World, who: str) -> str:
    """The case file of what has ended (制度第十五条); a further volume once something came since."""
    request = world.request
    return first(
        in_states(world, *CLOSED),
        only(world, who, CLERK),
        Unsaid("whether anything came since") if request.archived else LAWFUL,
        Unsaid("an earlier answer stands in it")
        if request.answer.paper and request.state != ANSWERED
        else LAWFUL,
    )


@effect("archive")
def _archived(world: World, who: str) -> None:
    world.request.archived = True


@lawful("rate")
def _rate(world: World, who: str, *, mark: int) -> str:
    """Once, from 1 to 5, by the applicant."""
    return first(
        in_states(world, ANSWERED),
        unless(world.is_applicant(who), "not the applicant"),
        unless(not world.request.rated, "once"),
        unless(1 <= mark <= 5, "from 1 to 5"),
    )


@effect("rate")
def _rated(world: World, who: str, *, mark: int) -> None:
    world.request.rated = True


def last_days(world: World) -> set[tuple[str, date]]:
    """The last day of each remedy that runs now: from the receipt of the reply, or from the end of the period.

    Reconsideration within 60 days (行政复议法 art. 20); a lawsuit within six months (行政诉讼法 art. 46), but not of what
    is withheld under arts. 14 to 16, which goes to reconsideration first (art. 23 (4)). None before anybody received
    anything, none against a void paper (ADR 16).
    """
    request, days = world.request, world.days
    due_on = due_date(world)
    if not request.closed:
        if due_on is None or world.today <= due_on:
            return set()
        return {("review", days.no_rest(due_on + timedelta(days=REVIEW_DAYS)))}
    paper = (
        reply_paper(world)
        if request.state == ANSWERED
        else newest(world, ENDING_PAPERS.get(request.ended_as, ""))
    )
    if paper is None or paper.void or paper.received_on is None:
        return set()
    known = paper.received_on
    found = {("review", days.no_rest(known + timedelta(days=REVIEW_DAYS)))}
    if request.state != ANSWERED or any(m.kind not in FIRST_TO_REVIEW for m in request.answer.matters):
        found.add(("lawsuit", days.no_rest(last_of(known, SUIT_MONTHS))))
    return found


def closed_for_good(world: World) -> bool:
    """True once nothing but what comes after can happen."""
    return world.request.state in CLOSED
