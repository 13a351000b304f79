"""Orders of supervisors: issued, answered by the unit, closed or returned."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from portal.cases.queries import timeline
from portal.core.errors import PortalError
from portal.documents.queries import documents_of
from portal.supervision import actions, queries
from portal.supervision.forms import OrderForm
from portal.supervision.verbs import VERBS
from portal.web.access import actor_of, staff_page, supervisor_page
from portal.web.errors import refuse
from portal.web.pagination import page_of
from portal.web.papers import hand_out_paper
from portal.web.steps import try_step, verb_of


@staff_page
@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """The orders that the reader may see."""
    return render(
        request, "supervision/orders.html", {"page": page_of(request, queries.orders(actor_of(request)))}
    )


@supervisor_page
@require_http_methods(["GET", "POST"])
def new_order(request: HttpRequest) -> HttpResponse:
    """Issue an order; ?case= names the case that it is about."""
    target = queries.find_target(request.GET.get("case", ""))
    form = OrderForm(request.POST or None, with_unit=target is None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                case = actions.issue_order(
                    target=target, actor=actor_of(request), at=timezone.now(), **form.cleaned_data
                )
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, f"已发出，编号{case.number}。")
                return redirect("supervision:order", public_id=case.public_id)
    return render(request, "supervision/new_order.html", {"form": form, "target": target}, status=status)


@staff_page
@require_GET
def order(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """An order, and what may be done now."""
    actor = actor_of(request)
    case = queries.find_order(actor, public_id)
    context = {
        "case": case,
        "steps": [VERBS[verb] for verb in queries.order_verbs(case, actor)],
        "entries": timeline(case),
        "papers": documents_of(case, internal=True),
    }
    return render(request, "supervision/order.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, public_id: uuid.UUID, verb: str) -> HttpResponse:
    """The page of one verb: the form, and the step itself."""
    entry = verb_of(VERBS, verb)
    actor = actor_of(request)
    case = queries.find_order(actor, public_id)
    tried = try_step(request, entry, case, actor)
    if tried.done:
        return redirect("supervision:order", public_id=case.public_id)
    return render(
        request,
        "supervision/step.html",
        {"case": case, "form": tried.form, "verb": entry},
        status=tried.status,
    )


@staff_page
@require_GET
def paper(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The order as a numbered paper."""
    case = queries.find_order(actor_of(request), public_id)
    found = documents_of(case, internal=True).first()
    if found is None:
        raise Http404
    return hand_out_paper(request, found, "supervision:order", public_id=public_id)
