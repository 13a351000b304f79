"""Giving papers and word to people, and what ends with a request."""

from __future__ import annotations

from datetime import date, timedelta

from tests.oracle.model.counting import due
from tests.oracle.model.facts import CANCELLED, WAITING, Ending, Notice, Paper, World


def due_date(world: World) -> date | None:
    """The unit's due date; None before registration and while a correction is waited for (arts. 30, 33)."""
    request = world.request
    if request.period is None or request.state == "awaiting_correction":
        return None
    return due(request.period, request.still(world.days), world.days)


def give(world: World, kind: str, *, received: bool | None = None) -> Paper:
    """A paper for the applicant: received at once by an account, else when its receipt is known (ADR 16, receipt)."""
    at_once = world.request.online if received is None else received
    paper = Paper(kind, "applicant", world.today, world.today if at_once else None)
    world.request.papers.append(paper)
    tell(world, "applicant")
    return paper


def notice(world: World, kind: str, workdays: int) -> Notice:
    """A notice with a term of so many working days from its receipt."""
    return Notice(world.today, workdays, give(world, kind))


def tell(world: World, *whom: str) -> None:
    """Somebody is told; a party is named by its number."""
    world.told |= set(whom)


def end(world: World, state: str, row: str, on: date | None = None) -> None:
    """The request ends: reviews, wishes and consultations end with it; it counts in the annual report."""
    request = world.request
    request.frozen_due = due_date(world)
    request.before_end, request.state = request.state, state
    request.ended_on = on or world.today
    request.endings.append(Ending(request.ended_on, row))
    request.ended_as = "ended" if state == "ended" else row
    close_parties(world)


def close_parties(world: World) -> None:
    """Nobody need answer any more."""
    for party in world.request.parties:
        if party.state == WAITING:
            party.state = CANCELLED
            party.ended_on, party.closed_by_end = world.today, True


def void_papers(world: World, *kinds: str) -> None:
    """The papers of those kinds no longer count."""
    for paper in world.request.papers:
        if paper.kind in kinds:
            paper.void = True


def last_of(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day."""
    year, month = divmod(day.month - 1 + months, 12)
    following = date(day.year + year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(day.year + year, month + 1, min(day.day, 28)) + timedelta(days=max(0, day.day - 28)),
               following - timedelta(days=1))  # fmt: skip
