"""Assessment: computed and frozen, disputed, decided, published."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core.errors import InvalidInput, PortalError
from portal.supervision import actions, queries
from portal.supervision.forms import DecisionForm, ObjectionForm, PeriodForm
from portal.units.access import is_supervisor
from portal.units.choices import Role
from portal.web.access import actor_of, staff_page, supervisor_page
from portal.web.errors import refuse
from portal.web.pagination import page_of


@staff_page
@require_http_methods(["GET", "POST"])
def assessments(request: HttpRequest) -> HttpResponse:
    """All of them; a supervisor computes a new one."""
    actor = actor_of(request)
    form = PeriodForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                case = actions.open_assessment(actor=actor, at=timezone.now(), **form.cleaned_data)
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, f"已计算，编号{case.number}，各单位可以提出异议。")
                return redirect("supervision:assessment", public_id=case.public_id)
    context = {
        "page": page_of(request, queries.assessments(actor)),
        "form": form,
        "may_open": is_supervisor(actor),
    }
    return render(request, "supervision/assessments.html", context, status=status)


@staff_page
@require_GET
def assessment(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The ranking, as far as the reader may see it; objections."""
    actor = actor_of(request)
    case = queries.find_assessment(actor, public_id)
    titles = queries.indicator_titles()
    rows = queries.ranking(case, actor)
    context = {
        "case": case,
        "heads": [(code, titles.get(code, code), weight) for code, weight in case.weights.items()],
        "rows": [(row, [row.line.get(code, {}).get("score") for code in case.weights]) for row in rows],
        "objections": [
            (row, titles.get(row.indicator, row.indicator)) for row in queries.objections_of(case, actor)
        ],
        "form": DecisionForm(),
        "supervises": is_supervisor(actor),
        "open": case.state == "open",
    }
    return render(request, "supervision/assessment.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def unit(request: HttpRequest, public_id: uuid.UUID, code: str) -> HttpResponse:
    """One unit's scores with what is behind them; its leader may object."""
    actor = actor_of(request)
    case = queries.find_assessment(actor, public_id)
    row = next((row for row in queries.ranking(case, actor) if row.unit.code == code), None)
    if row is None:
        raise Http404
    titles = queries.indicator_titles()
    choices = [(name, titles.get(name, name)) for name in row.line]
    form = ObjectionForm(request.POST or None, choices=choices)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.object_to(
                    case=case, unit=row.unit, actor=actor, at=timezone.now(), **form.cleaned_data
                )
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, "异议已提出。")
                return redirect("supervision:assessment", public_id=public_id)
    context: dict[str, Any] = {
        "case": case,
        "row": row,
        "entries": [
            (titles.get(name, name), case.weights.get(name, 0), entry) for name, entry in row.line.items()
        ],
        "form": form,
        "may_object": actor.has_role(row.unit.pk, Role.APPROVER) and case.state == "open",
    }
    return render(request, "supervision/assessment_unit.html", context, status=status)


@supervisor_page
@require_POST
def decide(request: HttpRequest, public_id: uuid.UUID, pk: int) -> HttpResponse:
    """Decide an objection."""
    actor = actor_of(request)
    case = queries.find_assessment(actor, public_id)
    objection = case.objections.filter(pk=pk).first()
    form = DecisionForm(request.POST)
    if objection is None:
        raise Http404
    if not form.is_valid():
        raise InvalidInput("；".join(str(text) for texts in form.errors.values() for text in texts))
    actions.decide_objection(
        objection=objection,
        upheld=form.cleaned_data["upheld"] == "yes",
        score=form.cleaned_data["score"],
        decision=form.cleaned_data["decision"],
        actor=actor,
        at=timezone.now(),
    )
    messages.success(request, "已决定。")
    return redirect("supervision:assessment", public_id=public_id)


@supervisor_page
@require_POST
def publish(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Publish to all units."""
    actor = actor_of(request)
    case = queries.find_assessment(actor, public_id)
    actions.publish_assessment(case=case, actor=actor, at=timezone.now())
    messages.success(request, "已公布。")
    return redirect("supervision:assessment", public_id=public_id)
