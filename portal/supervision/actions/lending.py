"""A supervisor's role holds in every unit."""

from __future__ import annotations

from dataclasses import replace

from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.units.access import is_supervisor, units_of
from portal.units.choices import Role
from portal.units.models import Unit

OFFICE = "city-office"


def refuse_own(actor: Actor, unit: Unit) -> None:
    """Raise StepRefused for somebody who works in the unit that the matter is about (回避)."""
    if unit.pk in units_of(actor):
        raise StepRefused(f"您在{unit.short_name}任职，应当回避，请由其他监督员办理。")


def lent(actor: Actor, unit_id: int) -> Actor:
    """The actor with the supervisor's role in that unit, if a supervisor."""
    if not is_supervisor(actor):
        return actor
    return replace(actor, roles=actor.roles | {(unit_id, Role.SUPERVISOR)})
