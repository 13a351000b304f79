"""Counting letters by unit; pure: the log's rows, a month and a calendar in, figures out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import mean, median

from mailbox.choices import DeclineReason
from mailbox.figures.lives import CLOSED, REHANDLE, Event, Life
from mailbox.figures.months import Month
from portal.core.clock import fold
from portal.core.workdays import WorkdayCalendar

CITY = 0
RECEIVED, ACCEPTED, DECLINED = "received", "accepted", "declined"
ANSWERED, IN_TIME, REHANDLED, OVERDUE = "answered", "in_time", "rehandled", "overdue"
TITLES = {
    RECEIVED: "收到",
    ACCEPTED: "受理",
    DECLINED: "不予受理",
    ANSWERED: "答复",
    IN_TIME: "按期答复",
    REHANDLED: "重新办理",
    OVERDUE: "月末逾期",
}
REASON = "declined_"
REASON_TITLES = {f"{REASON}{code}": label for code, label in DeclineReason.choices}
OTHER_REASON = f"{REASON}other"
ALL_TITLES = {**TITLES, **REASON_TITLES, OTHER_REASON: "其他情形"}
_REASON_OF = {label: code for code, label in REASON_TITLES.items()}

SUBMIT, ACCEPT, SIGN_FOR = "submit", "accept", "sign_for"
DECLINES = ("decline", "hand_over")
ANSWERS = ("answer", "answer_with_leader")


@dataclass
class Count:
    """One unit's figures of one month, or the whole city's.

    `behind` has the letters of each figure; a letter answered twice in a month is in it twice. `days` are the working
    days of each answer from the day its round began, waiting for the writer not counted.
    """

    behind: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    days: list[int] = field(default_factory=list)

    def value(self, figure: str) -> int:
        """The figure."""
        return len(self.behind.get(figure, ()))

    @property
    def is_empty(self) -> bool:
        """True if nothing counts."""
        return not any(self.behind.values())

    @property
    def average(self) -> float | None:
        """The mean of the working days, to one place; None without an answer."""
        return round(mean(self.days), 1) if self.days else None

    @property
    def middle(self) -> float | None:
        """The median of the working days."""
        return float(median(self.days)) if self.days else None


def counts(
    lives: Iterable[Life], month: Month, calendar: WorkdayCalendar, today: date
) -> Mapping[int, Count]:
    """The figures by unit id, the whole city under CITY; a unit without any is left out.

    A unit receives a letter with the first step after which it holds it, and accepts it by signing for it; the city
    receives and accepts once, at the mailbox office. Whoever holds an overdue letter at the end has it. A month that
    is not over is counted as of today.
    """
    found: dict[int, Count] = defaultdict(Count)
    for life in lives:
        events = [event for event in life.events if event.day < month.end]
        if events:
            _count_steps(found, life, events, month, calendar)
            _count_overdue(found, life, events[-1], min(month.end, today), calendar)
    return dict(found)


def _count_steps(
    found: dict[int, Count], life: Life, events: list[Event], month: Month, calendar: WorkdayCalendar
) -> None:
    once: set[tuple[str, int]] = set()
    for event in events:
        for unit, figure in _figures_of(event):
            if figure in (RECEIVED, ACCEPTED):
                if (figure, unit) in once:
                    continue
                once.add((figure, unit))
            if event.day < month.first:
                continue
            found[unit].behind[figure].append(life.case_id)
            if figure == ANSWERED:
                elapsed = fold(life.facts_until(event), calendar).elapsed if life.clock else None
                found[unit].days += [elapsed] if elapsed is not None else []


def _figures_of(event: Event) -> list[tuple[int, str]]:
    """The (unit, figure) pairs that a step counts for."""
    unit = event.unit_id or CITY
    both = (CITY,) if unit == CITY else (CITY, unit)
    figures = [] if unit == CITY else [(unit, RECEIVED)]
    if event.kind == SUBMIT:
        figures.append((CITY, RECEIVED))
    elif event.kind == ACCEPT:
        figures += [(each, ACCEPTED) for each in both]
    elif event.kind == SIGN_FOR:
        figures.append((unit, ACCEPTED))
    elif event.kind in DECLINES:
        reason = _REASON_OF.get(str(event.facts.get("reason", "")), OTHER_REASON)
        figures += [(each, figure) for each in both for figure in (DECLINED, reason)]
    elif event.kind in ANSWERS:
        in_time = () if event.facts.get("late") else (IN_TIME,)
        figures += [(each, figure) for each in both for figure in (ANSWERED, *in_time)]
    elif event.kind == REHANDLE:
        figures += [(each, REHANDLED) for each in both]
    return figures


def _count_overdue(
    found: dict[int, Count], life: Life, last: Event, as_of: date, calendar: WorkdayCalendar
) -> None:
    if last.to_state in CLOSED or not life.clock:
        return
    facts = life.facts_until(last)
    due = fold(facts, calendar).due_on if facts else None
    if due is None or due >= as_of:
        return
    for unit in {CITY, last.unit_id or CITY}:
        found[unit].behind[OVERDUE].append(life.case_id)
