"""Which periods of law-enforcement results are there, explained, or missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from notices import rules
from notices.choices import Holds
from notices.models import Column, EnforcementNote, EnforcementRhythm
from notices.queries.content import current
from notices.rules import Period
from portal.core.moments import begin_of
from portal.units.models import Unit


@dataclass(frozen=True)
class PeriodState:
    """One period of one unit: how many items came out, or why none."""

    period: Period
    count: int
    reason: str
    is_over: bool

    @property
    def is_missing(self) -> bool:
        """True if the period is over and neither published nor explained."""
        return self.is_over and not self.count and not self.reason


def enforcing_units() -> list[Unit]:
    """The active units that keep a column of enforcement results, in the official order."""
    having = Column.objects.filter(unit=OuterRef("pk"), holds=Holds.ENFORCEMENT, is_open=True)
    rows = Unit.objects.filter(is_active=True).filter(Exists(having))
    return list(rows.order_by("sort", "id"))


def enforcement_periods(unit: Unit, year: int, now: datetime) -> list[PeriodState]:
    """The unit's periods of a year that have begun."""
    today = timezone.localdate(now)
    rhythm = EnforcementRhythm.objects.filter(unit=unit).first()
    days = [timezone.localdate(at) for at in results(unit, now).values_list("first_at", flat=True)]
    notes = dict(EnforcementNote.objects.filter(unit=unit).values_list("begins_on", "reason"))
    return [
        PeriodState(
            period,
            sum(period.begins_on <= day <= period.ends_on for day in days),
            notes.get(period.begins_on, ""),
            period.ends_on < today,
        )
        for period in rules.periods_of(year, rhythm.months if rhythm else 1)
        if period.begins_on <= today
    ]


def results(unit: Unit, now: datetime) -> QuerySet[Any]:
    """The unit's enforcement results that everyone may read now: each once, whenever it was corrected since."""
    return current(now).filter(article__unit=unit, column__holds=Holds.ENFORCEMENT)


def missing_periods(units: Sequence[Unit], now: datetime) -> list[tuple[Unit, PeriodState]]:
    """What is over and neither published nor explained, of this year and of the year before, oldest first.

    A December is missing only from the next year on.
    """
    year = timezone.localdate(now).year
    return [
        (unit, state)
        for asked in (year - 1, year)
        for unit in units
        for state in enforcement_periods(unit, asked, now)
        if state.is_missing
    ]


def results_to_exchange(unit: Unit, today: date) -> list[Any]:
    """What came out before this year and is still up: it is exchanged at the beginning of the year."""
    rows = results(unit, begin_of(today + timedelta(days=1)))
    return list(rows.filter(first_at__lt=begin_of(date(today.year, 1, 1))).order_by("first_at"))
