"""The drafting unit's pages: the list, a consultation, one page for each verb."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consultations import actions, queries
from consultations.forms.staff import OpenForm, PaperForm
from consultations.verbs import VERBS
from portal.core.errors import InvalidInput, NotFound, PortalError
from portal.documents.docx import MEDIA_TYPE, docx_of
from portal.documents.queries import documents_of
from portal.files.responses import download, hand_out
from portal.records.queries import may_read
from portal.units.choices import Role
from portal.units.queries import units_by_id
from portal.web.access import actor_of, staff_page
from portal.web.errors import refuse
from portal.web.pagination import page_of
from portal.web.papers import hand_out_copy, hand_out_paper
from portal.web.steps import try_step, verb_of


def drafting_units(actor: Any) -> Any:
    """The units in which the actor is a clerk."""
    return units_by_id([unit for unit, role in actor.roles if role == Role.CLERK and unit])


@staff_page
@require_GET
def consultations(request: HttpRequest) -> HttpResponse:
    """The consultations of the reader's units, newest first."""
    actor = actor_of(request)
    context = {
        "page": page_of(request, queries.handled(actor)),
        "may_open": drafting_units(actor).exists(),
        "today": timezone.localdate(),
    }
    return render(request, "consultations/staff/list.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a consultation."""
    actor = actor_of(request)
    units = drafting_units(actor)
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
                case = actions.open_draft(answers=answers, unit=unit, actor=actor, at=timezone.now())
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, f"已建立，编号{case.number}。下一步：录入征求意见稿文本。")
                return redirect("workbench_consultations:detail", public_id=case.public_id)
    return render(request, "consultations/staff/new.html", {"form": form}, status=status)


@staff_page
@require_GET
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everything about a consultation, and what may be done now."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    view = queries.staff_view(case, actor, timezone.localdate())
    context = {
        "case": case,
        "view": view,
        "steps": [VERBS[verb] for verb in view.verbs if verb in VERBS],
        "clerk": actor.has_role(case.unit_id, Role.CLERK),
        "today": timezone.localdate(),
        "can_see_records": may_read(case, actor),
    }
    return render(request, "consultations/staff/detail.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, public_id: uuid.UUID, verb: str) -> HttpResponse:
    """The page of one verb: the form, and the step itself."""
    entry = verb_of(VERBS, verb)
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    tried = try_step(request, entry, case, actor)
    if tried.done:
        return redirect("workbench_consultations:detail", public_id=case.public_id)
    view = queries.staff_view(case, actor, timezone.localdate())
    context: dict[str, Any] = {
        "case": case,
        "verb": entry,
        "form": tried.form,
        "possible": entry.code in view.verbs,
        "warnings": view.warnings if entry.code != "remove_version" else [],
        "view": view,
        "rows": queries.feedback_rows(case) if "feed" in entry.code and entry.code != "feedback" else [],
    }
    return render(request, "consultations/staff/step.html", context, status=tried.status)


@staff_page
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Lay a paper beside the draft."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    posted = request.method == "POST"
    form = PaperForm(request.POST if posted else None, request.FILES if posted else None, case=case)
    status = 200
    if posted:
        status = 400
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                actions.attach_paper(
                    case=case, name=upload.name, data=upload.read(), actor=actor, at=timezone.now()
                )
            except InvalidInput as error:
                form.add_error("file", error.sentence)
            else:
                messages.success(
                    request, "附件已添加。系统检查后生成公开件，公众看到的是公开件；请在本页核对后送审。"
                )
                return redirect("workbench_consultations:detail", public_id=public_id)
    return render(request, "consultations/staff/paper.html", {"case": case, "form": form}, status=status)


@staff_page
@require_GET
def attachment(request: HttpRequest, public_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """A paper beside the draft, for those who are to sign it; once it has been checked."""
    case = queries.find_handled(actor_of(request), public_id)
    entry = case.files.select_related("stored").filter(public_id=file_id, status="clean").first()
    if entry is None:
        raise NotFound("没有找到该附件，或者尚未通过检查。")
    return download(entry.stored, entry.name)


@staff_page
@require_GET
def copy(request: HttpRequest, public_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """The copy of a paper that everyone will get, to be looked at before it is signed."""
    case = queries.find_handled(actor_of(request), public_id)
    return hand_out_copy(queries.papers_of(case), file_id)


@staff_page
@require_POST
def confirm(request: HttpRequest, public_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """A second person has looked at a paper."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    found = next((entry for entry in queries.papers_of(case) if entry.public_id == file_id), None)
    if found is None:
        raise NotFound("没有找到该附件。")
    actions.confirm_file(case=case, file=found, actor=actor, at=timezone.now())
    messages.success(request, "已核对。")
    return redirect("workbench_consultations:detail", public_id=public_id)


@staff_page
@require_GET
def document(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponse:
    """Download a paper."""
    case = queries.find_handled(actor_of(request), public_id)
    found = documents_of(case, internal=True).filter(public_id=document_id).first()
    if found is None:
        raise NotFound("没有找到该文书。")
    return hand_out_paper(request, found, "workbench_consultations:detail", public_id=public_id)


@staff_page
@require_GET
def docx(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponse:
    """The same paper as an editable file; the PDF stays the master."""
    case = queries.find_handled(actor_of(request), public_id)
    found = documents_of(case, internal=True).filter(public_id=document_id).first()
    if found is None:
        raise NotFound("没有找到该文书。")
    return hand_out(docx_of(found), f"{found.title}.docx", MEDIA_TYPE)
