"""Ends without an answer, and what goes on after an end (ADR 16, endings)."""

from __future__ import annotations

from datetime import date

from tests.oracle.model.answer import again
from tests.oracle.model.counting import REPLY_DAYS, Period
from tests.oracle.model.facts import (
    ABANDONED,
    ANSWERED,
    CANCELLED,
    CLOSED,
    CORRECTING,
    ENDED,
    HANDLING,
    PAYING,
    REGISTERED,
    SENDING,
    SUBMITTED,
    WAITING,
    WITHDRAWN,
    Remedy,
    Request,
    World,
)
from tests.oracle.model.giving import end, give, tell, void_papers
from tests.oracle.model.people import APPROVER, CLERK
from tests.oracle.model.steps import LAWFUL, Unsaid, effect, first, in_states, lawful, only, unless

WAITS = (SUBMITTED, REGISTERED, CORRECTING, PAYING)
OF_ENDINGS = ("lapse_notice", "unpaid_notice", "withdrawal_note", "termination_notice")


def _not_in_charge(world: World, who: str) -> str:
    return unless(who != world.request.officer, "the officer in charge (ADR 16, endings)")


def _entered(world: World, who: str) -> str:
    """A clerk, where the applicant is told at once and can object; else an approver who is not the officer in charge."""
    if world.is_in_own_case(who):
        return Unsaid("the applicant at the desk, in the own case")
    if not world.request.tellable:
        return first(only(world, who, APPROVER), _not_in_charge(world, who))
    if only(world, who, CLERK) and not only(world, who, APPROVER):
        return Unsaid("an approver does a clerk's step")
    return only(world, who, CLERK)


@lawful("withdraw")
def _withdraw(world: World, who: str) -> str:
    """The applicant's own; what came on paper is entered by an official (ADR 16, endings)."""
    state = world.request.state
    own = world.is_applicant(who)
    return first(
        unless(state not in CLOSED, f"not in {state}"),
        Unsaid("on paper already, not yet sent") if state == SENDING else LAWFUL,
        LAWFUL if own else _entered(world, who),
    )


@effect("withdraw")
def _withdrawn(world: World, who: str) -> None:
    """Reviews and consultations end; the 撤回确认书 goes out."""
    end(world, WITHDRAWN, "other_rest")
    give(world, "withdrawal_note")


@lawful("terminate")
def _terminate(world: World, who: str, *, reason: str) -> str:
    """Only for death or dissolution with nobody to go on, by an approver who is not the officer in charge (ADR 16)."""
    state = world.request.state
    return first(
        unless(state not in CLOSED, f"not in {state}"),
        only(world, who, APPROVER),
        _not_in_charge(world, who),
        unless(reason in ("death", "dissolution"), "no other reason (ADR 16)"),
        Unsaid("on paper already, not yet sent") if state == SENDING else LAWFUL,
        Unsaid("before registration") if state == SUBMITTED else LAWFUL,
        Unsaid("a person is not dissolved")
        if reason == ("death" if world.request.organisation else "dissolution")
        else LAWFUL,
    )


@effect("terminate")
def _terminated(world: World, who: str, *, reason: str) -> None:
    """With a paper that names the remedies; the person is dead, nobody need be told."""
    end(world, ENDED, "other_rest")
    give(world, "termination_notice")
    world.told.discard("applicant")
    tell(world, "applicant?")


@lawful("succeed")
def _succeed(world: World, who: str, *, reason: str) -> str:
    """Somebody goes on with the request; the former agent, contact and ways of reaching are cleared (ADR 16)."""
    state = world.request.state
    return first(
        unless(state not in CLOSED, f"not in {state}"),
        only(world, who, CLERK),
        Unsaid("on paper already, not yet sent") if state == SENDING else LAWFUL,
        Unsaid("the reason fits another kind of applicant")
        if reason == ("death" if world.request.organisation else "merger")
        else LAWFUL,
    )


@effect("succeed")
def _succeeded(world: World, who: str, *, reason: str) -> None:
    """The former account and code no longer open it; both are told (ADR 16, people can change)."""
    request = world.request
    request.account, request.agent = "", False
    request.online = request.came_online and request.delivery == "online"
    request.successions += 1
    request.tellable, request.phone = True, "heir"
    for paper in request.papers:
        paper.of_former = paper.of_former or paper.to == "applicant"
    tell(world, "applicant?", "former?")


@lawful("reopen")
def _reopen(world: World, who: str, *, ground: str, begins_on: date | None, days: int) -> str:
    """A withdrawn, abandoned or ended request goes on, by an approver (ADR 16, endings)."""
    return first(
        in_states(world, WITHDRAWN, ABANDONED, ENDED),
        only(world, who, APPROVER),
        unless(ground in ("mistake", "good_reason", "review"), "no such ground"),
        unless(ground == "mistake" or world.request.registered, "not registered: by mistake only (ADR 16)"),
        unless(begins_on is None or begins_on <= world.today, "a day to come"),
        Unsaid("a day that does not fit the ground")
        if begins_on is not None
        and (ground == "mistake" or begins_on < (world.request.ended_on or begins_on))
        else LAWFUL,
        Unsaid("of which endings review speaks") if ground == "review" else LAWFUL,
        Unsaid("a good reason is one for not correcting (art. 30)")
        if ground == "good_reason" and world.request.state != ABANDONED
        else LAWFUL,
    )


@effect("reopen")
def _reopened(world: World, who: str, *, ground: str, begins_on: date | None, days: int) -> None:
    """Mistake: as if it had not ended, it waits where it waited. Else the period begins anew. The ending's papers are void."""
    request = world.request
    mistake = ground == "mistake"
    request.ended_on = None
    request.state = request.before_end if mistake and request.before_end in WAITS else HANDLING
    if not mistake:
        request.period = Period(begins_on or world.today, days or REPLY_DAYS)
        request.wish = None
    for party in request.parties:
        if party.closed_by_end and mistake:
            party.state, party.ended_on = WAITING, None
        party.closed_by_end = False
    for fee in request.fees:
        fee.paper.unsaid = fee.paper.unsaid or fee.state == "unpaid"
        if fee.state == "unpaid" and mistake:
            fee.state = WAITING
        elif not mistake and fee.state in (WAITING, "unpaid"):
            fee.state = CANCELLED
    void_papers(world, *OF_ENDINGS)
    tell(world, "applicant")


@lawful("answer_anew")
def _anew(world: World, who: str, *, ground: str, begins_on: date | None, days: int) -> str:
    """From 已答复: after a decision that corrects, a void reply, or the office's own mistake (ADR 16, endings)."""
    request = world.request
    corrected = [
        one for one in request.remedies if one.result == "corrected" and _of_this_answer(request, one)
    ]
    paper = request.answer.paper
    return first(
        in_states(world, ANSWERED),
        only(world, who, APPROVER),
        unless(ground in ("review", "void", "mistake"), "no such ground"),
        unless(ground != "review" or bool(corrected), "no decision that corrects"),
        unless(ground != "review" or (begins_on is not None and begins_on <= world.today), "a day to come"),
        Unsaid("received before the decision")
        if ground == "review" and begins_on and corrected and begins_on < min(
            one.ended_on for one in corrected if one.ended_on
        )
        else LAWFUL,
        unless(ground != "void" or (paper is not None and paper.void), "the reply is not void"),
    )  # fmt: skip


def _of_this_answer(request: Request, remedy: Remedy) -> bool:
    """A decision of before the answer went out cannot be about it."""
    return remedy.ended_on is None or request.ended_on is None or remedy.ended_on >= request.ended_on


@effect("answer_anew")
def _answered_anew(world: World, who: str, *, ground: str, begins_on: date | None, days: int) -> None:
    """Review: so many working days from the receipt of the decision. Else the old due date stands."""
    request = world.request
    if ground == "review":
        assert begins_on is not None
        request.period, request.wish = Period(begins_on, days or REPLY_DAYS), None
    request.wish_unsaid = request.wish is not None
    again(world)
    request.state, request.ended_on = HANDLING, None
    tell(world, "applicant")
