"""The open figures as tables: what the public pages, the circular, the files and the API all show."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.cases.registry import KINDS, title_outside
from portal.core.asked import asked_number
from portal.holidays.calendars import calendar
from portal.supervision import queries
from portal.supervision.figures import (
    Opinion,
    Total,
    lines_between,
    month_after,
    months_between,
    opinions,
    outcomes,
    overdue_at,
    totals,
)

FIRST_YEAR = 2026
MOST_YEARS_BACK = 3
HEADS = (
    "收到",
    "办结",
    "按期办结",
    "逾期办结",
    "按期率（%）",
    "平均用时（工作日）",
    "期末在办",
    "期末逾期",
    "上期结转",
    "转入",
    "转出",
    "再次办理",
    "再次办结",
    "再次办理按期",
    "再次办理在办",
    "再次办理逾期",
)
KEYS = (
    "unit",
    "kind",
    "received",
    "closed",
    "in_time",
    "late",
    "rate",
    "average_workdays",
    "open",
    "overdue",
    "carried",
    "moved_in",
    "moved_out",
    "again",
    "again_closed",
    "again_in_time",
    "again_open",
    "again_overdue",
)
OPINION_HEADS = ("机关", "评价（件）", "满意和基本满意（件）", "满意率（%）", "平均分（1至5分）")
OPINION_KEYS = ("unit", "ratings", "satisfied", "rate", "mean")
NOTHING = Total(0, 0, 0, 0, 0, 0)


def year_of(text: str, today: date) -> int:
    """The year that was asked for, within those that there are; this year for anything else."""
    year = asked_number(text) or today.year
    return min(max(year, FIRST_YEAR - MOST_YEARS_BACK), today.year)


def first_year() -> int:
    """The year of the first figures that are kept; this portal's first year if there are none."""
    return queries.first_year() or FIRST_YEAR


def months_of(year: int, today: date, quarter: int = 0) -> list[date]:
    """The months of a year or a quarter that have begun."""
    first, last = (quarter * 3 - 2, quarter * 3) if quarter else (1, 12)
    return months_between(date(year, first, 1), min(date(year, last, 1), today.replace(day=1)))


def cells(total: Total) -> tuple[Any, ...]:
    """A total as the columns of HEADS."""
    return (
        total.received,
        total.closed,
        total.in_time,
        total.late,
        "" if total.rate is None else total.rate,
        "" if total.average is None else total.average,
        total.open,
        total.overdue,
        total.carried,
        total.moved_in,
        total.moved_out,
        total.again,
        total.again_closed,
        total.again_in_time,
        total.again_open,
        total.again_overdue,
    )


def tables(months: list[date]) -> dict[str, Any]:
    """The figures of some months: the whole, by kind, by unit (best first), by month."""
    lines = lines_between(months)
    names = queries.unit_names()
    ranked = sorted(
        totals(lines, "unit_id").items(),
        key=lambda row: (row[1].rate is None, -(row[1].rate or 0), -row[1].closed, row[0]),
    )
    return {
        "heads": HEADS,
        "whole": totals(lines, "").get("", NOTHING),
        "kinds": [
            (code, KINDS[code].title, total, cells(total))
            for code, total in totals(lines, "kind").items()
            if code in KINDS
        ],
        "units": [(unit, names.get(unit, ""), total, cells(total)) for unit, total in ranked],
        "months": [
            (month, totals([some], "").get("", NOTHING)) for month, some in zip(months, lines, strict=True)
        ],
    }


def rows(found: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The tables as rows of KEYS: the city, each kind, each unit."""
    listed = [("全市", "合计", *cells(found["whole"]))]
    listed += [("全市", title, *values) for _, title, _, values in found["kinds"]]
    listed += [(name, "合计", *values) for _, name, _, values in found["units"]]
    return listed


@dataclass(frozen=True)
class Named:
    """A case as a circular names it: by its number, and by a title without what somebody typed."""

    number: str
    title: str


def circular_lists(months: list[date], today: date) -> dict[str, Any]:
    """What only the circular shows: how requests and letters ended, and what was overdue at the end of the months."""
    end = month_after(months[-1])
    late = overdue_at(months[-1], calendar(), today)
    names, cases = queries.unit_names(), queries.cases_by_id([case for case, _, _ in late])
    return {
        "replies": outcomes("disclosure", months[0], end),
        "letters": outcomes("letter", months[0], end),
        "late": [
            (Named(cases[case].number or "", title_outside(cases[case])), names.get(unit, ""), due)
            for case, unit, due in late
            if case in cases
        ],
    }


def opinion_rows(months: list[date], today: date) -> list[tuple[Any, ...]]:
    """Ratings by unit, best first, the sum of those shown at the top; nothing of units with too few."""
    names = queries.unit_names()
    shown = opinions(months[0], months[-1], today) if months else {}
    ranked = sorted(shown.items(), key=lambda row: (-(row[1].rate or 0), -row[1].count, row[0]))
    found = [(names.get(unit, ""), *_opinion(opinion)) for unit, opinion in ranked]
    return [("合计", *_opinion(sum(shown.values(), Opinion()))), *found] if found else []


def _opinion(opinion: Opinion) -> tuple[Any, ...]:
    return (opinion.count, opinion.satisfied, opinion.rate, opinion.mean)


def as_csv(heads: Sequence[str], found: Iterable[Sequence[Any]]) -> bytes:
    """A table as CSV that a spreadsheet opens as UTF-8."""
    out = io.StringIO()
    csv.writer(out).writerows([heads, *found])
    return ("\ufeff" + out.getvalue()).encode()


def as_records(keys: Sequence[str], found: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    """A table as records; an empty cell is null."""
    return [
        {key: None if value == "" else value for key, value in zip(keys, row, strict=True)} for row in found
    ]
