"""Stored dates that hang on the working-day calendar: each app declares its own in `periods.py`.

A due date is the fold of the clock, and counts itself. Every other stored date that is so many working days after some
day is declared here, with its start, its length, and who was told of it; a holiday notice then moves them all, and the
preview of a notice shows them all. A date that somebody picked by hand on the calendar is no such period: it moves only
where the law's shortest term demands it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from portal.cases.models import Case, ClockEntry
from portal.core.clock import ClockFact, ClockState, fold
from portal.core.workdays import WorkdayCalendar

CHUNK = 1000
DUE, INTERNAL = "due", "internal"
BY_NOTICE, BY_RULE = "因放假安排公布或者更正", "因期限计算规则更正"


@dataclass(frozen=True)
class DateMoved:
    """A stored date of a case that moves: which, called what, from when to when, and why (how a sentence begins)."""

    code: str
    title: str
    before: date
    after: date
    why: str = BY_NOTICE


@dataclass(frozen=True)
class StoredPeriod:
    """One column that keeps the last day of so many working days.

    `rows` are those whose date still decides something; `case` names the row's foreign key to its case, "" for a row
    that is the case itself. `last_day` counts the date anew; None for a row whose date was picked by hand. `tell` sends
    word to those who had been told the older date.
    """

    code: str
    title: str
    field: str
    rows: Callable[[], QuerySet[Any]]
    last_day: Callable[[Any, WorkdayCalendar], date | None]
    case: str = ""
    tell: Callable[[Any, Any, DateMoved, datetime], None] | None = None

    def case_id(self, row: Any) -> int:
        """The key of the case that the row belongs to."""
        return int(getattr(row, f"{self.case}_id") if self.case else row.pk)

    def moved(self, row: Any, calendar: WorkdayCalendar) -> DateMoved | None:
        """How that calendar moves the row's date; None if it does not."""
        before, after = getattr(row, self.field), self.last_day(row, calendar)
        if before is None or after is None or before == after:
            return None
        return DateMoved(self.code, self.title, before, after)

    def of_case(self, case: Case) -> QuerySet[Any]:
        """The running rows of one case."""
        return self.rows().filter(**{f"{self.case}_id" if self.case else "pk": case.pk})


PERIODS: dict[str, StoredPeriod] = {}
DUE_WORD: dict[str, Callable[[Any, DateMoved, datetime], None]] = {}


def declare(*periods: StoredPeriod) -> None:
    """Add periods; called from an app's `periods.py`."""
    PERIODS.update({period.code: period for period in periods})


def declare_word(kind: str, tell: Callable[[Any, DateMoved, datetime], None]) -> None:
    """Say who of a kind of case is told when its due date (code `due`) or its internal date (`internal`) moves."""
    DUE_WORD[kind] = tell


def up_to_date(code: str, row: Any, calendar: WorkdayCalendar) -> Any:
    """The row with its date as the calendar gives it now, not saved: a step must not judge by a date that a new notice
    has moved but no job has recounted yet."""
    period = PERIODS[code]
    change = period.moved(row, calendar)
    if change is not None:
        setattr(row, period.field, change.after)
    return row


def clocks(calendar: WorkdayCalendar, *, closed: bool = False) -> Iterator[tuple[Case, ClockState]]:
    """Every open case with a due date, or every closed one, and its clock folded by that calendar."""
    wanted = Case.objects.filter(due_on__isnull=False, closed_on__isnull=not closed)
    for keys in _chunks(list(wanted.order_by("pk").values_list("pk", flat=True))):
        cases = wanted.for_lists().in_bulk(keys)
        facts: dict[int, list[ClockFact]] = defaultdict(list)
        for entry in ClockEntry.objects.filter(case_id__in=cases).order_by("id"):
            facts[entry.case_id].append(entry.fact())
        for key, some in facts.items():
            yield cases[key], fold(some, calendar)


def moves(calendar: WorkdayCalendar) -> Iterator[tuple[int, DateMoved]]:
    """(case, what moves) for every stored date but the due dates; nothing is written."""
    for period in PERIODS.values():
        for row in period.rows().order_by("pk").iterator(chunk_size=CHUNK):
            change = period.moved(row, calendar)
            if change is not None:
                yield period.case_id(row), change


def _chunks(keys: list[int]) -> Iterable[list[int]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def _internal(case: Any, calendar: WorkdayCalendar) -> date | None:
    return calendar.add(case.internal_since, case.internal_days) if case.internal_days else None


declare(
    StoredPeriod(
        INTERNAL,
        "内部办理时限",
        "internal_due_on",
        lambda: Case.objects.open().filter(internal_due_on__isnull=False, internal_days__gt=0),
        _internal,
    )
)
