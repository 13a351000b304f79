"""Tables 2 and 3 counted from the event log, with the rows behind every figure; `lives` says what makes a past year stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from portal.cases.holding import holders
from portal.units.models import Unit
from requests_app.annual.fees import ROW as FEES_ROW
from requests_app.annual.fees import payments
from requests_app.annual.lives import Life, begin_of, lives
from requests_app.annual.rows import (
    CARRIED_FORWARD,
    CARRIED_OVER,
    COLUMNS,
    HANDLED,
    NEW,
    REMEDY_COLUMNS,
    REMEDY_ROWS,
    ROWS,
    TOTAL,
)
from requests_app.choices import RemedyResult
from requests_app.models import DisclosureRequest, Remedy
from requests_app.remedies import same_remedy

# No more than a list shows: nothing sealed is opened for it.
SHOWN = ("public_id", "kind", "number", "title", "state", "received_on", "closed_on", "unit__short_name")

Key = tuple[str, str]
Counts = Mapping[Key, int]


@dataclass(frozen=True)
class Figures:
    """The figures of one year for a unit, or for the whole city (`unit` None).

    `requests` gives the case ids behind each (row, column) of table 2, `remedies` the ids of the remedies behind each
    (kind, result) of table 3.
    """

    year: int
    unit: Unit | None
    lives: tuple[Life, ...]
    requests: Mapping[Key, tuple[int, ...]]
    remedies: Mapping[Key, tuple[int, ...]]

    @property
    def table2(self) -> dict[Key, int]:
        """Every figure of table 2 by (row, column)."""
        return {key: len(ids) for key, ids in self.requests.items()}

    @property
    def table3(self) -> dict[Key, int]:
        """Every figure of table 3 by (kind, result)."""
        return {key: len(ids) for key, ids in self.remedies.items()}


def figures(year: int, unit: Unit | None = None) -> Figures:
    """The year's figures of a unit, or of the whole city; a request counts for the unit that had it in that year."""
    found = tuple(lives(year, unit))
    behind: dict[Key, list[int]] = {(row.code, column): [] for row in ROWS for column, _ in COLUMNS}
    for life in found:
        for row in _rows_of(life, year):
            behind[row, life.column].append(life.case_id)
            behind[row, TOTAL].append(life.case_id)
    return Figures(year, unit, found, {key: tuple(ids) for key, ids in behind.items()}, _remedies(year, unit))


def moved_over(this: Figures) -> dict[str, int]:
    """How many requests more, by column, the unit carries over than it carried forward the year before: those that it was
    given by other units since, less those that it gave away. Empty for the whole city."""
    if this.unit is None:
        return {}
    last = figures(this.year - 1, this.unit)
    moved: dict[str, int] = {}
    for column, _ in COLUMNS:
        over = set(this.requests[CARRIED_OVER, column])
        forward = set(last.requests[CARRIED_FORWARD, column])
        moved[column] = len(over - forward) - len(forward - over)
    return moved


def _rows_of(life: Life, year: int) -> list[str]:
    """The rows of table 2 in which a request counts in that year."""
    first = NEW if life.received_on.year == year else CARRIED_OVER
    if life.closed_on is None or life.closed_on.year > year:
        return [first, CARRIED_FORWARD]
    return [first, life.row, HANDLED]


def cases_behind(year: int, unit: Unit | None, row: str, column: str) -> QuerySet[Any]:
    """The requests behind one figure of table 2, or behind the fees taken, in order of coming in; none for an unknown row or column."""
    if row == FEES_ROW:
        ids: Iterable[int] = [entry.case_id for entry in payments(year, unit)]
    else:
        ids = figures(year, unit).requests.get((row, column), ())
    cases = DisclosureRequest.objects.filter(pk__in=ids).select_related("unit")
    return cases.only(*SHOWN).order_by("pk")


def remedies_behind(year: int, unit: Unit | None, kind: str, result: str) -> QuerySet[Remedy]:
    """The remedies behind one figure of table 3."""
    ids = _remedies(year, unit).get((kind, result), ())
    rows = Remedy.objects.filter(pk__in=ids).select_related("request__unit").order_by("pk")
    return rows.only(
        "kind", "body", "number", "filed_on", "ended_on", *(f"request__{name}" for name in SHOWN)
    )


# table 3 ------------------------------------------------------------------------------------------------


def _remedies(year: int, unit: Unit | None) -> dict[Key, tuple[int, ...]]:
    """Remedies ended in the year by result; filed by its end and not ended by then: pending. Each counts once."""
    behind: dict[Key, list[int]] = {
        (kind, result): [] for kind, _ in REMEDY_ROWS for result, _ in REMEDY_COLUMNS
    }
    last = date(year, 12, 31)
    filed = _once(Remedy.objects.filter(filed_on__lte=last).defer("note"))
    rows = [row for row in filed if row.ended_on is None or row.ended_on.year >= year]
    if unit is not None:
        had = holders({row.request_id: begin_of(year + 1) for row in rows})
        rows = [row for row in rows if had[row.request_id] == unit.pk]
    for row in rows:
        then = row.result if row.ended_on is not None and row.ended_on <= last else RemedyResult.PENDING.value
        behind[row.kind, then].append(row.pk)
        behind[row.kind, TOTAL].append(row.pk)
    return {key: tuple(ids) for key, ids in behind.items()}


def _once(rows: Iterable[Remedy]) -> list[Remedy]:
    """Each remedy once, in order, though it was entered twice: the entry that says how it ended, else the first one."""
    kept: dict[int, list[Remedy]] = {}
    for row in sorted(rows, key=lambda row: (row.ended_on is None, row.pk)):
        others = kept.setdefault(row.request_id, [])
        if not any(same_remedy(row, other) for other in others):
            others.append(row)
    return sorted((row for some in kept.values() for row in some), key=lambda row: row.pk)
