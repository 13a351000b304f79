"""The figures of a month: what the log said at its end, so that a past month never changes.

Only entries whose event was written before the month's end are read; each case's clock is folded from them, and the
case counts for the unit that held it then. A month that is over is frozen on first asking by the job.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from portal.cases.models import Case, CaseEvent, ClockEntry
from portal.core.chain import canonical
from portal.core.clock import ClockFact, FactKind, fold
from portal.core.errors import InvalidInput
from portal.core.moments import begin_of
from portal.core.workdays import WorkdayCalendar
from portal.holidays.calendars import calendar
from portal.supervision.models import FiguresMonth

# The four services and what belongs to them; orders of supervisors are not counted among them.
COUNTED = ("disclosure", "letter", "consultation", "article", "error_report", "response", "topic")
CHUNK = 5000


@dataclass(frozen=True)
class Line:
    """One unit and kind in one month. `workdays` is the sum over the closed ones; `rated` of closed ones were late or not."""

    unit_id: int
    kind: str
    received: int = 0
    closed: int = 0
    in_time: int = 0
    workdays: int = 0
    open: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class Total:
    """Lines taken together; open and overdue are those of the last month."""

    received: int
    closed: int
    in_time: int
    workdays: int
    open: int
    overdue: int

    @property
    def late(self) -> int:
        """Closed after the due date."""
        return self.closed - self.in_time

    @property
    def rate(self) -> float | None:
        """Share closed in time, in per cent; None if nothing was closed."""
        return round(self.in_time * 100 / self.closed, 1) if self.closed else None

    @property
    def average(self) -> float | None:
        """Working days from the start to the end of those closed; None if nothing was closed."""
        return round(self.workdays / self.closed, 1) if self.closed else None


def month_after(month: date) -> date:
    """The first day of the next month."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months from one to another, both included."""
    found, month = [], first.replace(day=1)
    while month <= last:
        found.append(month)
        month = month_after(month)
    return found


@dataclass(frozen=True)
class Then:
    """One case as the log had it at the end of a month: who held it, its kind, its clock.

    `stopped_in` is True if its clock's stop was written down in the month: a paper posted on the last day of a month and
    entered on the first of the next counts there, since a frozen month never changes.
    """

    case_id: int
    unit_id: int
    kind: str
    facts: Sequence[ClockFact]
    stopped_in: bool = False


def _log(month: date) -> Iterator[Then]:
    """The cases of a month with what was written before its end."""
    begin, end = begin_of(month), begin_of(month_after(month))
    cases = Case.objects.filter(kind__in=COUNTED, created_at__lt=end).filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=month)
    )
    kinds = dict(cases.values_list("pk", "kind"))
    keys = sorted(kinds)
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        facts: dict[int, list[ClockFact]] = defaultdict(list)
        stopped: set[int] = set()
        entries: Any = ClockEntry.objects.filter(case_id__in=some, event__at__lt=end)
        for entry in entries.annotate(written_at=F("event__at")).order_by("case_id", "id"):
            facts[entry.case_id].append(entry.fact())
            if entry.kind == FactKind.STOP and entry.written_at >= begin:
                stopped.add(entry.case_id)
        held = _holders(some, end)
        yield from (
            Then(key, held[key], kinds[key], facts[key], key in stopped) for key in some if facts[key]
        )


def compute(month: date, days: WorkdayCalendar, as_of: date) -> list[Line]:
    """The lines of a month from the log, in the order of units and kinds; of one that runs on, as it stands that day."""
    last_day = min(month_after(month) - timedelta(days=1), as_of)
    counts: dict[tuple[int, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for then in _log(month):
        _count(counts[then.unit_id, then.kind], then, (month, last_day), days)
    return [
        Line(unit, kind, **dict(found))
        for (unit, kind), found in sorted(counts.items())
        if any(found.values())
    ]


def overdue_at(month: date, days: WorkdayCalendar, as_of: date) -> list[tuple[int, int, date]]:
    """(case, unit, due date) of what was open and overdue at the month's end, as the log had it then; oldest first."""
    last_day = min(month_after(month) - timedelta(days=1), as_of)
    found = []
    for then in _log(month):
        state = fold(then.facts, days, as_of=last_day)
        if state.stopped_on is None and state.overdue(last_day) and state.due_on is not None:
            found.append((then.case_id, then.unit_id, state.due_on))
    return sorted(found, key=lambda row: (row[2], row[0]))


def _holders(keys: Sequence[int], end: datetime) -> dict[int, int]:
    last = (
        CaseEvent.objects.filter(case_id__in=keys, at__lt=end)
        .order_by()
        .values("case_id")
        .annotate(last=Max("id"))
    )
    rows = CaseEvent.objects.filter(pk__in=[row["last"] for row in last]).values_list("case_id", "unit_id")
    return {case_id: unit_id or 0 for case_id, unit_id in rows}


def _count(found: dict[str, int], then: Then, span: tuple[date, date], days: WorkdayCalendar) -> None:
    month, last_day = span
    state = fold(then.facts, days, as_of=last_day)
    started = next((fact.on for fact in then.facts if fact.kind is FactKind.START), None)
    if started is not None and month <= started <= last_day:
        found["received"] += 1
    if state.stopped_on is None:
        found["open"] += 1
        found["overdue"] += state.overdue(last_day)
    elif month <= state.stopped_on <= last_day or (then.stopped_in and state.stopped_on < month):
        found["closed"] += 1
        found["in_time"] += not state.overdue(last_day)
        found["workdays"] += state.elapsed or 0


def lines_of(month: date) -> list[Line]:
    """The lines of a month: frozen if it is over and frozen, else from the log as it stands."""
    frozen = FiguresMonth.objects.filter(month=month).first()
    if frozen is not None:
        return [Line(**row) for row in frozen.lines]
    return compute(month, calendar(), timezone.localdate())


@transaction.atomic
def freeze_month(*, month: date, at: datetime) -> FiguresMonth:
    """Write down a month that is over, once. Raises InvalidInput for one that is not."""
    if timezone.localdate(at) < month_after(month) or month.day != 1:
        raise InvalidInput("该月尚未结束")
    found = FiguresMonth.objects.filter(month=month).first()
    if found is not None:
        return found
    lines = [asdict(line) for line in compute(month, calendar(), timezone.localdate(at))]
    digest = sha256(canonical({"month": month.isoformat(), "lines": lines}).encode()).hexdigest()
    return FiguresMonth.objects.create(month=month, lines=lines, sha256=digest, made_at=at)


def freeze_past(*, at: datetime) -> int:
    """Freeze every month that is over and is not frozen yet, from the first case on. Gives how many."""
    first = (
        Case.objects.filter(kind__in=COUNTED)
        .order_by("created_at")
        .values_list("created_at", flat=True)
        .first()
    )
    if first is None:
        return 0
    this_month = timezone.localdate(at).replace(day=1)
    frozen = set(FiguresMonth.objects.values_list("month", flat=True))
    months = months_between(timezone.localdate(first), this_month - timedelta(days=1))
    missing = [month for month in months if month not in frozen]
    for month in missing:
        freeze_month(month=month, at=at)
    return len(missing)


def totals(months: Iterable[Sequence[Line]], by: str) -> dict[Any, Total]:
    """Months of lines (in order) taken together by "unit_id", "kind" or "" (one total under "")."""
    sums: dict[Any, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for lines in months:
        for found in sums.values():
            found["open"] = found["overdue"] = 0
        for line in lines:
            found = sums[getattr(line, by) if by else ""]
            for name in ("received", "closed", "in_time", "workdays", "open", "overdue"):
                found[name] += getattr(line, name)
    names = ("received", "closed", "in_time", "workdays", "open", "overdue")
    return {key: Total(*(found[name] for name in names)) for key, found in sums.items()}
