"""A supervisor's role holds in every unit."""

from __future__ import annotations

from dataclasses import replace

from portal.core.actors import Actor
from portal.units.access import is_supervisor
from portal.units.choices import Role

OFFICE = "city-office"


def lent(actor: Actor, unit_id: int) -> Actor:
    """The actor with the supervisor's role in that unit, if a supervisor."""
    if not is_supervisor(actor):
        return actor
    return replace(actor, roles=actor.roles | {(unit_id, Role.SUPERVISOR)})
