"""The units' pages of topics."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consultations.proposals import actions, queries
from consultations.proposals.choices import PUBLIC_STATES
from consultations.proposals.forms import NameForm
from consultations.proposals.verbs import VERBS
from portal.core.errors import NotFound, PortalError
from portal.units.choices import Role
from portal.units.queries import units_by_id
from portal.web.access import actor_of, staff_page
from portal.web.errors import refuse
from portal.web.pagination import page_of
from portal.web.steps import try_step, verb_of


def _units(actor: Any) -> Any:
    return units_by_id([unit for unit, role in actor.roles if role == Role.CLERK and unit])


@staff_page
@require_GET
def topics(request: HttpRequest) -> HttpResponse:
    """The topics of the reader's units."""
    actor = actor_of(request)
    page = page_of(request, queries.handled(actor))
    return render(request, "proposals/staff/list.html", {"page": page, "may_open": _units(actor).exists()})


@staff_page
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Name a topic."""
    actor = actor_of(request)
    units = _units(actor)
    if not units.exists():
        return render(request, "403.html", status=403)
    form = NameForm(request.POST or None, units=units)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                case = actions.name_topic(actor=actor, at=timezone.now(), **form.cleaned_data)
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, f"已设立，编号{case.number}，签发后开放。")
                return redirect("workbench_proposals:detail", public_id=case.public_id)
    return render(request, "proposals/staff/new.html", {"form": form}, status=status)


@staff_page
@require_GET
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everything about a topic, and what may be done now."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    view = queries.staff_view(case, actor, timezone.localdate())
    context = {
        "case": case,
        "view": view,
        "steps": [VERBS[verb] for verb in view.verbs if verb in VERBS],
        "may_remove": actor.has_role(case.unit_id, Role.CLERK, Role.REVIEWER) and case.state in PUBLIC_STATES,
    }
    return render(request, "proposals/staff/detail.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, public_id: uuid.UUID, verb: str) -> HttpResponse:
    """The page of one verb: the form, and the step itself."""
    entry = verb_of(VERBS, verb)
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    tried = try_step(request, entry, case, actor)
    if tried.done:
        return redirect("workbench_proposals:detail", public_id=case.public_id)
    view = queries.staff_view(case, actor, timezone.localdate())
    context = {"case": case, "verb": entry, "form": tried.form, "possible": entry.code in view.verbs}
    return render(request, "proposals/staff/step.html", context, status=tried.status)


@staff_page
@require_POST
def remove(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """Show a suggestion no more."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    row = queries.suggestions_of(case).filter(number=number).first()
    if row is None:
        raise NotFound("没有找到这条建议。")
    try:
        actions.remove_suggestion(
            case=case,
            suggestion=row,
            reason=request.POST.get("reason", "")[:200],
            actor=actor,
            at=timezone.now(),
        )
    except PortalError as error:
        messages.error(request, error.sentence)
    return redirect("workbench_proposals:detail", public_id=public_id)
