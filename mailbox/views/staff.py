"""The units' pages of a letter: one page to see it, one page for each verb."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mailbox import actions, queries
from mailbox.forms.staff import RevealForm
from mailbox.verbs import VERBS, Verb
from portal.cases.remarks import remarks_of
from portal.core.errors import NotFound
from portal.documents.docx import MEDIA_TYPE, docx_of
from portal.files.responses import download, hand_out
from portal.privacy.actions import record_reveal
from portal.records.public import public_entries
from portal.records.queries import has_records, may_read
from portal.units.access import is_supervisor
from portal.web.access import actor_of, staff_page
from portal.web.looks import look_recorded
from portal.web.pagination import page_of
from portal.web.papers import hand_out_paper
from portal.web.steps import try_step, verb_of


@staff_page
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """The letters that the reader's units handle, help with, or supervise; ?list= chooses."""
    actor = actor_of(request)
    chosen = request.GET.get("list", "")
    context: dict[str, Any] = {"chosen": chosen, "office": queries.in_office(actor)}
    if chosen == "assist":
        context["parts"] = page_of(request, queries.assisting(actor))
    elif chosen == "supervised" and is_supervisor(actor):
        context["page"] = page_of(request, queries.supervised())
    else:
        rows = queries.handled(actor).select_related("unit").order_by("-id")
        context["page"] = page_of(request, rows)
    return render(request, "mailbox/staff/letters.html", context)


@staff_page
@require_GET
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everything about a letter, personal values masked, and what may be done now."""
    return _page(request, public_id)


def _page(request: HttpRequest, public_id: uuid.UUID, revealed: dict[str, str] | None = None) -> HttpResponse:
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    view = queries.staff_view(case, actor, timezone.localdate())
    context = {
        "view": view,
        "case": case,
        "steps": [(verb, VERBS[verb]) for verb in view.verbs if verb in VERBS],
        "remarks": remarks_of(case),
        "revealed": revealed or {},
        "mails": queries.mails_of(case, view.knows),
        "mail_fails": queries.mail_fails(case),
        "can_see_records": may_read(case, actor) and queries.may_see_records(case, actor),
    }
    return render(request, "mailbox/staff/detail.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, public_id: uuid.UUID, verb: str) -> HttpResponse:
    """The page of one verb: the form, and the step itself."""
    entry = verb_of(VERBS, verb)
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    tried = try_step(request, entry, case, actor)
    if tried.done:
        return _after(case, actor)
    context = _step_context(case, entry, tried.form, actor)
    return render(request, "mailbox/staff/step.html", context, status=tried.status)


def _after(case: Any, actor: Any) -> HttpResponse:
    """Back to the letter, or to the inbox if the unit sees it no more."""
    if queries.is_handled_by(case, actor):
        return redirect("workbench_mailbox:detail", public_id=case.public_id)
    return redirect("workbench:inbox")


def _step_context(case: Any, entry: Verb, form: forms.Form, actor: Any) -> dict[str, Any]:
    view = queries.staff_view(case, actor, timezone.localdate())
    return {
        "case": case,
        "view": view,
        "verb": entry,
        "form": form,
        "possible": entry.code in view.verbs,
        "templates": queries.templates_for(case) if entry.code == "draft_reply" else (),
        "has_records": may_read(case, actor) and queries.may_see_records(case, actor) and has_records(case),
        "shared": public_entries(case) if entry.code == "propose_release" else [],
        "part": queries.asked_of(case, actor) if entry.code == "contribute" else None,
        "warnings": actions.warnings_for(case) if entry.code in ("clear_release", "release") else (),
    }


@staff_page
@require_POST
def reveal(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show sealed values once, with a reason that is recorded; of a confidential report to named persons only."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    field = request.POST.get("field", "")
    if not queries.may_know_writer(case, actor) or field not in (*queries.REVEALABLE, "all"):
        return render(request, "403.html", status=403)
    form = RevealForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请写明查看理由。")
        return redirect("workbench_mailbox:detail", public_id=public_id)
    fields = list(queries.REVEALABLE) if field == "all" else [field]
    if not look_recorded(request, case, fields, form.cleaned_data["reason"]):
        return redirect("workbench_mailbox:detail", public_id=public_id)
    return _page(request, public_id, {name: getattr(case, name) for name in fields})


def _paper(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> Any:
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    knows = queries.may_know_writer(case, actor)
    for paper in queries.papers_for(case, knows):
        if paper.public_id == document_id:
            if knows and queries.names_writer(case, paper):
                record_reveal(
                    subject=case.public_id,
                    fields=["name"],
                    reason=f"下载《{paper.title}》",
                    actor=actor,
                    at=timezone.now(),
                )
            return paper
    raise NotFound("没有找到该文书。")


@staff_page
@require_GET
def document(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponse:
    """Download a paper, internal ones included; those that name the writer only for who may know."""
    paper = _paper(request, public_id, document_id)
    return hand_out_paper(request, paper, "workbench_mailbox:detail", public_id=public_id)


@staff_page
@require_GET
def docx(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponse:
    """The same paper as an editable file; the PDF stays the master."""
    paper = _paper(request, public_id, document_id)
    return hand_out(docx_of(paper), f"{paper.title}{paper.number or ''}.docx", MEDIA_TYPE)


@staff_page
@require_GET
def attachment(request: HttpRequest, public_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """Download an attachment that passed its check; of a confidential report for named persons only."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    allowed = queries.files_for(case, queries.may_know_writer(case, actor))
    if file_id not in {entry.public_id for entry in allowed}:
        raise NotFound("没有找到该附件。")
    entry = queries.find_file(case, file_id)
    return download(entry.stored, entry.name)
