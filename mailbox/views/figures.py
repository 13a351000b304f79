"""The letter box in figures on the screen: the table with its chart, what is behind a figure, the file."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from mailbox.figures import scope
from mailbox.figures.counting import ALL_TITLES, TITLES
from mailbox.figures.months import Month, asked_month, listed_months
from mailbox.figures.report import letters_behind
from mailbox.figures.report import report as report_of
from mailbox.figures.workbook import MEDIA_TYPE, workbook
from portal.files.responses import hand_out
from portal.web.access import actor_of, staff_page
from portal.web.pagination import page_of


def _asked(request: HttpRequest) -> tuple[Month, Any]:
    """The month and the unit that the address names."""
    month = asked_month(request.GET.get("month", ""), timezone.localdate())
    return month, scope.readable_unit(actor_of(request), request.GET.get("unit", ""))


def _query(month: Month, unit: Any) -> str:
    return urlencode({"month": month.code, "unit": unit.code if unit is not None else ""})


@staff_page
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """The table of a month; ?month= and ?unit= choose and stay in the address."""
    actor, today = actor_of(request), timezone.localdate()
    month, unit = _asked(request)
    context = {
        "report": report_of(month, unit, today),
        "month": month,
        "unit": unit,
        "query": _query(month, unit),
        "months": listed_months(month, today),
        "units": scope.readable_units(actor),
        "everywhere": scope.reads_all(actor),
        "titles": TITLES.values(),
    }
    return render(request, "mailbox/figures/figures.html", context)


@staff_page
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """The letters behind one figure, as far as the reader may see them; ?figure= names it."""
    month, unit = _asked(request)
    figure = request.GET.get("figure", "")
    seen, value, kept = letters_behind(month, unit, figure, actor_of(request), timezone.localdate())
    context = {
        "page": page_of(request, seen, size=25),
        "value": value,
        "kept": kept,
        "title": ALL_TITLES[figure],
        "month": month,
        "unit": unit,
        "query": _query(month, unit),
    }
    return render(request, "mailbox/figures/letters.html", context)


@staff_page
@require_GET
def xlsx(request: HttpRequest) -> HttpResponse:
    """The table as a workbook."""
    month, unit = _asked(request)
    found = report_of(month, unit, timezone.localdate())
    return hand_out(workbook(found), f"{found.title}.xlsx", MEDIA_TYPE)
