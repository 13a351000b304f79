"""Who is asking: from a request's account to an Actor, and the predicates on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser

from portal.core.actors import GUEST, Actor, ActorKind
from portal.units.choices import ADMIN_ROLES, CITY_WIDE_ROLES, EVERY_UNIT, HANDLING_ROLES, Role
from portal.units.models import Account, Appointment


def roles_of(account: Account, on: date) -> frozenset[tuple[int, str]]:
    """Pairs (unit id, role) in force on that day; city-wide roles also with unit id 0."""
    return _pairs(_held(account, on))


def _held(account: Account, on: date) -> list[tuple[int, str, str | None]]:
    """(unit id, role, whom the account stands in for), in force on that day."""
    held = Appointment.objects.in_force(on).filter(account=account)
    return list(held.values_list("unit_id", "role", "stands_in_for__display_name"))


def _pairs(held: list[tuple[int, str, str | None]]) -> frozenset[tuple[int, str]]:
    pairs = {(unit, role) for unit, role, _ in held}
    return frozenset(pairs | {(EVERY_UNIT, role) for _, role in pairs if role in CITY_WIDE_ROLES})


def _standing(held: list[tuple[int, str, str | None]]) -> frozenset[tuple[int, str, str]]:
    own = {(unit, role) for unit, role, name in held if name is None}
    return frozenset(
        (unit, role, name) for unit, role, name in held if name is not None and (unit, role) not in own
    )


def actor_for(user: Account | AnonymousUser | Any, on: date) -> Actor:
    """The actor behind a request's user on that day: staff if appointed anywhere, else citizen or guest."""
    if not isinstance(user, Account):
        return GUEST
    held = _held(user, on)
    if held:
        return Actor(ActorKind.STAFF, user.get_full_name(), user.pk, _pairs(held), _standing(held))
    return Actor(ActorKind.CITIZEN, "申请人", user.pk)


def units_of(actor: Actor) -> frozenset[int]:
    """Ids of the units in which the actor handles cases."""
    handling = set(HANDLING_ROLES)
    return frozenset(unit for unit, role in actor.roles if role in handling and unit != EVERY_UNIT)


def is_supervisor(actor: Actor) -> bool:
    """True for a supervisor, who sees every unit's cases (办法第二十四条)."""
    return (EVERY_UNIT, Role.SUPERVISOR) in actor.roles


def is_admin(actor: Actor) -> bool:
    """True for a holder of one of the three administrator roles."""
    return any((EVERY_UNIT, role) in actor.roles for role in ADMIN_ROLES)
