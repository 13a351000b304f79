"""What administrators see."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from portal.administration.models import AdminRecord
from portal.cases.models import LegalHold
from portal.cases.recounting import MovedDate, dates_moved_by
from portal.core.limits import limit
from portal.core.workdays import YearNotice
from portal.holidays.actions import check_notice
from portal.holidays.calendars import assemble, stored_notices
from portal.holidays.data.notices import shipped_notices
from portal.holidays.data.statutory import FEASTS, feasts_of, is_forgotten
from portal.privacy.models import RetentionRun
from portal.privacy.retention import RULES, RetentionRule
from portal.search.models import AskedQuery, PlainWord
from portal.units.models import Appointment, Unit
from portal.web.rules import RULE_TABLES

YEARS_SHOWN = 6
ASKED_OFTEN, MOST_UNOPENED = 3, 30


@dataclass(frozen=True)
class YearLine:
    """One year of the calendar: the notice in force, or None where only the statutory days are known."""

    year: int
    notice: YearNotice | None
    entered: bool


def years(today: date) -> list[YearLine]:
    """The years of the calendar, next year's first."""
    stored = {notice.year: notice for notice in stored_notices()}
    shipped = {year: entry.notice for year, entry in shipped_notices().items()}
    first = today.year + 1
    return [
        YearLine(year, stored.get(year) or shipped.get(year), year in stored)
        for year in range(first, first - YEARS_SHOWN, -1)
    ]


@dataclass(frozen=True)
class Preview:
    """What a notice would do: every stored date that it moves, and how many by unit and direction."""

    moved: list[MovedDate]
    by_unit: list[tuple[str, int]]
    later: int
    earlier: int
    newly_overdue: list[MovedDate]
    forgotten: tuple[str, ...] = ()


def forgotten_feasts(notice: YearNotice) -> tuple[str, ...]:
    """The holidays of the year of which a notice names no day: a line was left out."""
    shipped = shipped_notices().get(notice.year)
    feasts = list(shipped.notice.days_off) if shipped is not None else []
    feasts = feasts_of(notice.year) if notice.year in FEASTS else feasts
    return tuple(dict.fromkeys(feast[2] for feast in feasts if is_forgotten(feast, notice)))


def preview(notice: YearNotice, today: date) -> Preview:
    """The stored dates that would move. Raises InvalidInput for days that cannot be."""
    check_notice(notice)
    others = [stored for stored in stored_notices() if stored.year != notice.year]
    moved = dates_moved_by(assemble([*others, notice]))
    units = Counter(entry.case.unit.short_name for entry in moved)
    return Preview(
        moved,
        units.most_common(),
        sum(entry.after > entry.before for entry in moved),
        sum(entry.after < entry.before for entry in moved),
        [entry for entry in moved if entry.after < today <= entry.before],
        forgotten_feasts(notice),
    )


def rule_tables() -> list[tuple[Any, list[Any]]]:
    """Each table of rules with its rows."""
    return [
        (table, list(table.model._default_manager.order_by("pk")))
        for table in sorted(RULE_TABLES.values(), key=lambda table: table.title)
        if table.listed
    ]


def plain_words(text: str) -> QuerySet[Any]:
    """The finder's plain words, narrowed by either side."""
    rows: QuerySet[Any] = PlainWord.objects.order_by("pk")
    return rows.filter(Q(plain__contains=text) | Q(official__contains=text)) if text else rows


def unopened_searches() -> list[AskedQuery]:
    """What was asked often and nobody opened an answer to, the most asked first."""
    rows = AskedQuery.objects.filter(opened=0, settled=False, asked__gte=ASKED_OFTEN)
    return list(rows.order_by("-asked", "pk")[:MOST_UNOPENED])


def find_rule(code: str, pk: int) -> tuple[Any, Any] | None:
    """A table and one row of it; None for any other."""
    table = RULE_TABLES.get(code)
    row = table.model._default_manager.filter(pk=pk).first() if table is not None else None
    return (table, row) if row is not None else None


def appointments(text: str, *, current: bool, today: date) -> QuerySet[Any]:
    """Appointments, narrowed by a person's or a unit's name; only those in force, or all."""
    rows: QuerySet[Any] = Appointment.objects.select_related("account", "unit")
    if current:
        rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    if text:
        rows = rows.filter(
            Q(account__email__icontains=text)
            | Q(account__display_name__icontains=text)
            | Q(unit__name__icontains=text)
            | Q(unit__short_name__icontains=text)
        )
    return rows.order_by("unit__sort", "unit_id", "role", "pk")


def ending_soon(today: date) -> QuerySet[Any]:
    """Appointments whose last day comes soon (limit board.appointments)."""
    last = today + timedelta(days=limit("board.appointments", on=today).days)
    rows: QuerySet[Any] = Appointment.objects.filter(ends_on__gte=today, ends_on__lte=last)
    return rows.select_related("account", "unit").order_by("ends_on", "pk")


def units() -> QuerySet[Unit]:
    """All units in the official order."""
    return Unit.objects.order_by("sort", "id")


def incomplete_units() -> list[Unit]:
    """Units that answer requests and lack what their papers must name."""
    return [unit for unit in units().filter(takes_requests=True, is_active=True) if unit.lacking]


def records() -> QuerySet[Any]:
    """What administrators did, newest first."""
    rows: QuerySet[Any] = AdminRecord.objects.select_related("by").order_by("-at", "-id")
    return rows


def retention_lines(at: datetime) -> list[tuple[RetentionRule, int]]:
    """Each rule with how much has run out."""
    return [(rule, rule.overdue(at).count()) for rule in RULES.values()]


def runs() -> list[RetentionRun]:
    """The last erasings."""
    return list(RetentionRun.objects.order_by("-at", "-id")[:20])


def holds() -> list[LegalHold]:
    """The holds that last."""
    return list(LegalHold.objects.filter(lifted_at__isnull=True).select_related("case", "by").order_by("-id"))
