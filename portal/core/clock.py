"""The statutory clock: the due date as a pure fold over what happened to a case.

A fact is one thing that touches the clock. Order of facts is the order they were recorded in.

* start(on, days)    the period begins; `on` is not counted
* start(on, until)   a period in calendar days, given by its last day; holidays do not move it
* pause(on, until)   `on` is the first day not counted; `until`, if known, the day the wait must end; with `since`
                     that day is the `days`-th working day after `since`, whatever `until` said when it was written
* resume(on, until)  the cause of the key has ended: no day after `on` stands still for it, in none of its pauses. With
                     `until` a day past the end of the wait counts as that end
* void(key)          the cause of the key never was, or is told anew: all its pauses are dropped
* extend(days)       the period grows
* restart(on)        the period begins anew on that day, with nothing of the former one: its extension is spent (a
                     correction or a payment arrived, a decision on review was received)
* suspend(on)        waiting for a correction: no due date until restart
* stop(on)           the case is answered or closed; the latest one counts
* reopen(on)         the stop never was: the period goes on as if nothing had ended

All days are calendar dates; all lengths are working days. A period in calendar days knows no pause and no extension. Overlapping pauses are counted once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from portal.core.workdays import WorkdayCalendar, WorkdayTerm

ONE_DAY = timedelta(days=1)


class FactKind(StrEnum):
    """The facts that move a clock."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    RESTART = "restart"
    SUSPEND = "suspend"
    STOP = "stop"
    VOID = "void"
    REOPEN = "reopen"


@dataclass(frozen=True)
class ClockFact:
    """One fact: see the module for which fields each kind uses. `key` pairs a pause with its resume."""

    kind: FactKind
    on: date
    days: int = 0
    until: date | None = None
    key: str = ""
    reason: str = ""
    basis: str = ""
    since: date | None = None


def waiting(on: date, term: WorkdayTerm, *, key: str, reason: str, basis: str) -> ClockFact:
    """A pause from `on` that lasts at most to the end of a term; the end moves with the calendar if it is counted in days."""
    since = term.since if term.days else None
    return ClockFact(FactKind.PAUSE, on, term.days, term.last, key, reason, basis, since)


@dataclass(frozen=True)
class Pause:
    """A stretch of days that is not counted, both ends included; `last` is None while it lasts."""

    first: date
    last: date | None
    until: date | None
    reason: str
    basis: str
    key: str = ""


@dataclass(frozen=True)
class ClockState:
    """The clock after all facts.

    due_on: None before start, while suspended, and while a pause without a limit lasts.
    remaining: working days left on `as_of` (negative when overdue, on the days off after the due date too); None if there is
        no due date.
    provisional: the due date runs past the last announced year.
    """

    started_on: date | None
    limit_days: int
    due_on: date | None
    elapsed: int | None
    remaining: int | None
    pauses: tuple[Pause, ...]
    paused_since: date | None
    suspended_since: date | None
    stopped_on: date | None
    provisional: bool
    facts: tuple[ClockFact, ...]

    @property
    def is_running(self) -> bool:
        """True while days are being counted."""
        return (
            self.started_on is not None
            and self.stopped_on is None
            and self.paused_since is None
            and self.suspended_since is None
        )

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Why no days are counted: the reasons of the pauses that last and of the suspension; none once it stopped."""
        if self.stopped_on is not None:
            return ()
        reasons = [pause.reason for pause in self.pauses if pause.last is None]
        if self.suspended_since is not None:
            suspensions = (fact for fact in reversed(self.facts) if fact.kind is FactKind.SUSPEND)
            reasons.append(next(suspensions).reason)
        return tuple(dict.fromkeys(reasons))

    def overdue(self, as_of: date) -> bool:
        """True if the due date lies before the day it was answered, or before `as_of`."""
        return self.due_on is not None and (self.stopped_on or as_of) > self.due_on


def _merge(pauses: list[Pause]) -> list[tuple[date, date]]:
    """Closed stretches, merged where they overlap or touch, in order."""
    spans = sorted((p.first, p.last or p.until) for p in pauses if (p.last or p.until) is not None)
    merged: list[tuple[date, date]] = []
    for first, last in spans:
        if last is None or last < first:
            continue
        if merged and first <= merged[-1][1] + ONE_DAY:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def due_date(start: date, days: int, pauses: Iterable[tuple[date, date]], calendar: WorkdayCalendar) -> date:
    """The `days`-th working day after `start` that lies in none of the merged, ordered pauses."""
    due = calendar.add(start, days)
    for first, last in pauses:
        if last <= start:
            continue
        if first > due:
            break
        skipped = calendar.between(max(first - ONE_DAY, start), last)
        if skipped > 0:
            remaining_after = days - _counted(start, last, pauses, calendar)
            due = calendar.add(last, remaining_after)
    return due


def _counted(start: date, end: date, pauses: Iterable[tuple[date, date]], calendar: WorkdayCalendar) -> int:
    """Working days after `start` up to `end` that lie in no pause; the pauses are merged and ordered."""
    if end <= start:
        return 0
    counted = calendar.between(start, end)
    for first, last in pauses:
        low, high = max(first - ONE_DAY, start), min(last, end)
        if high > low:
            counted -= calendar.between(low, high)
    return counted


def fold(facts: Iterable[ClockFact], calendar: WorkdayCalendar, *, as_of: date | None = None) -> ClockState:
    """The state of the clock after all facts; pure.

    Raises ValueError for an impossible order (resume without pause, anything before start).
    """
    ordered = tuple(facts)
    started: date | None = None
    fixed: date | None = None
    limit_days = extension = 0
    pauses: list[Pause] = []
    waiting_for: set[str] = set()
    suspended: date | None = None
    stopped: date | None = None
    for fact in ordered:
        if fact.kind is FactKind.START:
            if started is not None:
                raise ValueError("时钟已经开始，不能重复开始")
            started, limit_days, fixed = fact.on, fact.days, fact.until
            continue
        if started is None:
            raise ValueError("时钟尚未开始")
        if fixed is not None and fact.kind not in (FactKind.STOP, FactKind.REOPEN):
            raise ValueError("按自然日计算的期限不停止、不延长")
        if fact.kind is FactKind.PAUSE:
            if fact.key in waiting_for:
                raise ValueError("该事项的计时已经停止")
            waiting_for.add(fact.key)
            pauses.append(Pause(fact.on, None, _end_of(fact, calendar), fact.reason, fact.basis, fact.key))
        elif fact.kind is FactKind.RESUME:
            if fact.key not in waiting_for:
                raise ValueError("没有可恢复的计时停止")
            waiting_for.discard(fact.key)
            pauses = [_ended(pause, fact) for pause in pauses]
        elif fact.kind is FactKind.VOID:
            waiting_for.discard(fact.key)
            pauses = [pause for pause in pauses if pause.key != fact.key]
        elif fact.kind is FactKind.EXTEND:
            extension += fact.days
        elif fact.kind is FactKind.SUSPEND:
            suspended = fact.on
        elif fact.kind is FactKind.RESTART:
            started, suspended, stopped, extension = fact.on, None, None, 0
            limit_days = fact.days or limit_days
        elif fact.kind is FactKind.STOP:
            stopped = fact.on
        elif fact.kind is FactKind.REOPEN:
            stopped = None
    if started is not None and fixed is not None:
        return _fixed_state(ordered, started, fixed, stopped, calendar, as_of)
    return _state(ordered, started, limit_days + extension, pauses, suspended, stopped, calendar, as_of)


def _ended(pause: Pause, fact: ClockFact) -> Pause:
    """The pause as an end of its key leaves it: no day after the end, and none after its own longest if that counts."""
    if pause.key != fact.key:
        return pause
    if pause.last is not None:
        return replace(pause, last=min(pause.last, fact.on))
    bounded = fact.until is not None and pause.until is not None
    return replace(pause, last=min(fact.on, pause.until) if bounded and pause.until else fact.on)


def _end_of(pause: ClockFact, calendar: WorkdayCalendar) -> date | None:
    return calendar.add(pause.since, pause.days) if pause.since is not None else pause.until


def _fixed_state(
    facts: tuple[ClockFact, ...],
    started: date,
    due_on: date,
    stopped: date | None,
    calendar: WorkdayCalendar,
    as_of: date | None,
) -> ClockState:
    """A period in calendar days: the last day stands; what is left of it is still told in working days."""
    days = calendar.between(started, due_on)
    measured = stopped or as_of
    elapsed = remaining = None
    if measured is not None:
        elapsed = calendar.between(started, measured) if measured > started else 0
        remaining = calendar.between(measured, due_on) if measured <= due_on else days - elapsed
        if measured > due_on and remaining >= 0:
            remaining = -1
    return ClockState(
        started_on=started,
        limit_days=days,
        due_on=due_on,
        elapsed=elapsed,
        remaining=remaining,
        pauses=(),
        paused_since=None,
        suspended_since=None,
        stopped_on=stopped,
        provisional=False,
        facts=facts,
    )


def _state(
    facts: tuple[ClockFact, ...],
    started: date | None,
    days: int,
    pauses: list[Pause],
    suspended: date | None,
    stopped: date | None,
    calendar: WorkdayCalendar,
    as_of: date | None,
) -> ClockState:
    waiting = [pause for pause in pauses if pause.last is None]
    unbounded = any(p.until is None for p in waiting)
    spans = _merge(pauses)
    due = None
    if started is not None and suspended is None and not unbounded:
        due = due_date(started, days, spans, calendar)
    elapsed = remaining = None
    measured = stopped or as_of
    if started is not None and measured is not None and suspended is None:
        counted_spans = spans
        if unbounded:
            counted_spans = _merge(
                [
                    p if p.last or p.until else Pause(p.first, max(measured, p.first), None, "", "")
                    for p in pauses
                ]
            )
        elapsed = _counted(started, measured, counted_spans, calendar)
        remaining = days - elapsed
        if due is not None and measured > due and remaining >= 0:
            remaining = -1
    return ClockState(
        started_on=started,
        limit_days=days,
        due_on=due,
        elapsed=elapsed,
        remaining=remaining,
        pauses=tuple(pause for pause in pauses if pause.last is None or pause.last >= pause.first),
        paused_since=min((p.first for p in waiting), default=None) if stopped is None else None,
        suspended_since=suspended,
        stopped_on=stopped,
        provisional=due is not None and calendar.is_provisional(due),
        facts=facts,
    )
