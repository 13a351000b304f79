"""The figures counted a second time, from the bare rows and without the walk: what an operator may compare them with.

A state at the end of a month is read from the last event before it; what happened in a month is the difference of states
and the number of times that the case entered and left the closed ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from portal.cases.models import CaseEvent, ClockEntry
from portal.core.workdays import WorkdayCalendar
from portal.supervision.figures.log import COUNTED, closed_states
from portal.supervision.figures.months import compute_all, last_day_of
from portal.supervision.figures.walk import DOORS

Row = tuple[date, int, str, str, tuple[tuple[str, date], ...]]
Sums = dict[tuple[date, int, str], dict[str, int]]


@dataclass(frozen=True)
class Difference:
    """A figure that the two ways of counting do not agree on, or a line that does not add up."""

    month: date
    unit_id: int
    kind: str
    name: str
    counted: int
    again: int


def _rows() -> dict[int, tuple[str, list[Row]]]:
    written: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for event, kind, on in ClockEntry.objects.order_by("id").values_list("event_id", "kind", "on"):
        written[event].append((kind, on))
    found: dict[int, tuple[str, list[Row]]] = {}
    events: Any = CaseEvent.objects.filter(case__kind__in=COUNTED).order_by("case_id", "seq")
    for pk, case, kind, at, unit, before, after in events.values_list(
        "pk", "case_id", "case__kind", "at", "unit_id", "from_state", "to_state"
    ):
        row = (timezone.localdate(at), unit or 0, before, after, tuple(written.get(pk, ())))
        found.setdefault(case, (kind, []))[1].append(row)
    return found


def _marks(kind: str, rows: list[Row]) -> list[tuple[date, str]]:
    """(day, "in" or "out") of every beginning and end, by the states and the clock's bare entries."""
    closed = closed_states(kind)
    marks: list[tuple[date, str]] = []
    for number, (day, _, before, after, clock) in enumerate(rows):
        names = [name for name, _ in clock]
        going = bool(marks) and marks[-1][1] == "in"
        leaves = before in closed and after not in closed
        if not marks and ("start" in names or (number == 0 and kind in DOORS)):
            marks.append((day, "in"))
        elif marks and not going and leaves and marks[-1][0] > day:
            marks.pop()
        elif marks and not going and before != after and {before, after} <= closed and marks[-1][0] > day:
            marks[-1] = (day, "out")
        elif marks and not going and (leaves or "restart" in names or "reopen" in names):
            marks.append((day, "in"))
        going = bool(marks) and marks[-1][1] == "in"
        stops = [on for name, on in clock if name == "stop"]
        if going and (stops or (after in closed and before not in closed)):
            marks.append((max(day, *stops[-1:]) if stops else day, "out"))
    return marks


def count_again(months: Sequence[date], as_of: date) -> Sums:
    """received, closed, open, carried, moved_in, moved_out by (month, unit, kind), both handlings together."""
    sums: Sums = defaultdict(lambda: defaultdict(int))
    for kind, rows in _rows().values():
        marks = _marks(kind, rows)
        for month in months:
            last, before = last_day_of(month, as_of), month - timedelta(days=1)
            if rows[0][0] > last:
                continue
            unit = [row[1] for row in rows if row[0] <= last][-1]
            mine = sums[month, unit, kind]
            mine["received"] += sum(month <= day <= last for day, way in marks if way == "in")
            mine["closed"] += sum(month <= day <= last for day, way in marks if way == "out")
            mine["open"] += _is_open(marks, last)
            if _is_open(marks, before):
                former = [row[1] for row in rows if row[0] <= before][-1]
                sums[month, former, kind]["carried"] += 1
                if former != unit:
                    sums[month, former, kind]["moved_out"] += 1
                    mine["moved_in"] += 1
    return sums


def _is_open(marks: list[tuple[date, str]], day: date) -> bool:
    past = [way for on, way in marks if on <= day]
    return bool(past) and past[-1] == "in"


NAMES = ("received", "closed", "open", "carried", "moved_in", "moved_out")


def differences(months: Sequence[date], days: WorkdayCalendar, as_of: date) -> list[Difference]:
    """Every figure of these months on which the two counts differ, and every line that does not add up."""
    counted: Sums = defaultdict(lambda: defaultdict(int))
    found = []
    for month, lines in compute_all(months, days, as_of).items():
        for line in lines:
            left = line.carried + line.received + line.moved_in
            right = line.closed + line.moved_out + line.open
            if left != right:
                found.append(Difference(month, line.unit_id, line.kind, "sum", left, right))
            for name in NAMES:
                counted[month, line.unit_id, line.kind][name] += getattr(line, name)
    again = count_again(months, as_of)
    for key in sorted(counted.keys() | again.keys()):
        for name in NAMES:
            if counted[key][name] != again[key][name]:
                found.append(Difference(*key, name, counted[key][name], again[key][name]))
    return found
