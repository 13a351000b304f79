"""Whose figures somebody may read."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from mailbox.queries.choosing import answering_units
from mailbox.queries.scope import in_office
from portal.core.actors import Actor
from portal.core.errors import NotFound
from portal.units.access import is_supervisor, units_of
from portal.units.models import Unit


def reads_all(actor: Actor) -> bool:
    """True for the mailbox office and for supervisors."""
    return is_supervisor(actor) or in_office(actor)


def readable_units(actor: Actor) -> QuerySet[Unit, Any]:
    """The units to choose from, in the official order."""
    if reads_all(actor):
        return answering_units()
    return Unit.objects.filter(pk__in=units_of(actor)).order_by("sort", "id")


def readable_unit(actor: Actor, code: str) -> Unit | None:
    """The unit asked for, None for all of them; NotFound for one that is not the actor's to read.

    Without a code those who read all read the whole city, anybody else the own unit.
    """
    everything = reads_all(actor)
    if everything and not code:
        return None
    units = Unit.objects.all() if everything else readable_units(actor)
    found = (units.filter(code=code) if code else units).first()
    if found is None:
        raise NotFound("没有找到该单位。")
    return found
