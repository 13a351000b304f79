"""The units' pages of courses."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consultations.courses import actions, queries
from consultations.courses.forms import OpenForm, QuestionForm
from consultations.courses.verbs import VERBS
from portal.core.errors import PortalError
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
def courses(request: HttpRequest) -> HttpResponse:
    """The courses of the reader's units."""
    actor = actor_of(request)
    page = page_of(request, queries.handled(actor))
    return render(request, "courses/staff/list.html", {"page": page, "may_open": _units(actor).exists()})


@staff_page
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a course."""
    actor = actor_of(request)
    units = _units(actor)
    if not units.exists():
        return render(request, "403.html", status=403)
    form = OpenForm(request.POST or None, units=units)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            answers = dict(form.cleaned_data)
            unit = answers.pop("unit")
            try:
                case = actions.open_course(answers=answers, unit=unit, actor=actor, at=timezone.now())
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, f"已建立，编号{case.number}。下一步：添加测验题目。")
                return redirect("workbench_courses:detail", public_id=case.public_id)
    context = {"form": form, "heading": "发起网上培训"}
    return render(request, "courses/staff/form.html", context, status=status)


@staff_page
@require_GET
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everything about a course, and what may be done now."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    view = queries.staff_view(case, actor, timezone.localdate())
    context = {
        "case": case,
        "view": view,
        "steps": [VERBS[verb] for verb in view.verbs if verb in VERBS],
        "may_edit": queries.is_draft(case) and actor.has_role(case.unit_id, Role.CLERK),
    }
    return render(request, "courses/staff/detail.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Add a question to the quiz."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    form = QuestionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.put_question(case=case, actor=actor, at=timezone.now(), **form.cleaned_data)
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, "题目已保存。")
                return redirect("workbench_courses:detail", public_id=public_id)
    context = {"case": case, "form": form, "heading": "添加测验题目"}
    return render(request, "courses/staff/form.html", context, status=status)


@staff_page
@require_POST
def drop(request: HttpRequest, public_id: uuid.UUID, name: str) -> HttpResponse:
    """Take a question out."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    actions.drop_question(case=case, question=name, actor=actor, at=timezone.now())
    messages.success(request, "题目已删除。")
    return redirect("workbench_courses:detail", public_id=public_id)


@staff_page
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, public_id: uuid.UUID, verb: str) -> HttpResponse:
    """The page of one verb: the form, and the step itself."""
    entry = verb_of(VERBS, verb)
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    tried = try_step(request, entry, case, actor)
    if tried.done:
        return redirect("workbench_courses:detail", public_id=case.public_id)
    context = {"case": case, "form": tried.form, "heading": entry.label, "hint": entry.hint}
    return render(request, "courses/staff/form.html", context, status=tried.status)
