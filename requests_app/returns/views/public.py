"""The published annual reports: the city's and each unit's, as tables and as files."""

from __future__ import annotations

from datetime import date

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.files.responses import hand_out
from portal.publishing.actions import digest_of
from portal.web.caching import public_page
from requests_app.annual.printed import lines
from requests_app.annual.snapshot import Snapshot, of_json
from requests_app.annual.workbook import MEDIA_TYPE
from requests_app.returns import queries
from requests_app.returns.choices import publish_by


@public_page
@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """The years for which there is a report."""
    return render(request, "returns/years.html", {"reports": queries.published_years()})


KEPT_SECONDS = 7 * 24 * 3600


def _file(form: str, kept: Snapshot, name: str, issued_on: date, missing: str) -> HttpResponse | None:
    if form == "json":
        note = {"note": missing} if missing else {}
        return JsonResponse({**kept.as_json(), **note}, json_dumps_params={"ensure_ascii": False})
    if form == "xlsx":
        return hand_out(kept.xlsx(), f"{name}.xlsx", MEDIA_TYPE)
    if form == "pdf":
        return hand_out(_paper(kept, issued_on, missing), f"{name}.pdf", "application/pdf")
    return None


def _paper(kept: Snapshot, issued_on: date, missing: str) -> bytes:
    """The paper, drawn once: what is public must not let everyone make the server draw."""
    key = f"annual-paper:{digest_of(f'{kept.as_json()}{issued_on}{missing}')}"
    found: bytes | None = cache.get(key)
    if found is None:
        found = kept.pdf(issued_on, missing)
        cache.set(key, found, KEPT_SECONDS)
    return found


@public_page
@require_safe
def city(request: HttpRequest, year: int) -> HttpResponse:
    """The city's report of a year; ?format=pdf, xlsx or json gives it as a file."""
    case = queries.published_city(year)
    kept = of_json(case.data)
    absent = queries.absent_words(case)
    why = f"说明：{case.missing_reason}" if case.missing_reason else ""
    missing = queries.corrections_of(case) + absent + why
    form = request.GET.get("format", "")
    found = _file(form, kept, case.title, queries.published_day(case), missing)
    if found is not None:
        return found
    context = {
        "case": case,
        "kept": kept,
        "missing": missing,
        "units": queries.published_returns(year),
        "published_on": case.published_on,
        "publish_by": publish_by(year),
        **lines(kept, kept.values),
    }
    return render(request, "returns/public.html", context)


@public_page
@require_safe
def unit(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """A unit's report of a year."""
    case = queries.published_return(year, code)
    kept = queries.snapshot_of(case)
    published = case.closed_on or queries.published_day(queries.published_city(year))
    why = queries.reason_of(case)
    note = queries.corrections_of(case) + (f"恒等式不符的说明：{why}" if why else "")
    found = _file(request.GET.get("format", ""), kept, case.title, published, note)
    if found is not None:
        return found
    context = {
        "case": case,
        "kept": kept,
        "missing": note,
        "published_on": published,
        **lines(kept, kept.values),
    }
    return render(request, "returns/public.html", context)
