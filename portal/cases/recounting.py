"""Counting stored dates anew after a change of the calendar: one event a date, and word to those who knew the old one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from portal.cases.models import Case, CaseEvent, CountedBy
from portal.cases.periods import (
    BY_NOTICE,
    DUE,
    DUE_WORD,
    INTERNAL,
    PERIODS,
    DateMoved,
    StoredPeriod,
    clocks,
    moves,
)
from portal.cases.registry import KINDS
from portal.cases.steps import apply_clock, record, running_due
from portal.cases.transitions import StepFacts
from portal.core.actors import SYSTEM, Actor
from portal.core.workdays import WorkdayCalendar

DUE_TITLE = "办理期限"
SETTLING = timedelta(days=2)


@dataclass(frozen=True)
class MovedDate:
    """A stored date of an open case that another calendar would move."""

    case: Case
    title: str
    before: date
    after: date


def dates_moved_by(calendar: WorkdayCalendar) -> list[MovedDate]:
    """Every stored date that that calendar would move, in the order of the new dates; nothing is written."""
    found = [
        MovedDate(case, DUE_TITLE, case.due_on, state.due_on)
        for case, state in clocks(calendar)
        if case.due_on is not None and state.due_on is not None and case.due_on != running_due(case, state)
    ]
    others = list(moves(calendar))
    cases = Case.objects.filter(pk__in={key for key, _ in others}).for_lists().in_bulk()
    found += [MovedDate(cases[key], change.title, change.before, change.after) for key, change in others]
    return sorted(found, key=lambda moved: (moved.after, moved.case.pk, moved.title))


def recount_dates(*, calendar: WorkdayCalendar, at: datetime) -> int:
    """Count every stored date anew, each case in its own transaction; gives how many dates changed.

    The due date of a closed case moves too, so that what is stored is what the clock gives, but nobody is told of it.
    A second run changes nothing.
    """
    stale = {
        case.pk
        for closed in (False, True)
        for case, state in clocks(calendar, closed=closed)
        if (case.due_on, case.due_provisional) != (running_due(case, state), state.provisional)
    }
    stale |= {key for key, _ in moves(calendar)}
    done = sum(len(recount_case(key, calendar=calendar, at=at)) for key in sorted(stale))
    CountedBy.note(calendar.digest(), at)
    return done


def recount_if_moved(*, calendar: WorkdayCalendar, at: datetime) -> int:
    """Count anew if the calendar is not the one by which all dates were counted last; for jobs that run often.

    A date that differs although the calendar is the same comes from a mended rule: `mended_dates` lists it, and a
    person decides. For `SETTLING` after a change everything is counted again, for what a process with the older
    calendar has still written.
    """
    last = CountedBy.objects.first()
    if last is None or last.digest != calendar.digest():
        return recount_dates(calendar=calendar, at=at)
    settled = last.since is None or at - last.since > SETTLING
    return 0 if settled else recount_dates(calendar=calendar, at=at)


@dataclass(frozen=True)
class Cause:
    """Who has the dates counted anew, how the sentence about it begins, and the reason to be kept sealed."""

    actor: Actor = SYSTEM
    why: str = BY_NOTICE
    reason: str = ""

    def facts(self, case: Case, **public: Any) -> StepFacts:
        """What is recorded: of another cause than a notice also which, of a closed case that it was closed."""
        told = {"why": self.why} if self.why != BY_NOTICE else {}
        shut = {"closed": True} if case.closed_on is not None else {}
        return StepFacts(public={**public, **told, **shut}, private=self.reason)


NOTICE = Cause()


@transaction.atomic
def recount_case(
    key: int, *, calendar: WorkdayCalendar, at: datetime, cause: Cause = NOTICE
) -> list[CaseEvent]:
    """Count the stored dates of one case anew, with an event each; those who knew an older date are told the new one."""
    kind = Case.objects.values_list("kind", flat=True).get(pk=key)
    case: Any = KINDS[kind].model._base_manager.select_for_update().get(pk=key)
    events = [event for event in (_recount_due(case, calendar, at, cause),) if event is not None]
    for period in PERIODS.values():
        for row in period.of_case(case).select_for_update(of=("self",)):
            event = _recount(case, row if period.case else case, period, calendar, at, cause)
            events += [event] if event is not None else []
    return events


def _recount_due(case: Any, calendar: WorkdayCalendar, at: datetime, cause: Cause) -> CaseEvent | None:
    before = case.due_on
    if (before is None and cause is NOTICE) or not apply_clock(case, calendar):
        return None
    facts = cause.facts(case, due_before=before, due_after=case.due_on, provisional=case.due_provisional)
    event = record(case, "recompute", case.state, facts, actor=cause.actor, at=at)
    case.save()
    if before is not None and case.due_on is not None and before != case.due_on:
        _tell(case, case, DateMoved(DUE, DUE_TITLE, before, case.due_on, cause.why), at)
    return event


def _recount(
    case: Any, row: Any, period: StoredPeriod, calendar: WorkdayCalendar, at: datetime, cause: Cause
) -> CaseEvent | None:
    change = period.moved(row, calendar)
    if change is None:
        return None
    change = replace(change, why=cause.why)
    setattr(row, period.field, change.after)
    if row is not case:
        row.save(update_fields=[period.field])
    facts = cause.facts(
        case, period=change.code, title=change.title, before=change.before, after=change.after
    )
    event = record(case, "recompute", case.state, facts, actor=cause.actor, at=at)
    _tell(case, row, change, at)
    case.save()
    return event


def _tell(case: Any, row: Any, change: DateMoved, at: datetime) -> None:
    """Word to those who knew the older date; of a closed case nobody waits for it any more."""
    if case.closed_on is not None:
        return
    if change.code in (DUE, INTERNAL):
        word = DUE_WORD.get(case.kind)
        if word is not None:
            word(case, change, at)
    elif (tell := PERIODS[change.code].tell) is not None:
        tell(case, row, change, at)
