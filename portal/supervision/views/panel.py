"""Panels: replies drawn at random, judged by several people."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core.errors import PortalError
from portal.supervision import actions, queries
from portal.supervision.forms import MarkForm, PanelForm
from portal.units.access import is_supervisor
from portal.web.access import actor_of, staff_page, supervisor_page
from portal.web.errors import refuse
from portal.web.pagination import page_of


@staff_page
@require_http_methods(["GET", "POST"])
def panels(request: HttpRequest) -> HttpResponse:
    """Those that the reader may see; a supervisor draws a new one."""
    actor = actor_of(request)
    form = PanelForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                case = actions.open_panel(actor=actor, at=timezone.now(), **form.cleaned_data)
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, f"已抽取{case.samples.count()}件，编号{case.number}。")
                return redirect("supervision:panel", public_id=case.public_id)
    context = {
        "page": page_of(request, queries.panels(actor)),
        "form": form,
        "may_open": is_supervisor(actor),
    }
    return render(request, "supervision/panels.html", context, status=status)


@staff_page
@require_GET
def panel(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The samples: what the reader has still to judge first; a supervisor sees how far it is."""
    actor = actor_of(request)
    case = queries.find_panel(actor, public_id)
    context = {
        "case": case,
        "rows": queries.samples_of(case, actor),
        "supervises": is_supervisor(actor),
        "open": case.closed_on is None,
    }
    return render(request, "supervision/panel.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def sample(request: HttpRequest, public_id: uuid.UUID, pk: int) -> HttpResponse:
    """One reply with what was asked; a member marks it and goes on to the next."""
    actor = actor_of(request)
    case = queries.find_panel(actor, public_id)
    found = queries.find_sample(case, pk)
    own = queries.own_mark(found, actor)
    form = MarkForm(
        request.POST or None, initial={"points": own.points, "remark": own.remark} if own is not None else {}
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.mark_sample(sample=found, actor=actor, at=timezone.now(), **form.cleaned_data)
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, "已评分。")
                following = queries.next_sample(case, actor)
                if following is None:
                    return redirect("supervision:panel", public_id=public_id)
                return redirect("supervision:sample", public_id=public_id, pk=following.pk)
    context = {
        "case": case,
        "sample": found,
        "form": form,
        "may_mark": queries.may_mark(found, actor) and case.closed_on is None,
        "marks": found.marks.select_related("by") if is_supervisor(actor) else [],
    }
    return render(request, "supervision/sample.html", context, status=status)


@supervisor_page
@require_POST
def close(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """End the marking."""
    actor = actor_of(request)
    case = queries.find_panel(actor, public_id)
    actions.close_panel(case=case, actor=actor, at=timezone.now())
    messages.success(request, "评分已结束，得分计入考核。")
    return redirect("supervision:panel", public_id=public_id)
