"""The unit's pages of a request: one page to see it, one page for each verb."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.cases.remarks import remarks_of
from portal.core.errors import PortalError
from portal.records.objections import objections_of
from portal.records.public import public_entries
from portal.records.queries import has_records, may_read
from portal.web.access import actor_of, staff_page
from portal.web.errors import carries_version, refuse
from portal.web.looks import look_recorded
from requests_app import fees, queries
from requests_app.forms.staff import RevealForm
from requests_app.verbs import VERBS, Verb
from requests_app.views import drafting


@staff_page
@require_GET
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everything about a request, personal values masked, and what may be done now."""
    return _page(request, public_id)


def _page(request: HttpRequest, public_id: uuid.UUID, revealed: dict[str, str] | None = None) -> HttpResponse:
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    view = queries.staff_view(case, actor, timezone.localdate())
    _join_objections(view)
    steps = [(verb, VERBS[verb]) for verb in view.verbs if verb in VERBS]
    context = {
        "view": view,
        "case": case,
        "steps": steps,
        "first_steps": [pair for pair in steps if pair[1].main],
        "other_steps": [pair for pair in steps if not pair[1].main],
        "remarks": remarks_of(case),
        "revealed": revealed or {},
        "reveal_form": RevealForm(),
        "can_see_records": may_read(case, actor),
        "can_reveal": actor.has_role(case.unit_id, *queries.REVEALING_ROLES),
    }
    return render(request, "requests_app/staff/detail.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, public_id: uuid.UUID, verb: str) -> HttpResponse:
    """The page of one verb: the form, and the step itself."""
    entry = VERBS.get(verb.replace("-", "_"))
    if entry is None:
        raise Http404
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    posted = request.method == "POST"
    form = entry.form_for(
        case,
        request.POST if posted else None,
        request.FILES if posted else None,
        asked=request.GET.dict(),
    )
    status, preview = 200, None
    sheets: list[str] = []
    if request.method == "POST":
        status = 400
        valid = form.is_valid()
        valid = carries_version(form, case) and valid
        if entry.code == "draft_reply" and request.headers.get("X-Preview"):
            return drafting.answer(request, case, form, actor)
        if valid and entry.code == "draft_reply" and "preview" in request.POST:
            sheets, problem = drafting.drawn(case, form, actor)
            status = 200
            if problem:
                messages.error(request, problem)
        elif valid and entry.preview is not None and "preview" in request.POST:
            preview, status = entry.preview(form.cleaned_data), 200
        elif valid:
            try:
                said = entry.run(case, form, actor)
            except PortalError as error:
                status = refuse(form, error, case)
            else:
                messages.success(request, said)
                return _go_on(request, entry, case, actor)
    context = {**_step_context(case, entry, form, actor), "preview": preview, "sheets": sheets}
    if entry.code == "draft_reply":
        context |= drafting.beside(case)
    return render(request, "requests_app/staff/step.html", context, status=status)


def _go_on(request: HttpRequest, entry: Verb, case: Any, actor: Any) -> HttpResponse:
    """What is asked for with the step: the draft after taking a request in hand, the review after the draft."""
    if entry.code == "register" and request.POST.get("take"):
        return redirect("workbench_requests:step", public_id=case.public_id, verb="draft-reply")
    if entry.code == "draft_reply" and "submit_too" in request.POST:
        try:
            messages.success(request, VERBS["submit_reply"].run(case, _nothing_more(case), actor))
        except PortalError as error:
            messages.error(request, f"已保存，没有送审：{error}")
    return _after(case, actor)


def _nothing_more(case: Any) -> forms.Form:
    form = VERBS["submit_reply"].form_for(case, {"version": case.version})
    form.is_valid()
    return form


def _after(case: Any, actor: Any) -> HttpResponse:
    """Back to the request, or to the inbox if it now belongs to another unit."""
    if queries.is_handled_by(case, actor):
        return redirect("workbench_requests:detail", public_id=case.public_id)
    return redirect("workbench:inbox")


def _join_objections(view: Any) -> None:
    """What each of those asked marked on the pages, beside its opinion."""
    rows = objections_of(view.case) if view.consultations else []
    for entry in view.consultations:
        entry.objections = [row for row in rows if row.party == entry.pk]


def _step_context(case: Any, entry: Verb, form: forms.Form, actor: Any) -> dict[str, Any]:
    view = queries.staff_view(case, actor, timezone.localdate())
    _join_objections(view)
    return {
        "case": case,
        "view": view,
        "verb": entry,
        "form": form,
        "possible": entry.code in view.verbs,
        "has_records": may_read(case, actor) and has_records(case),
        "shared": public_entries(case) if entry.code == "propose_release" else [],
        "verb_extra": {"pieces": fees.bands("by_piece", 50), "pages": fees.PAGES},
    }


@staff_page
@require_POST
def reveal(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show sealed values once, with a reason that is recorded."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    form = RevealForm(request.POST)
    field = request.POST.get("field", "")
    if not actor.has_role(case.unit_id, *queries.REVEALING_ROLES) or field not in (
        *queries.REVEALABLE,
        "all",
    ):
        return render(request, "403.html", status=403)
    if not form.is_valid():
        messages.error(request, "请写明查看理由。")
        return redirect("workbench_requests:detail", public_id=public_id)
    fields = list(queries.REVEALABLE) if field == "all" else [field]
    if not look_recorded(request, case, fields, form.cleaned_data["reason"]):
        return redirect("workbench_requests:detail", public_id=public_id)
    return _page(request, public_id, {name: getattr(case, name) for name in fields})
