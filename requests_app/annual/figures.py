"""Tables 2 and 3 counted from the event log, with the rows behind every figure.

A past year counts the same however often it is counted: a day of receipt or closing, once recorded, stays. Only what
is recorded late with an earlier day of receipt (a paper entered after New Year) still moves a year's figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.cases.models import CaseEvent
from portal.units.models import Unit
from requests_app.annual.fees import ROW as FEES_ROW
from requests_app.annual.fees import payments
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
    column_of,
    row_of,
)
from requests_app.choices import KIND, RemedyResult, ReplyKind, State
from requests_app.models import DisclosureRequest, Remedy, ReplyItem

CLOSED = (State.ANSWERED, State.WITHDRAWN, State.ABANDONED, State.ENDED)
SUBMIT, REGISTER, LAPSE_FEE = "submit", "register", "lapse_fee"
WITH_DETAIL = (ReplyKind.REFUSE, ReplyKind.NOT_PROCESSED)
# No more than a list shows: nothing sealed is opened for it.
SHOWN = ("public_id", "kind", "number", "title", "state", "received_on", "closed_on", "unit__short_name")

Key = tuple[str, str]
Counts = Mapping[Key, int]


@dataclass(frozen=True)
class Ending:
    """How and on which day a request ended; `late` as recorded with the reply, None where none is recorded."""

    on: date
    outcome: str
    late: bool | None


@dataclass(frozen=True)
class Life:
    """One request as the report sees it: received, and ended by the row, or still open at the year's end."""

    case_id: int
    column: str
    received_on: date
    closed_on: date | None
    row: str
    late: bool | None


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
    """The year's figures of a unit, or of the whole city; a request counts for the unit that has it now."""
    lives = tuple(_lives(year, unit))
    behind: dict[Key, list[int]] = {(row.code, column): [] for row in ROWS for column, _ in COLUMNS}
    for life in lives:
        for row in _rows_of(life, year):
            behind[row, life.column].append(life.case_id)
            behind[row, TOTAL].append(life.case_id)
    return Figures(year, unit, lives, {key: tuple(ids) for key, ids in behind.items()}, _remedies(year, unit))


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


# table 2 ------------------------------------------------------------------------------------------------


def _lives(year: int, unit: Unit | None) -> Iterable[Life]:
    """Requests received by the year's end and not closed before it began."""
    endings = _endings(year, unit)
    details = _details([case for case, end in endings.items() if end.outcome in WITH_DETAIL])
    for case_id, (column, received_on) in _openings(year, unit).items():
        if received_on.year > year:
            continue
        end = endings.get(case_id)
        row = row_of(end.outcome, *details.get(case_id, ("", ""))) if end else ""
        yield Life(case_id, column, received_on, end.on if end else None, row, end.late if end else None)


def _events(unit: Unit | None) -> QuerySet[CaseEvent]:
    events = CaseEvent.objects.filter(case__kind=KIND)
    return events if unit is None else events.filter(case__unit=unit)


def _closings(events: QuerySet[CaseEvent]) -> QuerySet[CaseEvent]:
    """The events that closed a case; steps after the end keep its state and are none."""
    return events.filter(to_state__in=CLOSED).exclude(from_state__in=CLOSED)


def _openings(year: int, unit: Unit | None) -> dict[int, tuple[str, date]]:
    """The column and the day of receipt of every case that was not closed before the year."""
    begins = datetime(year, 1, 1, tzinfo=timezone.get_current_timezone())
    over = _closings(CaseEvent.objects.filter(case_id=OuterRef("case_id"), at__lt=begins))
    rows = (
        _events(unit)
        .filter(~Exists(over), kind__in=(SUBMIT, REGISTER))
        .order_by("case_id", "seq")
        .values_list(
            "case_id",
            "kind",
            "at",
            "facts",
            "case__disclosurerequest__applicant_kind",
            "case__disclosurerequest__organisation_kind",
        )
    )
    return {
        case_id: (column_of(who, organisation), _day_of_receipt(kind, at, facts))
        for case_id, kind, at, facts, who, organisation in rows
    }


def _day_of_receipt(kind: str, at: datetime, facts: dict[str, Any]) -> date:
    """The day fixed at registration; before it, the day of submission."""
    return date.fromisoformat(facts["received_on"]) if kind == REGISTER else timezone.localdate(at)


def _endings(year: int, unit: Unit | None) -> dict[int, Ending]:
    """How the cases ended that were closed in the year or later."""
    begins = datetime(year, 1, 1, tzinfo=timezone.get_current_timezone())
    rows = _closings(_events(unit).filter(at__gte=begins)).values_list(
        "case_id", "kind", "to_state", "at", "facts"
    )
    return {
        case_id: Ending(timezone.localdate(at), _outcome(kind, state, facts), facts.get("late"))
        for case_id, kind, state, at, facts in rows
    }


def _outcome(kind: str, state: str, facts: dict[str, Any]) -> str:
    if state == State.ANSWERED:
        return str(facts["reply_kind"])
    return "unpaid" if kind == LAPSE_FEE else state


def _details(cases: list[int]) -> dict[int, tuple[str, str]]:
    """(ground, reason) of the first item of each reply that has one; a reply does not change once it is out."""
    rows = (
        ReplyItem.objects.filter(reply__request_id__in=cases)
        .exclude(ground="", reason="")
        .order_by("reply__request_id", "-position")
        .values_list("reply__request_id", "ground", "reason")
    )
    found: dict[int, tuple[str, str]] = {}
    for case_id, ground, reason in rows:
        known = found.get(case_id, ("", ""))
        found[case_id] = (ground or known[0], reason or known[1])
    return found


# table 3 ------------------------------------------------------------------------------------------------


def _remedies(year: int, unit: Unit | None) -> dict[Key, tuple[int, ...]]:
    """Remedies ended in the year by result; filed by its end and not ended by then: pending."""
    behind: dict[Key, list[int]] = {
        (kind, result): [] for kind, _ in REMEDY_ROWS for result, _ in REMEDY_COLUMNS
    }
    last = date(year, 12, 31)
    rows = Remedy.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__year__gte=year), filed_on__lte=last)
    if unit is not None:
        rows = rows.filter(request__unit=unit)
    for pk, kind, result, ended_on in rows.order_by("pk").values_list("pk", "kind", "result", "ended_on"):
        then = result if ended_on is not None and ended_on <= last else RemedyResult.PENDING.value
        behind[kind, then].append(pk)
        behind[kind, TOTAL].append(pk)
    return {key: tuple(ids) for key, ids in behind.items()}
