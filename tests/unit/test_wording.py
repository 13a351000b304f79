"""Dates as official text writes them (GB/T 9704-2012)."""

from __future__ import annotations

from datetime import UTC, date, datetime

from portal.core.wording import cn_date, cn_moment


def test_dates_have_no_leading_noughts() -> None:
    assert cn_date(date(2026, 2, 9)) == "2026年2月9日"
    assert cn_date(date(2026, 12, 31)) == "2026年12月31日"


def test_moments_are_of_the_citys_clock() -> None:
    assert cn_moment(datetime(2026, 2, 8, 17, 5, tzinfo=UTC)) == "2026年2月9日 01:05"
    assert cn_moment(datetime(2026, 10, 31, 23, 30, tzinfo=UTC)) == "2026年11月1日 07:30"
