"""Which periods of law-enforcement results are there, explained, or missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from notices import rules
from notices.choices import Holds
from notices.models import ArticleVersion, Column, EnforcementNote, EnforcementRhythm
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
    versions: Any = ArticleVersion.objects.filter(
        article__unit=unit, article__column__holds=Holds.ENFORCEMENT, publish_at__lte=now
    )
    days = [timezone.localdate(at) for at in versions.values_list("publish_at", flat=True)]
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


def results_to_exchange(unit: Unit, today: date) -> list[Any]:
    """What was published before this year and is still up: it is exchanged at the beginning of the year."""
    rows: Any = ArticleVersion.objects.filter(
        article__unit=unit,
        article__column__holds=Holds.ENFORCEMENT,
        article__state="published",
        number=1,
        publish_at__lt=begin_of(date(today.year, 1, 1)),
    )
    return list(rows.select_related("article").order_by("publish_at"))
