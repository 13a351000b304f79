"""One case as the log has it: when it was received, ended, taken up again, and what its clock said; pure.

Everything counts on the day on which it was written down, or takes effect later (an item that is scheduled ends on the day
of its publication): so a month that is over never changes, and nothing falls between two months.

A case is received with its first step if anybody may hand one in (DOORS), else when its clock starts: a draft of the house
is nobody's waiting. It has ended when its clock stops or it enters a closed state. What goes on after that is a second
handling: it has a line of its own and is never a second letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from portal.core.clock import ClockFact, FactKind, fold
from portal.core.limits import limit
from portal.core.workdays import WorkdayCalendar

DOORS = frozenset({"disclosure", "letter", "error_report"})
# Ends that are no answer: they count as ended and are judged only if they were late by then.
NO_ANSWER = {
    "disclosure": frozenset({"withdrawn", "abandoned", "ended"}),
    "letter": frozenset({"withdrawn"}),
    "article": frozenset({"dropped", "discarded"}),
    "response": frozenset({"cancelled"}),
    "consultation": frozenset({"cancelled"}),
    "topic": frozenset({"declined"}),
}
# The city's own days (办法第三条, 制度第十三条): from the making, and from a change.
OWN_DAYS = {"article": ("publishing.usual", "publishing.update")}


@dataclass(frozen=True)
class Step:
    """One event: its day in Yuxi, who held the case after it, its states, what it wrote into the clock."""

    day: date
    unit_id: int
    before: str
    after: str
    clock: tuple[ClockFact, ...] = ()


@dataclass(frozen=True)
class Stretch:
    """One handling of a case, from the day it is counted to the day it ended (None: it goes on).

    `facts` are those of the clock up to its end, `late` and `workdays` what they say of it then; `judged` is False for an
    end that is no answer and not late.
    """

    again: bool
    since: date
    ended: date | None = None
    facts: tuple[ClockFact, ...] = ()
    late: bool = False
    judged: bool = True
    workdays: int = 0


@dataclass(frozen=True)
class Life:
    """A case with its steps and handlings, oldest first."""

    case_id: int
    kind: str
    steps: tuple[Step, ...]
    stretches: tuple[Stretch, ...]

    def holder(self, day: date) -> int:
        """Who held it at the end of that day."""
        held = self.steps[0].unit_id
        for step in self.steps:
            if step.day > day:
                break
            held = step.unit_id
        return held

    def open_at(self, day: date) -> Stretch | None:
        """The handling that went on at the end of that day, if one did."""
        found = [row for row in self.stretches if row.since <= day and (row.ended is None or row.ended > day)]
        return found[-1] if found else None

    def due_at(self, day: date, calendar: WorkdayCalendar) -> date | None:
        """The day by which the open handling had to be answered, as the log had it at the end of that day."""
        stretch = self.open_at(day)
        if stretch is None:
            return None
        facts = tuple(fact for step in self.steps if step.day <= day for fact in step.clock)
        return due_of(self.kind, facts, stretch.since, stretch.again, calendar)


def due_of(
    kind: str, facts: Sequence[ClockFact], since: date, again: bool, calendar: WorkdayCalendar
) -> date | None:
    """The earlier of the statutory day and the city's own; None while no period runs."""
    days = []
    state = fold(facts, calendar) if facts else None
    anew = any(fact.kind in (FactKind.RESTART, FactKind.REOPEN) for fact in facts)
    if state is not None and state.due_on is not None and (anew or not again):
        days.append(state.due_on)
    if kind in OWN_DAYS and state is not None and state.started_on is not None:
        first, later = OWN_DAYS[kind]
        start = since if again else state.started_on
        days.append(calendar.add(start, limit(later if again else first, on=start).days))
    return min(days, default=None)


@dataclass
class _Walker:
    kind: str
    closed: frozenset[str]
    calendar: WorkdayCalendar

    def __post_init__(self) -> None:
        self.done: list[Stretch] = []
        self.facts: list[ClockFact] = []
        self.open_: Stretch | None = None

    def take(self, step: Step, first: bool) -> None:
        """One event."""
        self._undo_what_lay_ahead(step)
        self._end_before_its_time(step)
        begins = any(fact.kind is FactKind.START for fact in step.clock)
        anew = any(fact.kind in (FactKind.RESTART, FactKind.REOPEN) for fact in step.clock)
        left = step.before in self.closed and step.after not in self.closed
        self.facts += step.clock
        if self.open_ is None and not self.done and (begins or (first and self.kind in DOORS)):
            self.open_ = Stretch(again=False, since=step.day)
        elif self.open_ is None and self.done and (anew or left):
            self.open_ = Stretch(again=True, since=step.day)
        stops = [fact for fact in step.clock if fact.kind is FactKind.STOP]
        entered = step.after in self.closed and step.before not in self.closed
        if self.open_ is not None and (stops or entered):
            self._end(step, stops)

    def _undo_what_lay_ahead(self, step: Step) -> None:
        """An end that was to come (a scheduled publication) has not come if the case was taken up again before."""
        if self.open_ is None and self.done and step.before in self.closed and step.after not in self.closed:
            last = self.done[-1]
            if last.ended is not None and last.ended > step.day:
                self.open_ = Stretch(again=last.again, since=last.since)
                self.done.pop()
                if self.facts and self.facts[-1].kind is FactKind.STOP:
                    self.facts.append(ClockFact(FactKind.REOPEN, step.day))

    def _end_before_its_time(self, step: Step) -> None:
        """What was to come out later is taken down before: it ends on this day, without an answer."""
        moved = step.before != step.after and {step.before, step.after} <= self.closed
        last = self.done[-1] if self.open_ is None and self.done else None
        if moved and last is not None and last.ended is not None and last.ended > step.day:
            facts = last.facts[:-1] if last.facts and last.facts[-1].kind is FactKind.STOP else last.facts
            due = due_of(self.kind, facts, last.since, last.again, self.calendar)
            late = due is not None and step.day > due
            workdays = self.calendar.between(last.since, step.day) if step.day > last.since else 0
            self.done[-1] = replace(last, ended=step.day, late=late, judged=late, workdays=workdays)

    def _end(self, step: Step, stops: Sequence[ClockFact]) -> None:
        assert self.open_ is not None
        on = stops[-1].on if stops else step.day
        facts = tuple(self.facts)
        due = due_of(self.kind, facts, self.open_.since, self.open_.again, self.calendar)
        late = due is not None and on > due
        state = fold(facts, self.calendar) if facts else None
        counted = state.elapsed if state is not None and stops else None
        if counted is None:
            counted = self.calendar.between(self.open_.since, on) if on > self.open_.since else 0
        no_answer = step.after in NO_ANSWER.get(self.kind, ()) or due is None
        self.done.append(
            Stretch(
                again=self.open_.again,
                since=self.open_.since,
                ended=max(step.day, on),
                facts=facts,
                late=late,
                judged=late or not no_answer,
                workdays=counted,
            )
        )
        self.open_ = None


def life_of(
    case_id: int, kind: str, steps: Iterable[Step], closed: frozenset[str], calendar: WorkdayCalendar
) -> Life:
    """The handlings of a case from its steps in order; `closed` are the states of its kind in which it has ended."""
    walker = _Walker(kind, closed, calendar)
    taken = tuple(steps)
    for number, step in enumerate(taken):
        walker.take(step, number == 0)
    rows = [*walker.done, walker.open_] if walker.open_ is not None else walker.done
    return Life(case_id, kind, taken, tuple(row for row in rows if row is not None))
