"""Entering a year's notice, and how soon the calendar knows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from portal.core.errors import InvalidInput
from portal.core.workdays import YearNotice
from portal.holidays import calendars
from portal.holidays.actions import enter_notice, load_shipped
from portal.holidays.models import HolidayDay, HolidayNotice

pytestmark = pytest.mark.django_db

NOTICE_2027 = YearNotice(
    2027,
    "国办发明电〔2026〕1号",
    ((date(2027, 1, 1), date(2027, 1, 3), "元旦"), (date(2027, 2, 5), date(2027, 2, 11), "春节")),
    ((date(2027, 2, 20), "春节"),),
)


@pytest.fixture(autouse=True)
def _calendar_of_this_test() -> Iterator[None]:
    before = calendars._calendar, calendars._version
    calendars.forget()
    yield
    calendars._calendar, calendars._version = before


def test_tables_hold_the_shipped_notices_after_migration() -> None:
    assert list(HolidayNotice.objects.order_by("year").values_list("year", flat=True)) == list(
        range(2004, 2027)
    )
    assert calendars.calendar().add(date(2026, 2, 10), 20) == date(2026, 3, 16)


def test_stored_and_shipped_calendars_agree_on_every_day() -> None:
    stored, shipped = calendars.calendar(), calendars.shipped_calendar()
    assert stored._kinds == shipped._kinds
    assert stored._names == shipped._names


def test_load_shipped_twice_adds_nothing() -> None:
    assert load_shipped() == 0
    HolidayNotice.objects.get(year=2026).delete()
    assert load_shipped() == 1
    assert HolidayDay.objects.filter(notice__year=2026).count() == 39  # 33 days off, 6 worked


def test_enter_notice_makes_its_year_final(django_capture_on_commit_callbacks: Any) -> None:
    assert calendars.calendar().is_provisional(date(2027, 2, 19))
    with django_capture_on_commit_callbacks(execute=True):
        enter_notice(NOTICE_2027)
    calendar = calendars.calendar()
    assert not calendar.is_provisional(date(2027, 2, 19))
    assert calendar.add(date(2027, 2, 4), 1) == date(2027, 2, 12)
    assert calendar.is_workday(date(2027, 2, 20))


def test_enter_notice_again_replaces_its_days() -> None:
    enter_notice(NOTICE_2027)
    enter_notice(YearNotice(2027, "更正", ((date(2027, 1, 1), date(2027, 1, 1), "元旦"),)))
    assert list(HolidayDay.objects.filter(notice__year=2027).values_list("date", flat=True)) == [
        date(2027, 1, 1)
    ]


def test_change_by_another_process_is_seen_at_the_next_check(settings: Any) -> None:
    settings.PORTAL_HOLIDAY_CHECK_SECONDS = 0.000001
    assert calendars.calendar().is_workday(date(2027, 3, 1))
    row = HolidayNotice.objects.create(year=2027, document="他进程录入", entered_at=timezone.now())
    HolidayDay.objects.create(notice=row, date=date(2027, 3, 1), kind="off", name="测试")
    assert not calendars.calendar().is_workday(date(2027, 3, 1))


def test_calendar_between_checks_asks_no_query(settings: Any, django_assert_num_queries: Any) -> None:
    settings.PORTAL_HOLIDAY_CHECK_SECONDS = 60
    calendars.calendar()
    with django_assert_num_queries(0):
        calendars.calendar()


@pytest.mark.parametrize(
    "notice",
    [
        YearNotice(2027, "x", ((date(2027, 1, 3), date(2027, 1, 1), "元旦"),)),
        YearNotice(2027, "x", ((date(2027, 1, 1), date(2027, 1, 3), "元旦"),), ((date(2027, 1, 2), "元旦"),)),
        YearNotice(2027, "x", ((date(2029, 1, 1), date(2029, 1, 1), "元旦"),)),
        YearNotice(2077, "x", ()),
        YearNotice(
            2027,
            "x",
            ((date(2026, 12, 31), date(2026, 12, 31), "元旦"), (date(2026, 10, 1),) * 2 + ("国庆节",)),
        ),
    ],
)
def test_enter_impossible_notice_is_refused_and_nothing_stored(notice: YearNotice) -> None:
    with pytest.raises(InvalidInput):
        enter_notice(notice)
    assert not HolidayNotice.objects.filter(year__gt=2026).exists()


def test_enter_day_of_another_notice_is_refused() -> None:
    HolidayNotice.objects.create(year=2028, document="x").days.create(
        date=date(2027, 12, 31), kind="off", name="元旦"
    )
    with pytest.raises(InvalidInput, match="已列入另一年度"):
        enter_notice(YearNotice(2027, "x", ((date(2027, 12, 31), date(2027, 12, 31), "元旦"),)))
