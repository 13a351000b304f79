"""What the event log says about the letters that a month is about; the only reader of the log here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mailbox.choices import KIND, State
from mailbox.figures.months import Month
from portal.cases.models import CaseEvent, ClockEntry
from portal.core.clock import ClockFact
from portal.units.models import Unit

CLOSED = (State.DECLINED, State.HANDED_OVER, State.ANSWERED, State.WITHDRAWN)
REHANDLE = "rehandle"


@dataclass(frozen=True)
class Event:
    """One step: the day it was taken, who held the letter after it, what of it everybody may know."""

    pk: int
    kind: str
    day: date
    unit_id: int | None
    to_state: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Life:
    """One letter as the log has it, its steps in order, and the clock's facts with the event of each."""

    case_id: int
    events: tuple[Event, ...]
    clock: tuple[tuple[int, ClockFact], ...]

    def facts_until(self, event: Event) -> list[ClockFact]:
        """The clock's facts up to that step, its own included."""
        return [fact for event_id, fact in self.clock if event_id <= event.pk]


def lives(first: Month, last: Month, unit: Unit | None = None) -> list[Life]:
    """The letters that count in any of these months, as far as they got by the end of the last one.

    With a unit, those that were ever in its hands. Nothing that happened later is read, so a month that is over
    counts the same whenever it is counted.
    """
    zone = timezone.get_current_timezone()
    begins, ends = first.span(zone)[0], last.span(zone)[1]
    cases = _cases(begins, ends, unit)
    clock = _clock(cases, ends)
    return [Life(case_id, tuple(events), tuple(clock[case_id])) for case_id, events in _events(cases, ends)]


def _cases(begins: datetime, ends: datetime, unit: Unit | None) -> QuerySet[CaseEvent, int]:
    """Ids of the letters that were open in the span or had a step in it, from their first events."""
    own = CaseEvent.objects.filter(case_id=OuterRef("case_id"))
    closed_before = own.filter(at__lt=begins, to_state__in=CLOSED)
    found = CaseEvent.objects.filter(
        Q(~Exists(closed_before))
        | Q(Exists(own.filter(at__gte=begins, at__lt=ends)))
        | Q(Exists(own.filter(at__lt=begins, kind=REHANDLE))),
        case__kind=KIND,
        seq=1,
        at__lt=ends,
    )
    if unit is not None:
        found = found.filter(Exists(own.filter(unit_id=unit.pk, at__lt=ends)))
    return found.order_by().values_list("case_id", flat=True)


def _events(cases: QuerySet[CaseEvent, int], ends: datetime) -> list[tuple[int, list[Event]]]:
    rows = (
        CaseEvent.objects.filter(case_id__in=cases, at__lt=ends)
        .order_by("case_id", "seq")
        .values_list("case_id", "pk", "kind", "at", "unit_id", "to_state", "facts")
    )
    found: dict[int, list[Event]] = defaultdict(list)
    for case_id, pk, kind, at, unit_id, state, facts in rows:
        found[case_id].append(Event(pk, kind, timezone.localdate(at), unit_id, state, facts))
    return list(found.items())


def _clock(cases: QuerySet[CaseEvent, int], ends: datetime) -> dict[int, list[tuple[int, ClockFact]]]:
    found: dict[int, list[tuple[int, ClockFact]]] = defaultdict(list)
    for entry in ClockEntry.objects.filter(case_id__in=cases, event__at__lt=ends).order_by("id"):
        found[entry.case_id].append((entry.event_id, entry.fact()))
    return found
