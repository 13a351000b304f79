"""The stored dates of supervision that hang on the calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from portal.cases.periods import DateMoved, StoredPeriod, declare, declare_word
from portal.core.limits import limit
from portal.core.wording import cn_date
from portal.core.workdays import WorkdayCalendar
from portal.holidays.told import told_day
from portal.supervision.actions.orders import tell_of_date
from portal.supervision.choices import KIND, AssessmentState
from portal.supervision.models import Assessment, SupervisionOrder


def _objections_until(row: Assessment, calendar: WorkdayCalendar) -> date:
    opened = timezone.localdate(row.created_at)
    return calendar.add(opened, limit("supervision.objection", on=opened).days)


def _tell_order(case: SupervisionOrder, change: DateMoved, at: datetime) -> None:
    """The unit had the older day on paper."""
    tell_of_date(case, at, f"{change.why}，报告期限由{cn_date(change.before)}调整为{told_day(change.after)}")


def _nobody(case: Any, row: Any, change: DateMoved, at: datetime) -> None:
    """The page shows the day; nobody was sent it."""


declare_word(KIND, _tell_order)
declare(
    StoredPeriod(
        "supervision.objections_until",
        "考核异议截止日",
        "objections_until",
        lambda: Assessment.objects.filter(state=AssessmentState.OPEN),
        _objections_until,
        tell=_nobody,
    )
)
