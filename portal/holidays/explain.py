"""A due date explained, as plain data."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.core.wording import cn_weekday
from portal.core.workdays import DayKind, DayRange, WorkdayCalendar
from portal.holidays.data.statutory import MADE_UP

MOST_WORKDAYS = 500
REASONS = {DayKind.WEEKEND: "周末", DayKind.MAKEUP: "调休上班"}


def holiday_reason(name: str) -> str:
    """Why a day off is not counted: 春节假期, 春节补假."""
    return name if name.endswith(MADE_UP) else f"{name}假期"


def _run(run: DayRange) -> dict[str, Any]:
    reason = REASONS.get(run.kind) or holiday_reason(run.name)
    return {
        "first": run.first.isoformat(),
        "last": run.last.isoformat(),
        "kind": run.kind.value,
        "name": run.name,
        "reason": reason,
    }


def explanation(calendar: WorkdayCalendar, start: date, workdays: int) -> dict[str, Any]:
    """The due date of `workdays` working days from `start` (not counted), the days skipped and worked instead.

    Raises ValueError where the calendar ends.
    """
    due = calendar.add(start, workdays)
    runs = calendar.explain(start, due)
    return {
        "start": start.isoformat(),
        "workdays": workdays,
        "due": due.isoformat(),
        "weekday": cn_weekday(due),
        "provisional": calendar.is_provisional(due),
        "announced_through": calendar.announced_through.isoformat(),
        "skipped": [_run(run) for run in runs if not run.counted],
        "counted_makeup": [_run(run) for run in runs if run.kind is DayKind.MAKEUP],
    }
