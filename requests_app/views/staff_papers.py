"""The unit's downloads: a paper with sealed values is a look at them, by who may look, with a reason, on record."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.core.errors import InvalidInput
from portal.documents.docx import MEDIA_TYPE, docx_of
from portal.files.responses import download, hand_out
from portal.privacy.actions import record_reveal
from portal.web.access import actor_of, staff_page
from portal.web.errors import refuse
from portal.web.papers import hand_out_paper
from requests_app import queries
from requests_app.forms.staff import PaperReasonForm

Give = Callable[[], HttpResponse]
DETAIL = "workbench_requests:detail"


def _as_a_look(request: HttpRequest, case: Any, title: str, fields: list[str], give: Give) -> HttpResponse:
    """Hand something out that shows these sealed fields: asks for a reason, unless only the addressee's name is there."""
    if not fields:
        return give()
    actor = actor_of(request)
    if not actor.has_role(case.unit_id, *queries.REVEALING_ROLES):
        return render(request, "403.html", status=403)
    form = PaperReasonForm(request.POST or None)
    status, reason = 200, f"下载《{title}》"
    if queries.needs_reason(fields):
        if request.method != "POST":
            return _ask(request, case, title, form, status)
        if not form.is_valid():
            return _ask(request, case, title, form, 400)
        reason = f"{form.cleaned_data['reason']}（{reason}）"[:200]
    try:
        record_reveal(subject=case.public_id, fields=fields, reason=reason, actor=actor, at=timezone.now())
    except InvalidInput as error:
        return _ask(request, case, title, form, refuse(form, error))
    return give()


def _ask(request: HttpRequest, case: Any, title: str, form: PaperReasonForm, status: int) -> HttpResponse:
    context = {"case": case, "title": title, "form": form}
    return render(request, "requests_app/staff/paper_reason.html", context, status=status)


@staff_page
@never_cache
@require_http_methods(["GET", "POST"])
def document(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponse:
    """Download a paper, internal ones included; POST says why one with sealed values is looked at."""
    case = queries.find_handled(actor_of(request), public_id)
    paper = queries.find_document(case, document_id, internal=True)
    fields = queries.sealed_in(case, paper)
    if paper.file is None and request.method == "GET":
        return hand_out_paper(request, paper, DETAIL, public_id=public_id)
    return _as_a_look(
        request,
        case,
        paper.title,
        fields,
        lambda: hand_out_paper(request, paper, DETAIL, public_id=public_id),
    )


@staff_page
@never_cache
@require_http_methods(["GET", "POST"])
def docx(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponse:
    """The same paper as an editable file, for offices that stamp on paper; the PDF stays the master."""
    case = queries.find_handled(actor_of(request), public_id)
    paper = queries.find_document(case, document_id, internal=True)
    name = f"{paper.title}{paper.number or ''}.docx"
    return _as_a_look(
        request,
        case,
        paper.title,
        queries.sealed_in(case, paper),
        lambda: hand_out(docx_of(paper), name, MEDIA_TYPE),
    )


@staff_page
@never_cache
@require_http_methods(["GET", "POST"])
def case_file(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A volume of the case file (?number=, the newest without it), once the job has made it; the form is bound in it."""
    case = queries.find_handled(actor_of(request), public_id)
    kept = queries.case_file_of(case, request.GET.get("number", ""))
    file = kept.file
    if file is None:
        messages.info(request, "卷宗正在制作，请稍后刷新。")
        return redirect(DETAIL, public_id=public_id)
    name = f"{case.number}{kept.title}.pdf"
    return _as_a_look(request, case, kept.title, list(queries.FORM_FIELDS), lambda: download(file, name))


@staff_page
@require_GET
def attachment(request: HttpRequest, public_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """Download an attachment that passed its check."""
    case = queries.find_handled(actor_of(request), public_id)
    entry = queries.find_file(case, file_id, internal=True)
    return download(entry.stored, entry.name)
