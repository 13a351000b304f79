"""Whose report somebody may read, and of which year."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from portal.cases.models import CaseEvent
from portal.core.actors import Actor
from portal.core.errors import NotFound
from portal.core.limits import REGULATION_DAY
from portal.units.access import is_supervisor, units_of
from portal.units.choices import Role
from portal.units.models import Unit
from portal.units.queries import receiving_units
from requests_app.annual.lives import lives
from requests_app.choices import KIND
from requests_app.models import AnnualFigure

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


def reporting_units(year: int) -> list[Unit]:
    """The units that report on a year, in the official order: those that take requests, and of those that were closed since
    the ones that had requests in it or had entered something for it."""
    return sorted([*receiving_units(), *closed_units(year)], key=lambda unit: (unit.sort, unit.pk))


def closed_units(year: int) -> list[Unit]:
    """The units that take no requests any more and had some in that year, or had entered something for it."""
    had = CaseEvent.objects.filter(case__kind=KIND).order_by().values("unit_id").distinct()
    filled = AnnualFigure.objects.filter(year=year).values("unit_id")
    gone = Unit.objects.exclude(pk__in=receiving_units().order_by().values("pk"))
    rows = gone.filter(Q(pk__in=had) | Q(pk__in=filled)).order_by("sort", "id")
    return [unit for unit in rows if unit.pk in {row["unit_id"] for row in filled} or lives(year, unit)]


def fillable_unit(actor: Actor, code: str) -> Unit | None:
    """The unit for which the actor enters figures, None for somebody who is no clerk; NotFound for a foreign one.

    For a unit that was closed a supervisor does, who names it.
    """
    own = fillable_units(actor)
    closed = Unit.objects.filter(code=code, is_active=False).first() if is_supervisor(actor) else None
    if closed is not None:
        return closed
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
