"""What everyone may see of how the city answers; the monthly circular with the same figures."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.asked import asked_number
from portal.core.errors import PortalError
from portal.documents.render.worker import render_pdf
from portal.documents.spreadsheet import MEDIA_TYPE, Sheet, workbook
from portal.files.responses import hand_out
from portal.supervision import actions, open_data, queries
from portal.supervision.figures import month_after, months_between
from portal.supervision.open_data import FIRST_YEAR, HEADS, KEYS, OPINION_HEADS, OPINION_KEYS
from portal.web.access import actor_of, supervisor_page
from portal.web.caching import public_page
from portal.web.keeping import kept

CSV = "text/csv; charset=utf-8"
QUARTERS = "一二三四"


def _month(request: HttpRequest, today: date) -> date:
    """The month that ?period=2026-03 names, else the last one that is over."""
    last = (today.replace(day=1).toordinal()) - 1
    usual = date.fromordinal(last).replace(day=1)
    try:
        found = date.fromisoformat(f"{request.GET.get('period', '')}-01")
    except ValueError:
        return usual
    return found if date(FIRST_YEAR - 3, 1, 1) <= found <= today.replace(day=1) else usual


def _years(today: date) -> list[int]:
    first = min(FIRST_YEAR, open_data.first_year())
    return list(range(today.year, max(first, today.year - open_data.MOST_YEARS_BACK) - 1, -1))


@public_page
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Received, answered in time, how long it took: for the city, each kind and each unit, by year."""
    today = timezone.localdate()
    year = open_data.year_of(request.GET.get("year", ""), today)
    tables = kept(f"statistics:{today}:{year}", lambda: open_data.tables(open_data.months_of(year, today)))
    form = request.GET.get("format", "")
    if form == "csv":
        data = open_data.as_csv(("机关", "业务", *HEADS), open_data.rows(tables))
        return hand_out(data, f"办理统计{year}年.csv", CSV)
    if form == "json":
        rows = open_data.as_records(KEYS, open_data.rows(tables))
        return JsonResponse({"year": year, "rows": rows}, json_dumps_params={"ensure_ascii": False})
    context = {**tables, "year": year, "years": _years(today)}
    return render(request, "supervision/statistics.html", context)


@public_page
@require_safe
def ratings(request: HttpRequest) -> HttpResponse:
    """What people thought of the answers (社会评议), by unit, year or quarter; too few ratings are not shown."""
    today = timezone.localdate()
    year = open_data.year_of(request.GET.get("year", ""), today)
    asked = request.GET.get("quarter", "")
    quarter = int(asked) if asked in ("1", "2", "3", "4") else 0
    rows = kept(
        f"ratings:{today}:{year}:{quarter}",
        lambda: open_data.opinion_rows(open_data.months_of(year, today, quarter), today),
    )
    name = f"{year}年第{QUARTERS[quarter - 1]}季度" if quarter else f"{year}年"
    form = request.GET.get("format", "")
    if form == "csv":
        return hand_out(open_data.as_csv(OPINION_HEADS, rows), f"{name}社会评议.csv", CSV)
    if form == "json":
        found = {"year": year, "quarter": quarter or None, "rows": open_data.as_records(OPINION_KEYS, rows)}
        return JsonResponse(found, json_dumps_params={"ensure_ascii": False})
    context = {
        "rows": rows,
        "heads": OPINION_HEADS,
        "year": year,
        "quarter": quarter,
        "name": name,
        "years": _years(today),
        "quarters": [
            (number, f"第{QUARTERS[number - 1]}季度")
            for number in (1, 2, 3, 4)
            if date(year, number * 3 - 2, 1) <= today
        ],
    }
    return render(request, "supervision/ratings.html", context)


def _period(request: HttpRequest, today: date) -> tuple[list[date], str]:
    """The months and the name of what ?period=2026-Q1 or ?period=2026-03 asks for; else the last month that is over."""
    year, _, number = request.GET.get("period", "").replace("Q", "").partition("-")
    asked = asked_number(year, 1, 9999)
    if asked is not None and number in ("1", "2", "3", "4"):
        months = open_data.months_of(max(asked, FIRST_YEAR - 3), today, int(number))
        if months:
            return months, f"{months[0].year}年第{QUARTERS[int(number) - 1]}季度"
    month = _month(request, today)
    return [month], f"{month.year}年{month.month}月"


@supervisor_page
@require_http_methods(["GET", "HEAD", "POST"])
def circular(request: HttpRequest) -> HttpResponse:
    """The circular of a month or a quarter: the figures, the ranking; ?format=xlsx or pdf gives it as a file.

    POST gives it its number from the office's sequence, once; the papers of that period carry it.
    """
    today = timezone.localdate()
    months, name = _period(request, today)
    code = f"{months[0]:%Y-%m}" if len(months) == 1 else f"{months[0].year}-Q{(months[0].month + 2) // 3}"
    if request.method == "POST":
        return _number(request, code, months[-1])
    tables = open_data.tables(months) | open_data.circular_lists(months, today)
    form = request.GET.get("format", "")
    if form == "xlsx":
        sheet = Sheet(
            "通报", f"{name}办理情况通报", ("机关", "业务", *HEADS), open_data.rows(tables), (20, 18)
        )
        ended = [("依申请公开", *row) for row in tables["replies"]] + [
            ("书记市长信箱", *row) for row in tables["letters"]
        ]
        late = [(case.number or "", case.title, unit, due) for case, unit, due in tables["late"]]
        sheets = [
            sheet,
            Sheet("办理结果", f"{name}办理结果", ("业务", "结果", "件数"), ended, (20, 30)),
            Sheet("期末逾期", f"{name}期末逾期", ("编号", "事项", "机关", "到期日"), late, (20, 50, 20)),
        ]
        return hand_out(workbook(sheets), f"{name}办理情况通报.xlsx", MEDIA_TYPE)
    context = {
        **tables,
        "name": name,
        "month": months[0] if len(months) == 1 else None,
        "months_offered": list(reversed(months_between(date(_years(today)[-1], 1, 1), today)))[:36],
        "quarters": [
            (f"{year}-Q{number}", f"{year}年第{QUARTERS[number - 1]}季度")
            for year in (today.year, today.year - 1)
            for number in (4, 3, 2, 1)
            if date(year, number * 3 - 2, 1) <= today
        ],
        "is_over": month_after(months[-1]) <= today,
        "asked": request.GET.get("period", ""),
        "today": today,
        "code": code,
        "number": queries.circular_number(code) or request.GET.get("number", "").strip()[:40],
    }
    if form == "pdf":
        data = render_pdf(render_to_string("documents/circular.html", context))
        return hand_out(data, f"{name}办理情况通报.pdf", "application/pdf")
    return render(request, "supervision/circular.html", context)


def _number(request: HttpRequest, code: str, last: date) -> HttpResponse:
    """Take the number of the circular and show its page again."""
    ends_on = month_after(last) - timedelta(days=1)
    try:
        made = actions.number_circular(
            period=code, ends_on=ends_on, actor=actor_of(request), at=timezone.now()
        )
    except PortalError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"本期通报文号：{made.number}。")
    return redirect(f"{reverse('supervision:circular')}?period={code}")
