"""From coming in to a clerk's hands: arts. 27 to 31, 33."""

from __future__ import annotations

from datetime import date

from tests.oracle.model.counting import Period
from tests.oracle.model.facts import CLOSED, HANDLING, REGISTERED, SENDING, SUBMITTED, World
from tests.oracle.model.giving import give, tell
from tests.oracle.model.people import APPROVER, CLERK
from tests.oracle.model.steps import LAWFUL, Unsaid, effect, first, in_states, lawful, only, unless


@lawful("register")
def _register(world: World, who: str, *, received_on: date) -> str:
    """The day of receipt is a day on which it was there already, and no day to come (art. 31)."""
    return first(
        in_states(world, SUBMITTED),
        only(world, who, CLERK),
        unless(received_on <= world.today, "receipt lies ahead (art. 31)"),
        unless(received_on >= world.request.submitted_on, "received before it was sent (art. 31)"),
    )


@effect("register")
def _registered(world: World, who: str, *, received_on: date) -> None:
    """The reply period runs from the day after; the applicant gets the 登记回执 (arts. 31, 33)."""
    request = world.request
    request.state, request.received_on, request.registered = REGISTERED, received_on, True
    request.period = Period(received_on)
    give(world, "receipt")


@lawful("transfer")
def _transfer(world: World, who: str, *, unit: str) -> str:
    """Before registration, to the unit that holds the information."""
    return first(
        in_states(world, SUBMITTED),
        only(world, who, CLERK),
        unless(unit != world.request.unit, "to itself"),
    )


@effect("transfer")
def _transferred(world: World, who: str, *, unit: str) -> None:
    """The other unit has it now, and the applicant is told."""
    world.request.unit = unit
    tell(world, "applicant")


@lawful("assign")
def _assign(world: World, who: str, *, officer: str) -> str:
    """Any open case may be given to another officer of the unit (ADR 16, people can change)."""
    request = world.request
    if request.state == SENDING:
        where = LAWFUL
    else:
        where = unless(request.state not in (*CLOSED, SUBMITTED), f"not in {request.state}")
    serves = world.staff.serves(officer, request.unit, world.today)
    return first(
        where,
        only(world, who, CLERK, APPROVER),
        unless(serves, "an officer from elsewhere"),
        unless(officer != request.account, "an official takes no step in the own case"),
        Unsaid("an officer who is no clerk")
        if serves and not world.staff.has(officer, request.unit, CLERK, world.today)
        else LAWFUL,
    )


@effect("assign")
def _assigned(world: World, who: str, *, officer: str) -> None:
    world.request.officer = officer
    if world.request.state == REGISTERED:
        world.request.state = HANDLING


@lawful("search")
def _search(world: World, who: str, *, on: date) -> str:
    """Where was looked for the information, on a day that has been (art. 36 (4))."""
    return first(
        in_states(world, REGISTERED, HANDLING),
        only(world, who, CLERK),
        unless(on <= world.today, "a day to come"),
        Unsaid("searched before it came in") if on < (world.request.received_on or on) else LAWFUL,
    )


@effect("search")
def _searched(world: World, who: str, *, on: date) -> None:
    world.request.searched = True


@lawful("open_page")
def _open_page(world: World, who: str) -> str:
    """The applicant reads the own page."""
    return unless(world.is_applicant(who), "a stranger")


@effect("open_page")
def _opened(world: World, who: str) -> None:
    """By query code: what was put online is received today, if it was not before; what was posted waits (ADR 16, receipt)."""
    if world.request.account:
        return
    for paper in world.request.papers:
        waits = paper.shown and not paper.void and paper.received_on is None and paper.posted_on is None
        if paper.to == "applicant" and waits:
            paper.received_on = world.today
