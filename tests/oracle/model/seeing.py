"""Who sees what (ADR 16, one party, one view)."""

from __future__ import annotations

from tests.oracle.model.facts import World


def opens_citizen_page(world: World, person: str) -> bool:
    """The applicant, by account or by query code, and nobody else: no stranger, no official, no former applicant."""
    return world.is_applicant(person) or world.is_in_own_case(person)


def opens_staff_page(world: World, person: str) -> bool:
    """Officials of the unit that has the request, and supervisors (rule book, section 8)."""
    return world.staff.serves(person, world.request.unit, world.today) or world.staff.supervises(
        person, world.today
    )


def papers_of_applicant(world: World, *, unsaid: bool = False) -> list[str]:
    """The kinds of papers that the applicant reads: those that reached or may reach them and are not void.

    Those of a former applicant stay that one's (ADR 16). `unsaid`: those of which no rule says whether they are still read.
    """
    return sorted(
        paper.kind
        for paper in world.request.papers
        if (paper.to, paper.unsaid) == ("applicant", unsaid)
        and paper.shown
        and not paper.void
        and not paper.of_former
    )


def papers_of_party(world: World, number: int) -> list[str]:
    """The kinds of papers that this party got: its own only."""
    return sorted(
        paper.kind
        for paper in world.request.papers
        if paper.to == f"party:{number}" and not paper.void and not paper.unsaid
    )
