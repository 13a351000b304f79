"""The units' pages of hearings."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consultations.hearings import actions, queries
from consultations.hearings.forms import OpenForm
from consultations.hearings.verbs import VERBS
from portal.core.errors import NotFound, PortalError
from portal.documents.docx import MEDIA_TYPE, docx_of
from portal.documents.queries import documents_of
from portal.files.responses import hand_out
from portal.units.choices import Role
from portal.units.queries import units_by_id
from portal.web.access import actor_of, staff_page
from portal.web.errors import refuse
from portal.web.looks import look_recorded
from portal.web.pagination import page_of
from portal.web.papers import hand_out_paper
from portal.web.steps import try_step, verb_of


def _units(actor: Any) -> Any:
    return units_by_id([unit for unit, role in actor.roles if role == Role.CLERK and unit])


@staff_page
@require_GET
def hearings(request: HttpRequest) -> HttpResponse:
    """The hearings of the reader's units."""
    actor = actor_of(request)
    page = page_of(request, queries.handled(actor))
    return render(request, "hearings/staff/list.html", {"page": page, "may_open": _units(actor).exists()})


@staff_page
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a hearing."""
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
            unit, groups = answers.pop("unit"), answers.pop("groups")
            try:
                case = actions.open_hearing(
                    answers=answers, groups=groups, unit=unit, actor=actor, at=timezone.now()
                )
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, f"已建立，编号{case.number}。")
                return redirect("workbench_hearings:detail", public_id=case.public_id)
    return render(request, "hearings/staff/new.html", {"form": form}, status=status)


@staff_page
@require_GET
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everything about a hearing, and what may be done now."""
    return _page(request, public_id)


@staff_page
@require_POST
def reveal(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show the names and telephones of those drawn, once, with a reason that is recorded: they are to be asked to come."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    rows = queries.participants(case)
    if not actor.has_role(case.unit_id, Role.CLERK) or not rows:
        return render(request, "403.html", status=403)
    if not look_recorded(request, case, ["name", "phone", "email"], request.POST.get("reason", "")[:200]):
        return redirect("workbench_hearings:detail", public_id=public_id)
    return _page(request, public_id, rows)


def _page(request: HttpRequest, public_id: uuid.UUID, revealed: Any = ()) -> HttpResponse:
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    view = queries.staff_view(case, actor, timezone.localdate())
    context = {
        "case": case,
        "view": view,
        "steps": [VERBS[verb] for verb in view.verbs if verb in VERBS],
        "drawn": queries.drawn_numbers(case),
        "groups": case.groups.order_by("id"),
        "fixed": queries.fixed_list(case),
        "may_reveal": actor.has_role(case.unit_id, Role.CLERK) and bool(queries.participants(case)),
        "revealed": revealed,
    }
    return render(request, "hearings/staff/detail.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, public_id: uuid.UUID, verb: str) -> HttpResponse:
    """The page of one verb: the form, and the step itself."""
    entry = verb_of(VERBS, verb)
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    tried = try_step(request, entry, case, actor)
    if tried.done:
        return redirect("workbench_hearings:detail", public_id=case.public_id)
    view = queries.staff_view(case, actor, timezone.localdate())
    context = {"case": case, "verb": entry, "form": tried.form, "possible": entry.code in view.verbs}
    return render(request, "hearings/staff/step.html", context, status=tried.status)


def _paper(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> Any:
    case = queries.find_handled(actor_of(request), public_id)
    found = documents_of(case, internal=True).filter(public_id=document_id).first()
    if found is None:
        raise NotFound("没有找到该文书。")
    return found


@staff_page
@require_GET
def document(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponse:
    """Download a paper."""
    found = _paper(request, public_id, document_id)
    return hand_out_paper(request, found, "workbench_hearings:detail", public_id=public_id)


@staff_page
@require_GET
def docx(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponse:
    """The same paper as an editable file."""
    found = _paper(request, public_id, document_id)
    return hand_out(docx_of(found), f"{found.title}.docx", MEDIA_TYPE)
