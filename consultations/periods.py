"""The last day of a public consultation, where the law's shortest term counts working days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from consultations.actions.word import tell_unit
from consultations.choices import State
from consultations.models import PublicConsultation
from consultations.queries import periods
from portal.cases.periods import DateMoved, StoredPeriod, declare
from portal.core.workdays import WorkdayCalendar
from portal.holidays.told import told_day
from portal.units.choices import Role


def _last_day(row: PublicConsultation, calendar: WorkdayCalendar) -> date | None:
    """The unit picks the day by hand: it stays, unless the shortest term of its kind now ends later.

    A period that was shortened for a published reason stays as well.
    """
    least = dict(periods()).get(row.get_policy_kind_display())
    if least is None or least.unit != "workday" or row.shorter_reason:
        return None
    return max(row.closes_on, least.last_day(row.opens_on, calendar))


def _tell(case: PublicConsultation, row: Any, change: DateMoved, at: datetime) -> None:
    case.extended_reason = f"{change.why.removeprefix('因')}后，征集期顺延至规定的最短天数。"
    tell_unit(case, Role.CLERK, f"{change.why}，截止日顺延至{told_day(change.after)}", at)


declare(
    StoredPeriod(
        "consultations.closes_on",
        "征集截止日",
        "closes_on",
        lambda: PublicConsultation.objects.filter(state=State.ANNOUNCED),
        _last_day,
        tell=_tell,
    )
)
