"""The lives of cases from the log: two queries, however many months and cases there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.cases.choices import Phase
from portal.cases.models import Case, CaseEvent, ClockEntry
from portal.cases.registry import KINDS
from portal.core.clock import ClockFact, FactKind
from portal.core.moments import begin_of
from portal.core.workdays import WorkdayCalendar
from portal.supervision.figures.walk import Life, Step, life_of

# The four services and what belongs to them; orders of supervisors are not counted among them.
COUNTED = ("disclosure", "letter", "consultation", "article", "error_report", "response", "topic")
AT_ONCE = 2000


@lru_cache(maxsize=32)
def closed_states(kind: str) -> frozenset[str]:
    """The states of a kind in which a case has ended."""
    entry = KINDS[kind]
    return frozenset(state for state in entry.states if entry.model(state=state).phase_now() == Phase.CLOSED)


def lives_in(first: date, end: date, days: WorkdayCalendar) -> Iterator[Life]:
    """The cases that were open or had a step between the first day of a month and that of a later one, in order."""
    cases = _cases(first, end)
    events: Any = (
        CaseEvent.objects.filter(case__in=cases, at__lt=begin_of(end))
        .order_by("case_id", "seq")
        .values_list("case_id", "case__kind", "pk", "at", "unit_id", "from_state", "to_state")
    )
    clock = _clock(cases, end)
    for case_id, rows in groupby(events.iterator(chunk_size=AT_ONCE), key=itemgetter(0)):
        taken = list(rows)
        facts = clock.get(case_id, {})
        kind = taken[0][1]
        yield life_of(case_id, kind, _steps(taken, facts), closed_states(kind), days)


def _steps(rows: list[Any], facts: dict[int, list[ClockFact]]) -> Iterable[Step]:
    for _, _, event, at, unit, before, after in rows:
        yield Step(timezone.localdate(at), unit or 0, before, after, tuple(facts.get(event, ())))


def _cases(first: date, end: date) -> QuerySet[Any]:
    """Of the counted kinds those that had not ended by the first day, or were touched since."""
    own_events = CaseEvent.objects.filter(case_id=OuterRef("pk"), at__gte=begin_of(first))
    stops = ClockEntry.objects.filter(case_id=OuterRef("pk"), kind=FactKind.STOP.value, on__gte=first)
    found = Case.objects.filter(kind__in=COUNTED, created_at__lt=begin_of(end)).filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=first) | Exists(own_events) | Exists(stops)
    )
    return found.order_by().values("pk")


def _clock(cases: QuerySet[Any], end: date) -> dict[int, dict[int, list[ClockFact]]]:
    """case → event → the facts that it wrote, in order."""
    found: dict[int, dict[int, list[ClockFact]]] = defaultdict(lambda: defaultdict(list))
    rows: Any = ClockEntry.objects.filter(case__in=cases, event__at__lt=begin_of(end)).order_by(
        "case_id", "id"
    )
    for entry in rows.iterator(chunk_size=AT_ONCE):
        found[entry.case_id][entry.event_id].append(entry.fact())
    return found
