"""The units' pages of public responses; the mailbox office orders them."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mailbox.actions import letters_by_number
from mailbox.queries import in_office
from mailbox.responses import actions, queries
from mailbox.responses.forms import OrderForm
from mailbox.responses.verbs import VERBS
from portal.core.errors import PortalError
from portal.web.access import actor_of, staff_page
from portal.web.errors import refuse
from portal.web.pagination import page_of
from portal.web.steps import try_step, verb_of


@staff_page
@require_GET
def responses(request: HttpRequest) -> HttpResponse:
    """The responses that the reader's units owe or gave."""
    actor = actor_of(request)
    context = {"page": page_of(request, queries.handled(actor)), "office": in_office(actor)}
    return render(request, "responses/staff/list.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest) -> HttpResponse:
    """Order a response; ?letter= names the letters, as the page of rising topics does, or they are typed by number."""
    actor = actor_of(request)
    if not in_office(actor):
        return render(request, "403.html", status=403)
    asked = request.POST if request.method == "POST" else request.GET
    keys = [int(text) for text in asked.getlist("letter")[:200] if text.isdecimal() and len(text) < 12]
    letters = list(queries.letters_by_id(keys))
    form = OrderForm(request.POST or None, initial={"topic": request.GET.get("topic", "")[:120]})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                numbers = form.cleaned_data.pop("numbers").split()
                named = letters_by_number(actor, numbers) if numbers else []
                case = actions.order_response(
                    letters=list(dict.fromkeys([*letters, *named])),
                    actor=actor,
                    at=timezone.now(),
                    **form.cleaned_data,
                )
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, f"已交办，编号{case.number}。")
                return redirect("workbench_responses:detail", public_id=case.public_id)
    return render(request, "responses/staff/order.html", {"form": form, "letters": letters}, status=status)


@staff_page
@require_GET
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everything about a response, and what may be done now."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    view = queries.staff_view(case, actor, timezone.localdate())
    steps = [VERBS[verb] for verb in view.verbs if verb in VERBS]
    return render(request, "responses/staff/detail.html", {"case": case, "view": view, "steps": steps})


@staff_page
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, public_id: uuid.UUID, verb: str) -> HttpResponse:
    """The page of one verb: the form, and the step itself."""
    entry = verb_of(VERBS, verb)
    actor = actor_of(request)
    case: Any = queries.find_handled(actor, public_id)
    tried = try_step(request, entry, case, actor)
    if tried.done:
        return redirect("workbench_responses:detail", public_id=case.public_id)
    view = queries.staff_view(case, actor, timezone.localdate())
    context = {"case": case, "verb": entry, "form": tried.form, "possible": entry.code in view.verbs}
    return render(request, "responses/staff/step.html", context, status=tried.status)
