"""Deliveries and receipts: no period runs on what nobody received (ADR 16, receipt)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.oracle.model.after import newest, reply_paper
from tests.oracle.model.facts import ANSWERED, PAY_TERM, SENDING, SUBMITTED, WAITING, Notice, Paper, World
from tests.oracle.model.giving import tell
from tests.oracle.model.people import APPROVER, CLERK
from tests.oracle.model.steps import LAWFUL, Unsaid, effect, first, in_states, lawful, only, unless


@lawful("receipt")
def _receipt(world: World, who: str, *, on: date) -> str:
    """The receipt of a posted reply came back: signed for on a day from posting to today."""
    paper = reply_paper(world)
    posted = paper.posted_on if paper else None
    return first(
        Unsaid("put online and not known to be read: what shows the receipt") if _unread_online(paper) else LAWFUL,
        unless(posted is not None, "nothing was posted"),
        in_states(world, ANSWERED),
        only(world, who, CLERK),
        unless(on <= world.today, "a day to come"),
        unless(posted is None or on >= posted, "before it was posted"),
        unless(paper is None or paper.received_on is None,
               "known already: amended, never overwritten (ADR 16)"),
        Unsaid("void") if paper and paper.void else LAWFUL,
    )  # fmt: skip


def _unread_online(paper: Paper | None) -> bool:
    return paper is not None and paper.posted_on is None and paper.shown and paper.received_on is None


@effect("receipt")
def _received(world: World, who: str, *, on: date) -> None:
    paper = reply_paper(world)
    assert paper is not None
    paper.received_on = on
    tell(world, "applicant?")


@lawful("deliver")
def _deliver(world: World, who: str, *, kind: str, on: date) -> str:
    """A paper reached the applicant by hand, with a signature, on a day from its making to today."""
    paper = newest(world, kind)
    return first(
        unless(paper is not None and paper.shown, "no such paper"),
        Unsaid("void since") if paper and paper.void else LAWFUL,
        unless(world.request.state not in (SUBMITTED,), "nothing numbered yet"),
        _may_deliver(world, who, paper),
        unless(on <= world.today, "a day to come"),
        unless(paper is None or on >= paper.on, "before it was made"),
        unless(paper is None or not paper.handed_over, "delivered already: amended (ADR 16)"),
        Unsaid("received already in another way") if paper and paper.received_on else LAWFUL,
        _not_after_answer(world, paper, on),
        Unsaid("while the reply waits to be sent") if world.request.state == SENDING else LAWFUL,
    )


def _may_deliver(world: World, who: str, paper: Paper | None) -> str:
    """A receipt after the term that ran from sending needs an approver (ADR 16, pauses)."""
    request = world.request
    if paper is not None and paper.received_on is not None:
        return first(only(world, who, CLERK, APPROVER), Unsaid("received already in another way"))
    for told in (request.correction, request.reasons):
        if (
            told is not None
            and told.paper is paper
            and world.today > world.days.after(told.told_on, told.workdays)
        ):
            return first(
                only(world, who, CLERK, APPROVER),
                Unsaid("whether late needs an approver where no clock stands still"),
            )
    fee = request.fee()
    if fee is not None and fee.paper is paper and request.state != "awaiting_payment":
        return first(only(world, who, CLERK, APPROVER), Unsaid("a fee of before the end"))
    if fee is not None and fee.paper is paper and world.today > world.days.after(fee.told_on, PAY_TERM):
        return only(world, who, APPROVER) or Unsaid("an approver enters what a clerk may")
    if only(world, who, CLERK) and not only(world, who, APPROVER):
        return Unsaid("an approver enters what a clerk may")
    return only(world, who, CLERK)


def _not_after_answer(world: World, paper: Paper | None, on: date) -> str:
    """A receipt later than the answer to the same notice is refused (ADR 16, receipt)."""
    request = world.request
    for one in (request.correction, request.reasons, *request.fees):
        if one is not None and one.paper is paper and one.answered_on is not None and on > one.answered_on:
            return "later than the answer to it (ADR 16)"
    return LAWFUL


@effect("deliver")
def _delivered(world: World, who: str, *, kind: str, on: date) -> None:
    paper = newest(world, kind)
    assert paper is not None
    request = world.request
    for told in (request.correction, request.reasons, *request.fees):
        if told is not None and told.paper is paper and paper.received_on is None:
            told.receipt_by = who
    paper.handed_over, paper.sent_by, paper.received_on = True, who, paper.received_on or on
    tell(world, "applicant?")


def _running(world: World, notice: str) -> Notice | None:
    """The notice of that name while its term runs or waits for a receipt."""
    request = world.request
    if notice == "fee":
        return request.fee() if request.state == "awaiting_payment" else None
    found = request.correction if notice == "correction" else request.reasons
    if found is None or found.state != WAITING or request.closed:
        return None
    return found


@lawful("notice_received")
def _notice_received(world: World, who: str, *, notice: str, on: date) -> str:
    """The applicant received the notice on that day, by what is shown (ADR 16, receipt)."""
    told = _running(world, notice)
    late = told is not None and world.today > world.days.after(told.told_on, told.workdays)
    return first(
        unless(told is not None, "no such notice waits"),
        only(world, who, CLERK, APPROVER),
        Unsaid("an approver enters what a clerk may") if only(world, who, CLERK) else LAWFUL,
        Unsaid("whether late needs an approver where no clock stands still") if late else LAWFUL,
        unless(told is None or told.received_on is None, "known already: amended (ADR 16)"),
        unless(on <= world.today, "a day to come"),
        unless(told is None or on >= told.told_on, "before it was sent"),
        _in_its_state(world, notice),
    )


def _in_its_state(world: World, notice: str) -> str:
    where = {"fee": "awaiting_payment", "correction": "awaiting_correction", "reasons": "handling"}[notice]
    return LAWFUL if world.request.state == where else Unsaid("while the request is elsewhere")


@effect("notice_received")
def _noticed(world: World, who: str, *, notice: str, on: date) -> None:
    told = _running(world, notice)
    assert told is not None
    told.paper.received_on = on
    told.receipt_by = who
    tell(world, "applicant?")


@lawful("amend_receipt")
def _amend(world: World, who: str, *, notice: str, on: date) -> str:
    """A wrong receipt is amended by an approver with a reason (ADR 16, receipt)."""
    told = _running(world, notice)
    known = told.received_on if told else None
    return first(
        unless(told is not None, "no such notice waits"),
        only(world, who, APPROVER),
        unless(known is not None, "nothing to amend"),
        unless(on <= world.today, "a day to come"),
        unless(told is None or on >= told.told_on, "before it was sent"),
        Unsaid("the same day") if on == known else LAWFUL,
        unless(told is None or told.receipt_by != who, "entered it oneself (ADR 16, receipt)"),
        Unsaid("put it right before oneself") if told and who in told.amended_by else LAWFUL,
        Unsaid("what reached an account at once") if world.request.online else LAWFUL,
        _in_its_state(world, notice),
    )


@effect("amend_receipt")
def _amended(world: World, who: str, *, notice: str, on: date) -> None:
    told = _running(world, notice)
    assert told is not None
    told.paper.received_on = on
    told.amended_by.add(who)
    tell(world, "applicant?")


@lawful("amend_delivery")
def _amend_delivery(world: World, who: str, *, by: str, on: date) -> str:
    """A wrong delivery of the reply is amended by an approver with a reason (ADR 16, receipt)."""
    paper = world.request.answer.paper
    return first(
        unless(paper is not None and paper.handed_over, "nothing to amend"),
        in_states(world, ANSWERED),
        only(world, who, APPROVER),
        unless(on <= world.today, "a day to come"),
        unless(paper is None or on >= paper.on, "before it was made"),
        Unsaid("void") if paper and paper.void else LAWFUL,
        unless(paper is None or paper.sent_by != who, "entered it oneself (ADR 16, receipt)"),
        Unsaid("put it right before oneself") if paper and who in paper.amended_by else LAWFUL,
        Unsaid("another way of delivery")
        if paper and (paper.posted_on is not None) != (by == "post")
        else LAWFUL,
        Unsaid("the receipt came back already")
        if paper and paper.posted_on and paper.received_on
        else LAWFUL,
    )


@effect("amend_delivery")
def _delivery_amended(world: World, who: str, *, by: str, on: date) -> None:
    request = world.request
    paper = request.answer.paper
    assert paper is not None
    if by == "post":
        if paper.posted_on is None or (paper.received_on is not None and paper.received_on < on):
            paper.received_on = None
        paper.posted_on = on
    else:
        paper.received_on, paper.posted_on = on, None
    paper.amended_by.add(who)
    if paper.sent_as_reply:
        request.ended_on = on
        request.endings[-1] = replace(request.endings[-1], on=on)
    tell(world, "applicant?")
