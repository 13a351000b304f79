"""The processing fee (art. 42; 国办函〔2020〕109号)."""

from __future__ import annotations

from datetime import date

from tests.oracle.model import fees
from tests.oracle.model.counting import Period
from tests.oracle.model.facts import (
    ABANDONED,
    CANCELLED,
    HANDLING,
    PAY_TERM,
    PAYING,
    WAITING,
    World,
)
from tests.oracle.model.giving import due_date, end, give, notice, tell
from tests.oracle.model.people import APPROVER, CLERK
from tests.oracle.model.steps import LAWFUL, Unsaid, effect, first, in_states, lawful, only, unless


@lawful("charge_fee")
def _charge(world: World, who: str, *, tariff: str, count: int, earlier: int) -> str:
    """One tariff a request, within the reply period, and something to pay at all."""
    request = world.request
    due_on = due_date(world)
    return first(
        in_states(world, HANDLING),
        only(world, who, CLERK),
        unless(fees.amount(tariff, count, earlier) > 0, "free (国办函〔2020〕109号)"),
        unless(not any(fee.state == "paid" for fee in request.fees), "one fee a request"),
        unless(due_on is None or world.today <= due_on, "after the reply period"),
    )


@effect("charge_fee")
def _charged(world: World, who: str, *, tariff: str, count: int, earlier: int) -> None:
    fee = notice(world, "fee_notice", PAY_TERM)
    fee.amount = fees.amount(tariff, count, earlier)
    world.request.fees.append(fee)
    world.request.state = PAYING


@lawful("fee_received")
def _received(world: World, who: str, *, on: date) -> str:
    """The receipt is known: on a day from the notice to today. After the term that ran: an approver (ADR 16)."""
    fee = world.request.fee()
    late = fee is not None and world.today > world.days.after(fee.told_on, PAY_TERM)
    return first(
        in_states(world, PAYING),
        only(world, who, APPROVER) if late else only(world, who, CLERK, APPROVER),
        Unsaid("an approver enters what a clerk may") if not late and only(world, who, CLERK) else LAWFUL,
        unless(on <= world.today, "a day to come"),
        unless(fee is None or on >= fee.told_on, "before it was sent"),
        unless(fee is None or fee.received_on is None, "known already: amended, never overwritten (ADR 16)"),
    )


@effect("fee_received")
def _known(world: World, who: str, *, on: date) -> None:
    fee = world.request.fee()
    assert fee is not None
    fee.paper.received_on = on
    fee.receipt_by = who
    tell(world, "applicant?")


@lawful("pay")
def _pay(world: World, who: str, *, on: date) -> str:
    """The money arrived between the notice and today; not before the receipt of the notice."""
    fee = world.request.fee()
    received = fee.received_on if fee else None
    return first(
        in_states(world, PAYING),
        only(world, who, CLERK),
        unless(on <= world.today, "a day to come"),
        unless(fee is None or on >= fee.told_on, "before the notice"),
        unless(received is None or on >= received, "before the receipt of the notice (ADR 16)"),
    )


@effect("pay")
def _paid(world: World, who: str, *, on: date) -> None:
    """After payment the period is counted anew from the day after (rule book, section 10)."""
    fee = world.request.fee()
    assert fee is not None
    fee.state, fee.answered_on = "paid", on
    world.request.state, world.request.period = HANDLING, Period(on)
    world.request.wish = None  # given or only asked for, it is spent (ADR 16, pauses)
    tell(world, "applicant")


@lawful("cancel_fee")
def _cancel(world: World, who: str) -> str:
    return first(in_states(world, PAYING), only(world, who, CLERK))


@effect("cancel_fee")
def _cancelled(world: World, who: str) -> None:
    """What the office takes back itself is as if it had never been: the time counts (ADR 16)."""
    fee = world.request.fee()
    assert fee is not None
    fee.state = CANCELLED
    fee.paper.unsaid = True
    world.request.state = HANDLING
    tell(world, "applicant")


@lawful("lapse_fee")
def _lapse(world: World, who: str) -> str:
    """Not paid within 20 working days of receipt; nothing lapses that nobody received (ADR 16)."""
    fee = world.request.fee()
    last = fee.last_day(world.days) if fee else None
    return first(
        in_states(world, PAYING),
        only(world, who, CLERK),
        unless(last is not None, "the notice was not received (ADR 16)"),
        unless(last is None or world.today > last, "the term still runs"),
    )


@effect("lapse_fee")
def _lapsed(world: World, who: str) -> None:
    fee = world.request.fee()
    assert fee is not None and fee.state == WAITING
    end(world, ABANDONED, "other_unpaid")
    fee.state = "unpaid"
    give(world, "unpaid_notice")
