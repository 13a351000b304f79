"""Writers of the yearly notices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from portal.core.errors import InvalidInput
from portal.core.wording import cn_date
from portal.core.workdays import YearNotice
from portal.holidays.calendars import FIRST_YEAR, LAST_YEAR, forget
from portal.holidays.choices import DayRole
from portal.holidays.data.notices import shipped_notices
from portal.holidays.data.statutory import SATURDAY
from portal.holidays.models import HolidayDay, HolidayNotice


@transaction.atomic
def enter_notice(
    notice: YearNotice, *, issued_on: date | None = None, note: str = "", account_id: int | None = None
) -> HolidayNotice:
    """Enter a year's notice, or replace the one entered for that year; gives the stored row.

    Raises InvalidInput if a day off is also worked, a run ends before it begins, or a day lies outside
    the year and the months beside it.
    """
    days = _days(notice)
    row, _ = HolidayNotice.objects.update_or_create(
        year=notice.year,
        defaults={
            "document": notice.source,
            "issued_on": issued_on,
            "source_note": note,
            "entered_by_id": account_id,
        },
    )
    row.days.all().delete()
    taken = HolidayDay.objects.filter(date__in=days).order_by("date").first()
    if taken is not None:
        raise InvalidInput(f"{cn_date(taken.date)}已列入另一年度的放假安排", "days_off")
    HolidayDay.objects.bulk_create(
        HolidayDay(notice=row, date=day, kind=kind, name=name) for day, (kind, name) in sorted(days.items())
    )
    transaction.on_commit(forget)
    return row


def check_notice(notice: YearNotice) -> None:
    """Raise InvalidInput if the notice cannot be entered: days that contradict each other or belong to other years, runs
    that overlap, a worked day that is a working day anyhow."""
    days = _days(notice)
    _check_runs(notice)
    taken = (
        HolidayDay.objects.filter(date__in=days).exclude(notice__year=notice.year).order_by("date").first()
    )
    if taken is not None:
        raise InvalidInput(f"{cn_date(taken.date)}已列入另一年度的放假安排", "days_off")


def _check_runs(notice: YearNotice) -> None:
    taken: dict[date, str] = {}
    for first, last, name in notice.days_off:
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            if day in taken:
                raise InvalidInput(f"{cn_date(day)}同时列入{taken[day]}和{name}", "days_off")
            taken[day] = name
    for day, _ in notice.work_on:
        if day.weekday() < SATURDAY:
            raise InvalidInput(f"{cn_date(day)}不是周末，本来就上班", "work_on")


def load_shipped(years: Iterable[int] | None = None) -> int:
    """Enter the shipped notices of years that the table does not have; never changes an existing one.

    Gives how many were added.
    """
    wanted = set(shipped_notices() if years is None else years)
    wanted -= set(HolidayNotice.objects.values_list("year", flat=True))
    for year in sorted(wanted):
        shipped = shipped_notices()[year]
        enter_notice(shipped.notice, note=shipped.note)
    return len(wanted)


def _days(notice: YearNotice) -> dict[date, tuple[DayRole, str]]:
    if not FIRST_YEAR <= notice.year <= LAST_YEAR:
        raise InvalidInput(f"年份须在{FIRST_YEAR}年至{LAST_YEAR}年之间", "year")
    days: dict[date, tuple[DayRole, str]] = {}
    for first, last, name in notice.days_off:
        if last < first:
            raise InvalidInput(f"{name}的结束日期早于开始日期", "days_off")
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            days[day] = (DayRole.OFF, name)
    for day, name in notice.work_on:
        if day in days:
            raise InvalidInput(f"{cn_date(day)}既是放假日又是上班日", "work_on")
        days[day] = (DayRole.WORK, name)
    low, high = date(notice.year - 1, 12, 1), date(notice.year + 1, 1, 31)
    for day in days:
        if not low <= day <= high:
            raise InvalidInput(f"{cn_date(day)}不属于{notice.year}年度", "days_off")
    return days
