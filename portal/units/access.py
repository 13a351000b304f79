"""Who is asking: from a request's account to an Actor, and the predicates on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from portal.core.actors import GUEST, Actor, ActorKind
from portal.units.choices import ADMIN_ROLES, CITY_WIDE_ROLES, EVERY_UNIT, HANDLING_ROLES, Role
from portal.units.models import Account, Appointment


def roles_of(account: Account, on: date) -> frozenset[tuple[int, str]]:
    """Pairs (unit id, role) in force on that day; city-wide roles also with unit id 0."""
    held = Appointment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), account=account, starts_on__lte=on
    )
    pairs = set(held.values_list("unit_id", "role"))
    pairs |= {(EVERY_UNIT, role) for _, role in pairs if role in CITY_WIDE_ROLES}
    return frozenset(pairs)


def actor_for(user: Account | AnonymousUser | Any, on: date) -> Actor:
    """The actor behind a request's user on that day: staff if appointed anywhere, else citizen or guest."""
    if not isinstance(user, Account):
        return GUEST
    roles = roles_of(user, on)
    if roles:
        return Actor(ActorKind.STAFF, user.get_full_name(), user.pk, roles)
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
