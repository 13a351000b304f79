"""One request as the annual report sees it: received in a year, ended in a year, by which row, for which unit.

A past year counts the same however often and whenever it is counted:

* the day of receipt decides; a request that the unit has not confirmed in the days it has for that counts as received on
  the last of them, whatever is registered later, and before that day in no year (one of 31 December that is confirmed on
  5 January is the new year's, before and after it is registered);
* a request ends once, in the year of its first ending, as the last ending of that year says; what is reopened or answered
  anew later changes no earlier year and is not carried over;
* the day on which the clock stopped is the day of the end, whenever it was written down;
* in each year it is counted for the unit that had it at that year's end, or at its ending.

Only what is recorded after New Year with a day of the old year (a letter received in December, entered in January) still
moves a year's figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from portal.cases.holding import holders
from portal.cases.models import CaseEvent, ClockEntry
from portal.core.clock import FactKind
from portal.core.limits import YUXI_DAY, limit
from portal.holidays.calendars import calendar
from portal.units.models import Unit
from requests_app.annual.rows import column_of, row_of
from requests_app.choices import KIND, ReplyKind, State
from requests_app.models import ReplyItem

CLOSED = (State.ANSWERED, State.WITHDRAWN, State.ABANDONED, State.ENDED)
SUBMIT, LAPSE_FEE = "submit", "lapse_fee"
WITH_DETAIL = (ReplyKind.REFUSE, ReplyKind.NOT_PROCESSED)


@dataclass(frozen=True)
class Life:
    """One request: received, and ended by the row, or still open at the year's end; `unit_id` has it in that year."""

    case_id: int
    column: str
    received_on: date
    closed_on: date | None
    row: str
    late: bool | None
    unit_id: int


@dataclass(frozen=True)
class Ending:
    """How, on which day and in which unit a request ended; `late` as recorded with the reply, None where it is not."""

    case_id: int
    on: date
    outcome: str
    late: bool | None
    unit_id: int
    ground: str
    reason: str


@dataclass(frozen=True)
class _Course:
    """What the log says of one request: when it came in, how it ended, in order."""

    case_id: int
    column: str
    received_on: date
    endings: tuple[Ending, ...]


def begin_of(year: int) -> datetime:
    """The first moment of a year in the city."""
    return datetime(year, 1, 1, tzinfo=timezone.get_current_timezone())


def lives(year: int, unit: Unit | None) -> list[Life]:
    """The requests received by the year's end and not ended before it began: of a unit, or of the whole city."""
    courses = [course for course in _courses(year, unit) if _counts(course, year)]
    ended = {course.case_id: _ending(course, year) for course in courses}
    later = begin_of(year + 1)
    had = holders({key: later for key, end in ended.items() if end is None})
    details = _details(
        entry.case_id
        for entry in ended.values()
        if entry is not None and entry.outcome in WITH_DETAIL and not entry.ground and not entry.reason
    )
    found = [_life(course, ended[course.case_id], had, details) for course in courses]
    return [life for life in found if unit is None or life.unit_id == unit.pk]


def _counts(course: _Course, year: int) -> bool:
    if course.received_on.year > year:
        return False
    return not course.endings or course.endings[0].on.year >= year


def _ending(course: _Course, year: int) -> Ending | None:
    """The last ending of the year if the first one is in it; None for one that was open at the year's end."""
    if not course.endings or course.endings[0].on.year > year:
        return None
    return [entry for entry in course.endings if entry.on.year == year][-1]


def _life(
    course: _Course, end: Ending | None, had: dict[int, int], details: dict[int, tuple[str, str]]
) -> Life:
    if end is None:
        first = course.endings[0].on if course.endings else None
        return Life(course.case_id, course.column, course.received_on, first, "", None, had[course.case_id])
    ground, reason = details.get(course.case_id, (end.ground, end.reason))
    row = row_of(end.outcome, ground, reason)
    return Life(course.case_id, course.column, course.received_on, end.on, row, end.late, end.unit_id)


# from the log ---------------------------------------------------------------------------------------------


def _closings(events: QuerySet[CaseEvent]) -> QuerySet[CaseEvent]:
    """The events that closed a case; steps after the end keep its state and are none."""
    return events.filter(to_state__in=CLOSED).exclude(from_state__in=CLOSED)


def _courses(year: int, unit: Unit | None) -> Iterator[_Course]:
    """Every request that may count in the year: one query, ordered by request."""
    events = CaseEvent.objects.filter(case__kind=KIND)
    if unit is not None:
        there = CaseEvent.objects.filter(case_id=OuterRef("case_id"), unit_id=unit.pk)
        events = events.filter(Q(case__unit=unit) | Exists(there))
    over = _closings(CaseEvent.objects.filter(case_id=OuterRef("case_id"), at__lt=begin_of(year)))
    received = Q(case__received_on__lt=date(year + 1, 1, 1)) | Q(case__created_at__lt=begin_of(year + 1))
    closing = Q(to_state__in=CLOSED) & ~Q(from_state__in=CLOSED)
    stop = ClockEntry.objects.filter(event_id=OuterRef("pk"), kind=FactKind.STOP).order_by("-pk")
    rows = (
        events.filter(~Exists(over), received)
        .filter(Q(kind=SUBMIT) | closing)
        .annotate(
            stopped_on=Subquery(stop.values("on")[:1]),
            received_on=F("case__received_on"),
            submitted_at=F("case__created_at"),
            who=F("case__disclosurerequest__applicant_kind"),
            organisation=F("case__disclosurerequest__organisation_kind"),
        )
        .order_by("case_id", "seq")
        .values(
            "case_id",
            "kind",
            "at",
            "to_state",
            "unit_id",
            "facts",
            "stopped_on",
            "received_on",
            "submitted_at",
            "who",
            "organisation",
        )
    )
    for case_id, group in groupby(rows.iterator(chunk_size=2000), key=lambda row: row["case_id"]):
        yield _course(case_id, list(group))


def _course(case_id: int, rows: Sequence[Mapping[str, Any]]) -> _Course:
    endings = tuple(_read(row) for row in rows if row["kind"] != SUBMIT)
    first = rows[0]
    known = first["received_on"] or (endings[0].on if endings else None)
    days = [day for day in (known, _confirmed_by(timezone.localdate(first["submitted_at"]))) if day]
    return _Course(case_id, column_of(first["who"], first["organisation"]), min(days), endings)


def _confirmed_by(submitted_on: date) -> date:
    """The last of the working days that the unit has to confirm what was submitted."""
    return calendar().add(submitted_on, limit("disclosure.registration", on=max(submitted_on, YUXI_DAY)).days)


def _read(row: Mapping[str, Any]) -> Ending:
    facts = row["facts"]
    return Ending(
        row["case_id"],
        row["stopped_on"] or timezone.localdate(row["at"]),
        _outcome(row["kind"], row["to_state"], facts),
        facts.get("late"),
        row["unit_id"],
        facts.get("ground", ""),
        facts.get("reason_code", ""),
    )


def _outcome(kind: str, state: str, facts: dict[str, Any]) -> str:
    if state == State.ANSWERED:
        return str(facts["reply_kind"])
    return "unpaid" if kind == LAPSE_FEE else state


def _details(cases: Iterable[int]) -> dict[int, tuple[str, str]]:
    """(ground, reason) of the first item of each reply that has one; for endings whose event does not name them."""
    rows = (
        ReplyItem.objects.filter(reply__request_id__in=list(cases))
        .exclude(ground="", reason="")
        .order_by("reply__request_id", "-position")
        .values_list("reply__request_id", "ground", "reason")
    )
    found: dict[int, tuple[str, str]] = {}
    for case_id, ground, reason in rows:
        known = found.get(case_id, ("", ""))
        found[case_id] = (ground or known[0], reason or known[1])
    return found
