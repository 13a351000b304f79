"""The papers that the portal prints: each with a sample, as it would be issued today."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.documents.kinds import KINDS, SERIES
from portal.documents.render.worker import render_pdf
from portal.documents.samples import sample_page
from portal.files.responses import hand_out
from portal.units.choices import Role
from portal.web.access import admin_page


@admin_page(Role.SYSTEM_ADMIN)
@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """All kinds by series, with title, statute and fields."""
    titles = {code: series.title for code, series in SERIES.items()} | {"": "不编号的文书"}
    order = list(titles)
    kinds = sorted(
        KINDS.values(),
        key=lambda kind: (order.index(kind.series) if kind.series in titles else -1, kind.code),
    )
    groups = [
        (titles.get(series, series), list(found))
        for series, found in groupby(kinds, key=lambda kind: kind.series)
    ]
    return render(request, "administration/papers.html", {"groups": groups})


@admin_page(Role.SYSTEM_ADMIN)
@require_safe
def sample(request: HttpRequest, code: str) -> HttpResponse:
    """The sample of one kind as PDF."""
    kind = KINDS.get(code)
    if kind is None:
        raise Http404
    return hand_out(render_pdf(sample_page(kind)), f"{kind.title}（样张）.pdf", "application/pdf")
