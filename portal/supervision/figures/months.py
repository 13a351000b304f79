"""The figures of a month: what the log said at its end, so that a past month never changes.

A month that is over is frozen on first asking by the job; one that runs on is counted from the log as it stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from portal.cases.models import Case
from portal.core.chain import canonical
from portal.core.errors import InvalidInput
from portal.core.workdays import WorkdayCalendar
from portal.holidays.calendars import calendar
from portal.supervision.figures.lines import Line, Total, totals
from portal.supervision.figures.log import COUNTED, lives_in
from portal.supervision.figures.walk import Life
from portal.supervision.models import FiguresMonth

__all__ = ["COUNTED", "Line", "Total", "totals"]

Key = tuple[int, str, bool]
Counts = dict[Key, dict[str, int]]


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


def last_day_of(month: date, as_of: date) -> date:
    """The last day of a month, of one that runs on the day as of which it is counted."""
    return min(month_after(month) - timedelta(days=1), as_of)


def compute(month: date, days: WorkdayCalendar, as_of: date) -> list[Line]:
    """The lines of a month from the log, in the order of units and kinds; of one that runs on, as it stands that day."""
    return compute_all([month], days, as_of)[month]


def compute_all(months: Sequence[date], days: WorkdayCalendar, as_of: date) -> dict[date, list[Line]]:
    """The lines of several months, counted in one reading of the log."""
    counts: dict[date, Counts] = {month: defaultdict(lambda: defaultdict(int)) for month in months}
    if months:
        for life in lives_in(min(months), month_after(max(months)), days):
            for month in months:
                _count(counts[month], life, month, last_day_of(month, as_of), days)
    return {month: _lines(found) for month, found in counts.items()}


def _lines(counts: Counts) -> list[Line]:
    return [
        Line(unit_id=unit, kind=kind, again=again, **dict(found))
        for (unit, kind, again), found in sorted(counts.items())
        if any(found.values())
    ]


def _count(counts: Counts, life: Life, month: date, last_day: date, days: WorkdayCalendar) -> None:
    """What one case adds to a month: to the lines of who holds it at the end, and of who passed it on."""
    if life.steps[0].day > last_day:
        return
    before = month - timedelta(days=1)
    holder = life.holder(last_day)
    carried = life.open_at(before)
    if carried is not None:
        former = life.holder(before)
        counts[former, life.kind, carried.again]["carried"] += 1
        if former != holder:
            counts[former, life.kind, carried.again]["moved_out"] += 1
            counts[holder, life.kind, carried.again]["moved_in"] += 1
    for stretch in life.stretches:
        found = counts[holder, life.kind, stretch.again]
        if month <= stretch.since <= last_day:
            found["received"] += 1
        if stretch.ended is not None and month <= stretch.ended <= last_day:
            found["closed"] += 1
            found["judged"] += stretch.judged
            found["in_time"] += stretch.judged and not stretch.late
            found["workdays"] += stretch.workdays
        elif stretch.since <= last_day and (stretch.ended is None or stretch.ended > last_day):
            due = life.due_at(last_day, days)
            found["open"] += 1
            found["overdue"] += due is not None and due < last_day


def overdue_at(month: date, days: WorkdayCalendar, as_of: date) -> list[tuple[int, int, date]]:
    """(case, unit, due date) of what was open and overdue at the month's end, as the log had it then; oldest first."""
    last_day = last_day_of(month, as_of)
    found = []
    for life in lives_in(month, month_after(month), days):
        due = life.due_at(last_day, days)
        if due is not None and due < last_day:
            found.append((life.case_id, life.holder(last_day), due))
    return sorted(found, key=lambda row: (row[2], row[0]))


def lines_of(month: date) -> list[Line]:
    """The lines of a month: frozen if it is over and frozen, else from the log as it stands; without those of units that
    only passed cases on."""
    return [line for line in lines_between([month])[0] if line.counted_in]


def lines_between(months: Sequence[date]) -> list[list[Line]]:
    """The lines of each of the months, those of units that passed cases on included; three queries however many there are."""
    frozen = {row.month: row.lines for row in FiguresMonth.objects.filter(month__in=list(months))}
    fresh = compute_all([month for month in months if month not in frozen], calendar(), timezone.localdate())
    return [[Line(**row) for row in frozen[month]] if month in frozen else fresh[month] for month in months]


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
