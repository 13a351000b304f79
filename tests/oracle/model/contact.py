"""The applicant is reached another way (ADR 16, people can change): told by the new telephone and by the one before."""

from __future__ import annotations

from tests.oracle.model.facts import CLOSED, World
from tests.oracle.model.giving import tell
from tests.oracle.model.people import CLERK
from tests.oracle.model.steps import LAWFUL, effect, first, lawful, only, unless

LANDLINE = "landline"


@lawful("change_contact")
def _change_contact(world: World, who: str, *, phone: str) -> str:
    """The applicant's own, or a clerk's who has a letter that says so; as long as anything is still to be told."""
    request = world.request
    return first(
        unless(request.state not in CLOSED, f"not in {request.state}"),
        LAWFUL if world.is_applicant(who) else only(world, who, CLERK),
        unless(phone != request.phone, "nothing changes"),
    )


@effect("change_contact")
def _changed_contact(world: World, who: str, *, phone: str) -> None:
    request = world.request
    before, request.phone = request.phone, phone
    request.tellable = True
    request.online = bool(request.account) or (request.came_online and request.delivery == "online")
    tell(world, "applicant", *(() if before == LANDLINE else ("former",)))
