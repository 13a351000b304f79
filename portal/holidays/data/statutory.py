"""Holidays of years without a notice: the statutory days and their make-up days (补假).

Source: 全国年节及纪念日放假办法, in its wording of 1999 up to 2007 and of 2024 (国务院令第795号) from 2025. Article 6 of
both: a holiday of all citizens that falls on a Saturday or Sunday is made up on a working day. Which one, the article
leaves open; here it is the next working day that no other holiday takes, counted from the day after the feast, one for
each such day. A day on which two feasts meet is made up once, if it is a weekend: article 6 knows no more. What a notice
will exchange besides (调休, working Saturdays) is unknown before it and is left out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from portal.core.workdays import YearNotice

SOURCE_1999 = "《全国年节及纪念日放假办法》（1999年）"
SOURCE_2024 = "《全国年节及纪念日放假办法》（国务院令第795号）"
MADE_UP = "补假"
SATURDAY = 5

# Month and day of 春节, 清明, 端午, 中秋 by year, from the lunar calendar and the solar terms.
FEASTS: dict[int, tuple[tuple[int, int], ...]] = {
    2000: ((2, 5), (4, 4), (6, 6), (9, 12)),
    2001: ((1, 24), (4, 5), (6, 25), (10, 1)),
    2002: ((2, 12), (4, 5), (6, 15), (9, 21)),
    2003: ((2, 1), (4, 5), (6, 4), (9, 11)),
    2027: ((2, 6), (4, 5), (6, 9), (9, 15)),
    2028: ((1, 26), (4, 4), (5, 28), (10, 3)),
    2029: ((2, 13), (4, 4), (6, 16), (9, 22)),
    2030: ((2, 3), (4, 5), (6, 5), (9, 12)),
    2031: ((1, 23), (4, 5), (6, 24), (10, 1)),
    2032: ((2, 11), (4, 4), (6, 12), (9, 19)),
    2033: ((1, 31), (4, 4), (6, 1), (9, 8)),
    2034: ((2, 19), (4, 5), (6, 20), (9, 27)),
    2035: ((2, 8), (4, 5), (6, 10), (9, 16)),
    2036: ((1, 28), (4, 4), (5, 30), (10, 4)),
    2037: ((2, 15), (4, 4), (6, 18), (9, 24)),
    2038: ((2, 4), (4, 5), (6, 7), (9, 13)),
    2039: ((1, 24), (4, 5), (5, 27), (10, 2)),
    2040: ((2, 12), (4, 4), (6, 14), (9, 20)),
}


def feasts_of(year: int) -> list[Feast]:
    """The statutory holidays of a year, nothing made up; KeyError for an unknown year."""
    spring, qingming, dragon_boat, mid_autumn = (date(year, month, day) for month, day in FEASTS[year])
    if year < 2008:
        return [
            _run(date(year, 1, 1), 1, "元旦"),
            _run(spring, 3, "春节"),
            _run(date(year, 5, 1), 3, "劳动节"),
            _run(date(year, 10, 1), 3, "国庆节"),
        ]
    return [
        _run(date(year, 1, 1), 1, "元旦"),
        _run(spring - timedelta(days=1), 4, "春节"),
        _run(qingming, 1, "清明节"),
        _run(date(year, 5, 1), 2, "劳动节"),
        _run(dragon_boat, 1, "端午节"),
        _run(mid_autumn, 1, "中秋节"),
        _run(date(year, 10, 1), 3, "国庆节"),
    ]


def statutory_notice(year: int) -> YearNotice:
    """The statutory days of a year as a notice that is not announced; KeyError for an unknown year."""
    source = SOURCE_1999 if year < 2008 else SOURCE_2024
    return YearNotice(year, source, _with_made_up(feasts_of(year)), announced=False)


def with_statutory_days(notice: YearNotice) -> YearNotice:
    """A notice with every statutory holiday of which it names no day: a forgotten line makes nobody work on National Day.

    Only for years whose feasts are known here; the others have a shipped notice to compare with.
    """
    if notice.year not in FEASTS:
        return notice
    lacking = [feast for feast in feasts_of(notice.year) if is_forgotten(feast, notice)]
    return replace(notice, days_off=(*notice.days_off, *lacking)) if lacking else notice


def is_forgotten(feast: Feast, notice: YearNotice) -> bool:
    """True if none of a feast's days is off, or worked, by the notice."""
    named = {day for run in notice.days_off for day in _days(run)} | {day for day, _ in notice.work_on}
    return not named & set(_days(feast))


Feast = tuple[date, date, str]


def _run(first: date, days: int, name: str) -> Feast:
    return first, first + timedelta(days=days - 1), name


def _days(feast: Feast) -> list[date]:
    first, last, _ = feast
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def _with_made_up(feasts: list[Feast]) -> tuple[Feast, ...]:
    """The feasts and, after each, the working days off for those of its days that fall on a weekend (art. 6)."""
    taken = {day for feast in feasts for day in _days(feast)}
    made_up: set[date] = set()
    found = list(feasts)
    for feast in sorted(feasts):
        for lost in (day for day in _days(feast) if day.weekday() >= SATURDAY and day not in made_up):
            made_up.add(lost)
            instead = feast[1] + timedelta(days=1)
            while instead.weekday() >= SATURDAY or instead in taken:
                instead += timedelta(days=1)
            taken.add(instead)
            found.append((instead, instead, f"{feast[2]}{MADE_UP}"))
    return tuple(sorted(found))
