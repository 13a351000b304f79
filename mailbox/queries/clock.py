"""The reply clock of the round that is going on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mailbox.models import Letter
from mailbox.models.after_steps import AGAIN
from portal.core.clock import ClockFact, ClockState, FactKind, fold
from portal.core.workdays import WorkdayCalendar
from portal.holidays.calendars import calendar as current_calendar


def facts_of_round(case: Letter) -> list[ClockFact]:
    """The clock's facts since the letter was accepted, or since it is handled again: the first one starts the round.

    The shared fold keeps the stop of the first round, so a second round is folded on its own.
    """
    facts = [entry.fact() for entry in case.clock_entries.all()]
    for index in range(len(facts) - 1, -1, -1):
        if facts[index].kind is FactKind.RESTART and facts[index].reason == AGAIN:
            return [replace(facts[index], kind=FactKind.START), *facts[index + 1 :]]
    return facts


def round_clock(
    case: Letter, as_of: date | None = None, calendar: WorkdayCalendar | None = None
) -> ClockState | None:
    """Where the clock of this round stands; None before the letter is accepted."""
    facts = facts_of_round(case)
    return fold(facts, calendar or current_calendar(), as_of=as_of) if facts else None
