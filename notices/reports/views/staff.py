"""The units' pages of error reports."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from notices.reports import queries
from notices.reports.verbs import VERBS
from portal.web.access import actor_of, staff_page
from portal.web.pagination import page_of
from portal.web.steps import try_step, verb_of


@staff_page
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """The reports of the reader's units, what is due first before."""
    page = page_of(request, queries.handled(actor_of(request)))
    return render(request, "reports/staff/list.html", {"page": page})


@staff_page
@require_GET
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everything about a report, and what may be done now."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    view = queries.staff_view(case, actor)
    steps = [VERBS[verb] for verb in view.verbs if verb in VERBS]
    return render(request, "reports/staff/detail.html", {"case": case, "view": view, "steps": steps})


@staff_page
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, public_id: uuid.UUID, verb: str) -> HttpResponse:
    """The page of one verb: the form, and the step itself."""
    entry = verb_of(VERBS, verb)
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    tried = try_step(request, entry, case, actor)
    if tried.done:
        return redirect("workbench_reports:list")
    context = {"case": case, "form": tried.form, "verb": entry}
    return render(request, "reports/staff/step.html", context, status=tried.status)
