"""What everyone may see of how the city answers; the monthly circular with the same figures."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.cases.registry import KINDS
from portal.documents.render.worker import render_pdf
from portal.documents.spreadsheet import MEDIA_TYPE, Sheet, workbook
from portal.files.responses import hand_out
from portal.supervision import queries
from portal.supervision.figures import Total, lines_of, month_after, months_between, totals
from portal.web.access import supervisor_page
from portal.web.caching import public_page

FIRST_YEAR = 2026
HEADS = ("收到", "办结", "按期办结", "逾期办结", "按期率（%）", "平均用时（工作日）", "期末在办", "期末逾期")


def _year(request: HttpRequest, today: date) -> int:
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else today.year
    return min(max(year, FIRST_YEAR - 3), today.year)


def _month(request: HttpRequest, today: date) -> date:
    """The month that ?month=2026-03 names, else the last one that is over."""
    last = (today.replace(day=1).toordinal()) - 1
    usual = date.fromordinal(last).replace(day=1)
    try:
        found = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return usual
    return found if date(FIRST_YEAR - 3, 1, 1) <= found <= today.replace(day=1) else usual


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
    )


def _tables(months: list[date]) -> dict[str, Any]:
    lines = [lines_of(month) for month in months]
    names = queries.unit_names()
    by_unit = totals(lines, "unit_id")
    by_kind = totals(lines, "kind")
    ranked = sorted(
        by_unit.items(), key=lambda row: (row[1].rate is None, -(row[1].rate or 0), -row[1].closed, row[0])
    )
    return {
        "heads": HEADS,
        "whole": totals(lines, "").get("", Total(0, 0, 0, 0, 0, 0)),
        "kinds": [
            (code, KINDS[code].title, total, cells(total)) for code, total in by_kind.items() if code in KINDS
        ],
        "units": [(unit, names.get(unit, ""), total, cells(total)) for unit, total in ranked],
        "months": [
            (month, totals([some], "").get("", Total(0, 0, 0, 0, 0, 0)))
            for month, some in zip(months, lines, strict=True)
        ],
    }


def _rows(tables: dict[str, Any]) -> list[tuple[Any, ...]]:
    rows = [("全市", "合计", *cells(tables["whole"]))]
    rows += [("全市", title, *values) for _, title, _, values in tables["kinds"]]
    rows += [(name, "合计", *values) for _, name, _, values in tables["units"]]
    return rows


@public_page
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Received, answered in time, how long it took: for the city, each kind and each unit, by year."""
    today = timezone.localdate()
    year = _year(request, today)
    months = months_between(date(year, 1, 1), min(date(year, 12, 1), today.replace(day=1)))
    tables = _tables(months)
    form = request.GET.get("format", "")
    if form == "csv":
        out = io.StringIO()
        csv.writer(out).writerows([("机关", "业务", *HEADS), *_rows(tables)])
        return hand_out(
            ("\ufeff" + out.getvalue()).encode(), f"办理统计{year}年.csv", "text/csv; charset=utf-8"
        )
    if form == "json":
        heads = (
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
        )
        rows = [dict(zip(heads, row, strict=True)) for row in _rows(tables)]
        return JsonResponse({"year": year, "rows": rows}, json_dumps_params={"ensure_ascii": False})
    years = range(today.year, FIRST_YEAR - 1, -1)
    return render(request, "supervision/statistics.html", {**tables, "year": year, "years": years})


def _period(request: HttpRequest, today: date) -> tuple[list[date], str]:
    """The months and the name of what ?quarter=2026-1 or ?month=2026-03 asks for; else the last month that is over."""
    year, _, number = request.GET.get("quarter", "").partition("-")
    if year.isdecimal() and len(year) == 4 and number in ("1", "2", "3", "4"):
        first = date(max(int(year), FIRST_YEAR - 3), int(number) * 3 - 2, 1)
        if first <= today:
            months = [
                month
                for month in months_between(first, date(first.year, first.month + 2, 1))
                if month <= today
            ]
            return months, f"{first.year}年第{'一二三四'[int(number) - 1]}季度"
    month = _month(request, today)
    return [month], f"{month.year}年{month.month}月"


@supervisor_page
@require_safe
def circular(request: HttpRequest) -> HttpResponse:
    """The circular of a month or a quarter: the figures, the ranking; ?format=xlsx or pdf gives it as a file."""
    today = timezone.localdate()
    months, name = _period(request, today)
    tables = _tables(months)
    form = request.GET.get("format", "")
    if form == "xlsx":
        sheet = Sheet("通报", f"{name}办理情况通报", ("机关", "业务", *HEADS), _rows(tables), (20, 18))
        return hand_out(workbook([sheet]), f"{name}办理情况通报.xlsx", MEDIA_TYPE)
    context = {
        **tables,
        "name": name,
        "month": months[0],
        "months_offered": list(reversed(months_between(date(FIRST_YEAR, 1, 1), today)))[:36],
        "quarters": [
            f"{year}-{number}"
            for year in (today.year, today.year - 1)
            for number in (4, 3, 2, 1)
            if date(year, number * 3 - 2, 1) <= today
        ],
        "is_over": month_after(months[-1]) <= today,
        "asked": request.GET.get("quarter", ""),
        "today": today,
    }
    if form == "pdf":
        data = render_pdf(render_to_string("documents/circular.html", context))
        return hand_out(data, f"{name}办理情况通报.pdf", "application/pdf")
    return render(request, "supervision/circular.html", context)
