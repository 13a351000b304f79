"""The annual report on the screen: the tables, what is behind a figure, the files, and what a unit enters."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from portal.core.errors import InvalidInput, NotFound
from portal.files.responses import hand_out
from portal.units.access import is_supervisor
from portal.web.access import actor_of, staff_page
from portal.web.pagination import page_of
from requests_app.actions.annual import fill as write
from requests_app.annual import fees, layout, rows, scope
from requests_app.annual.entered import entered
from requests_app.annual.figures import cases_behind, remedies_behind
from requests_app.annual.report import Report
from requests_app.annual.report import report as report_of
from requests_app.annual.workbook import MEDIA_TYPE
from requests_app.forms.annual import AnnualForm

TALLIED = (
    (rows.NEW, "本年新收"),
    (rows.CARRIED_OVER, "上年结转"),
    (rows.HANDLED, "本年办结"),
    (rows.CARRIED_FORWARD, "结转下年"),
)


def _year(request: HttpRequest) -> int:
    """The year in the address; without one the last full year, which is what January reports on."""
    today = timezone.localdate()
    asked = request.GET.get("year", "")
    return scope.year_of(asked, today) if asked else max(today.year - 1, min(scope.years(today)))


def _unit(request: HttpRequest) -> Any:
    return scope.readable_unit(actor_of(request), request.GET.get("unit", ""))


def _query(year: int, unit: Any) -> str:
    return urlencode({"year": year, "unit": unit.code if unit is not None else ""})


def _report(request: HttpRequest) -> Report:
    return report_of(_year(request), _unit(request))


@staff_page
@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """The three tables and the identities; ?year= and ?unit= choose and stay in the address."""
    found = _report(request)
    actor = actor_of(request)
    context = {
        "report": found,
        "unit": found.unit,
        "query": _query(found.year, found.unit),
        "years": scope.years(timezone.localdate()),
        "units": scope.readable_units(actor),
        "everywhere": is_supervisor(actor),
        "may_fill": found.unit in scope.fillable_units(actor),
        "totals": [(code, label, found.figures.table2[code, rows.TOTAL]) for code, label in TALLIED],
        "table1": layout.table1(found.entered.values),
        "table2": layout.table2(found.figures.table2),
        "columns": rows.COLUMNS,
        "table3": layout.table3(found.figures.table3),
        "results": rows.REMEDY_COLUMNS,
    }
    return render(request, "requests_app/annual/report.html", context)


@staff_page
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """What is behind one figure: the requests, or the reconsiderations and lawsuits; ?row= and ?column= name it."""
    year, unit = _year(request), _unit(request)
    row, column = request.GET.get("row", ""), request.GET.get("column", "")
    contested = row in rows.REMEDY_ROW_TITLES
    row_titles = rows.REMEDY_ROW_TITLES if contested else {**rows.ROW_TITLES, fees.ROW: fees.TITLE}
    column_titles = rows.REMEDY_COLUMN_TITLES if contested else rows.COLUMN_TITLES
    if row not in row_titles or column not in column_titles:
        raise NotFound("年度报告中没有这一项。")
    behind: Any = (remedies_behind if contested else cases_behind)(year, unit, row, column)
    context = {
        "page": page_of(request, behind, size=25),
        "count": behind.count(),
        "contested": contested,
        "year": year,
        "unit": unit,
        "title": f"{row_titles[row]}（{column_titles[column]}）",
        "query": _query(year, unit),
    }
    return render(request, "requests_app/annual/cases.html", context)


@staff_page
@require_GET
def xlsx(request: HttpRequest) -> HttpResponse:
    """The tables and ledgers as a workbook."""
    found = _report(request)
    return hand_out(found.xlsx(), f"{found.filename}.xlsx", MEDIA_TYPE)


@staff_page
@require_GET
def pdf(request: HttpRequest) -> HttpResponse:
    """The report as a paper."""
    found = _report(request)
    return hand_out(found.pdf(timezone.localdate()), f"{found.filename}.pdf", "application/pdf")


@staff_page
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest) -> HttpResponse:
    """A clerk enters table 1 and the texts of the own unit."""
    unit = scope.fillable_unit(actor_of(request), request.GET.get("unit", ""))
    if unit is None:
        return render(request, "403.html", status=403)
    year = _year(request)
    form = AnnualForm(entered(year, unit), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            write(
                unit=unit,
                year=year,
                values=form.values(),
                texts=form.texts(),
                actor=actor_of(request),
                at=timezone.now(),
            )
        except InvalidInput as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
        else:
            messages.success(request, f"{year}年度报告的填报内容已保存。")
            return redirect(f"{reverse('workbench_annual:report')}?{_query(year, unit)}")
    context = {"form": form, "unit": unit, "year": year, "query": _query(year, unit)}
    return render(request, "requests_app/annual/fill.html", context, status=400 if form.is_bound else 200)
