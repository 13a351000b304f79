"""What supervisors watch: every unit's clocks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q

from portal.cases.choices import Phase
from portal.cases.models import Case, CaseQuerySet
from portal.core.limits import limit
from portal.core.workdays import WorkdayCalendar


def open_cases() -> CaseQuerySet:
    """All open cases with who holds them, what is due first comes first."""
    return Case.objects.open().for_lists().due_first()


def unregistered_since(today: date, calendar: WorkdayCalendar) -> Q:
    """Requests that ought to have been registered by now (more than the limit's working days ago)."""
    day = today
    for _ in range(60):
        day = day.fromordinal(day.toordinal() - 1)
        if calendar.between(day, today) > limit("disclosure.registration").days:
            break
    return Q(phase=Phase.INTAKE, created_at__date__lte=day)


def by_unit(today: date, calendar: WorkdayCalendar) -> list[Any]:
    """Per unit: open, overdue, due today, due soon; those with most overdue first. One query."""
    soon = calendar.add(today, limit("board.soon").days)
    rows: list[Any] = list(
        Case.objects.open()
        .order_by()
        .values("unit_id", "unit__short_name", "unit__code")
        .annotate(
            open=Count("pk"),
            overdue=Count("pk", filter=Q(due_on__lt=today)),
            today=Count("pk", filter=Q(due_on=today)),
            soon=Count("pk", filter=Q(due_on__gt=today, due_on__lte=soon)),
        )
    )
    return sorted(rows, key=lambda row: (-row["overdue"], -row["today"], -row["soon"], row["unit_id"]))
