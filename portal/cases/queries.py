"""Readers of the docket."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from portal.cases.choices import Phase
from portal.cases.models import Case, CaseEvent, CaseLink, CaseQuerySet, ClockEntry
from portal.cases.registry import KINDS, NOTES, kind_of
from portal.cases.transitions import label_of
from portal.core.actors import Actor
from portal.core.clock import ClockFact, fold
from portal.core.limits import limit
from portal.core.workdays import WorkdayCalendar

CHUNK = 1000


@dataclass(frozen=True)
class InboxCounts:
    """How many open cases are overdue, due today, due soon, open in all, and not registered yet."""

    overdue: int
    today: int
    soon: int
    all: int
    intake: int


def inbox(actor: Actor) -> CaseQuerySet:
    """Open cases of the actor's units, what is due first comes first."""
    return Case.objects.handled_by(actor).open().for_lists().due_first()


def follow_up(actor: Actor) -> CaseQuerySet:
    """Closed cases of the actor's units that still ask for something, newest first."""
    closed = Case.objects.handled_by(actor).filter(phase=Phase.CLOSED)
    wanted = Q(pk__in=[])
    for kind in KINDS.values():
        if kind.follow_up is not None:
            wanted |= Q(pk__in=kind.follow_up(closed.filter(kind=kind.code)).values("pk"))
    return closed.filter(wanted).for_lists().order_by("-closed_on", "-id")


def counts(cases: CaseQuerySet, today: date, calendar: WorkdayCalendar) -> InboxCounts:
    """The counts over a set of open cases, in one query; "soon" is within the limit board.soon."""
    soon = calendar.add(today, limit("board.soon", on=today).days)
    row = cases.order_by().aggregate(
        overdue=Count("pk", filter=Q(due_on__lt=today)),
        today=Count("pk", filter=Q(due_on=today)),
        soon=Count("pk", filter=Q(due_on__gt=today, due_on__lte=soon)),
        all=Count("pk"),
        intake=Count("pk", filter=Q(phase=Phase.INTAKE)),
    )
    return InboxCounts(**row)


@dataclass(frozen=True)
class MovedDate:
    """An open case whose due date another calendar would move."""

    case: Case
    before: date
    after: date


def dates_moved_by(calendar: WorkdayCalendar) -> list[MovedDate]:
    """Every open case whose due date that calendar would move, in the order of the dates; nothing is written."""
    cases = {case.pk: case for case in Case.objects.open().filter(due_on__isnull=False).for_lists()}
    facts: dict[int, list[ClockFact]] = defaultdict(list)
    keys = sorted(cases)
    for start in range(0, len(keys), CHUNK):
        for entry in ClockEntry.objects.filter(case_id__in=keys[start : start + CHUNK]).order_by("id"):
            facts[entry.case_id].append(entry.fact())
    found = []
    for key, some in facts.items():
        before, after = cases[key].due_on, fold(some, calendar).due_on
        if before is not None and after is not None and before != after:
            found.append(MovedDate(cases[key], before, after))
    return sorted(found, key=lambda moved: (moved.after, moved.case.pk))


def counts_by_kind(cases: CaseQuerySet) -> list[tuple[str, int]]:
    """How many of the cases there are of each kind, most first."""
    rows = cases.order_by().values("kind").annotate(number=Count("pk")).order_by("-number", "kind")
    return [(row["kind"], row["number"]) for row in rows]


def narrow(cases: CaseQuerySet, due: str, today: date, calendar: WorkdayCalendar) -> CaseQuerySet:
    """The open cases in one bucket: overdue, today, soon, intake; anything else leaves them all."""
    soon = calendar.add(today, limit("board.soon", on=today).days)
    buckets = {
        "overdue": Q(due_on__lt=today),
        "today": Q(due_on=today),
        "soon": Q(due_on__gt=today, due_on__lte=soon),
        "intake": Q(phase=Phase.INTAKE),
    }
    return cases.filter(buckets[due]) if due in buckets else cases


@dataclass(frozen=True)
class TimelineEntry:
    """One line of a case's timeline."""

    event: CaseEvent
    label: str

    @property
    def facts(self) -> dict[str, object]:
        """The event's facts."""
        return dict(self.event.facts)


def timeline(case: Case) -> list[TimelineEntry]:
    """The case's events with their labels, oldest first."""
    model = kind_of(case).model
    extra = {"recompute": "到期日重新计算", **NOTES}
    return [
        TimelineEntry(event, extra.get(event.kind) or label_of(model, event.kind))
        for event in case.events.order_by("seq")
    ]


def linked(case: Case) -> list[tuple[str, Case]]:
    """(how, the other case) for a case that goes on as another one, or comes from one."""
    found = []
    link = CaseLink.objects.select_related("target").filter(source_id=case.pk).first()
    if link is not None:
        found.append(("已转为", link.target))
    link = CaseLink.objects.select_related("source").filter(target_id=case.pk).first()
    if link is not None:
        found.append(("来自", link.source))
    return found
