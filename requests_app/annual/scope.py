"""Whose report somebody may read, and of which year."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from portal.core.actors import Actor
from portal.core.errors import NotFound
from portal.core.limits import REGULATION_DAY
from portal.units.access import is_supervisor, units_of
from portal.units.choices import Role
from portal.units.models import Unit
from portal.units.queries import receiving_units

NO_UNIT = "没有找到该机关。"


def year_of(text: str, today: date) -> int:
    """The year that was typed; NotFound unless it lies between the Regulation's first year and this one."""
    if text.isascii() and text.isdecimal() and len(text) == 4 and int(text) in years(today):
        return int(text)
    raise NotFound(f"没有{text[:12]}年度的报告，年度应在{REGULATION_DAY.year}至{today.year}之间。")


def years(today: date) -> range:
    """The years that can be reported, the latest first."""
    return range(today.year, REGULATION_DAY.year - 1, -1)


def find_unit(code: str) -> Unit:
    """The unit with that code; NotFound if there is none."""
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise NotFound(f"没有代码为“{code}”的机关。")
    return found


def readable_unit(actor: Actor, code: str) -> Unit | None:
    """The unit whose report is asked for, None for the whole city; NotFound for one that is not the actor's to read.

    Without a code a supervisor reads the whole city, anybody else the own unit.
    """
    if is_supervisor(actor):
        return find_unit(code) if code else None
    return _one_of(readable_units(actor), code)


def readable_units(actor: Actor) -> QuerySet[Unit]:
    """The units to choose from, in the official order."""
    return receiving_units() if is_supervisor(actor) else _units(units_of(actor))


def fillable_unit(actor: Actor, code: str) -> Unit | None:
    """The unit for which the actor enters figures, None for somebody who is no clerk; NotFound for a foreign one."""
    own = fillable_units(actor)
    return _one_of(own, code) if own.exists() else None


def fillable_units(actor: Actor) -> QuerySet[Unit]:
    """The units in which the actor is a clerk."""
    return _units(frozenset(unit for unit, role in actor.roles if role == Role.CLERK))


def _units(ids: frozenset[int]) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=ids).order_by("sort", "id")


def _one_of(units: QuerySet[Unit], code: str) -> Unit:
    found = (units.filter(code=code) if code else units).first()
    if found is None:
        raise NotFound(NO_UNIT)
    return found
