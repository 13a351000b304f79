"""Columns that must stay alive: today's state of each, and the day on which it turns red."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from notices import rules
from notices.catalogue.rows import catalogue
from notices.models import Column
from notices.queries.public import newest_by_column
from notices.rules import Freshness
from portal.units.models import Unit


@dataclass(frozen=True)
class ColumnState:
    """One column: its newest item, the rule, and how alive it is."""

    column: Column
    last_on: date | None
    fresh: Freshness

    @property
    def order(self) -> tuple[int, date]:
        """Red first, then what turns red soonest."""
        rank = 0 if self.fresh.is_red else 1 if self.fresh.warn else 2 if self.fresh.empty else 3
        return rank, self.fresh.red_on or date.max


def column_states(now: datetime, *, units: frozenset[int] | None = None) -> list[ColumnState]:
    """The columns that must be renewed or may not be empty, worst first; of these units, or of all.

    A column is as new as the newest of what its page lists: its own public items and those of all columns under it.
    """
    today = timezone.localdate(now)
    rows: Any = Column.objects.filter(is_open=True).filter(Q(obligatory=True) | Q(alive_rule__isnull=False))
    if units is not None:
        rows = rows.filter(unit_id__in=units)
    newest = newest_by_column(now, **({} if units is None else {"column__unit__in": units}))
    found = []
    for column in rows.select_related("unit", "alive_rule"):
        last = newest.get(column.pk)
        last_on = timezone.localdate(last) if last is not None else None
        rule = column.alive_rule
        fresh = rules.freshness(last_on, rule.days if rule else None, rule.warn_days if rule else 0, today)
        found.append(ColumnState(column, last_on, fresh))
    return sorted(found, key=lambda state: state.order)


def alive_table(states: list[ColumnState]) -> dict[str, int]:
    """How many columns are red, soon red, empty, alive."""
    red = sum(state.fresh.is_red for state in states)
    soon = sum(state.fresh.warn for state in states)
    empty = sum(state.fresh.empty for state in states)
    return {"red": red, "soon": soon, "empty": empty, "alive": len(states) - red - soon - empty}


def missing_obligatory() -> list[tuple[Unit, str]]:
    """(unit, title) of every obligatory column that a unit does not have, or has closed."""
    wanted = [row for row in catalogue() if row.obligatory]
    having = set(Column.objects.filter(is_open=True).values_list("unit_id", "entry"))
    return [
        (unit, row.title)
        for unit in Unit.objects.filter(is_active=True).order_by("sort", "id")
        for row in wanted
        if unit.kind in row.kinds and (unit.pk, row.code) not in having
    ]
