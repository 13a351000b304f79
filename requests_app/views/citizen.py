"""The citizen's pages: the guided form, the receipt, tracking, withdrawal."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.cases.intake import TooManyTries
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.files.responses import download
from portal.holidays.calendars import calendar
from portal.records.queries import handed
from portal.web.access import applicant_actor, citizen_page, grants_of, person_of
from portal.web.caching import public_page
from portal.web.door import admitted, has_proof, proof_for, upload_admitted
from portal.web.pagination import page_of
from portal.web.papers import ask_for, send_paper
from portal.web.receipts import code_to_show, keep_receipt, ways_to_send
from portal.web.tracking import track_page
from requests_app import actions, queries, rules, wizard
from requests_app.actions.intake import Upload
from requests_app.forms.citizen import TrackForm

SESSION_DRAFT = "request_draft"
SESSION_RECEIPTS = "request_receipts"
PURPOSE = "request"


@public_page
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """What disclosure on application is, what is needed, how long it takes."""
    today = timezone.localdate()
    confirmed, due = rules.expected_due(today, calendar())
    return render(
        request, "requests_app/citizen/start.html", {"today": today, "confirmed": confirmed, "due": due}
    )


@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """The first page; a draft begins with its first answer."""
    return redirect("requests:new", step=wizard.STEPS[0])


def _new_draft(request: HttpRequest) -> Any:
    draft = actions.start_draft(account_id=person_of(request).account_id, at=timezone.now())
    request.session[SESSION_DRAFT] = str(draft.public_id)
    return draft


def _draft(request: HttpRequest) -> Any:
    draft = queries.find_draft(request.session.get(SESSION_DRAFT, ""), person_of(request).account_id)
    return draft if draft is not None and draft.submitted_as is None else None


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, step: str) -> HttpResponse:
    """One page of the guided form; what was typed is kept even when it is wrong."""
    if step not in wizard.STEPS:
        raise Http404
    draft = _draft(request) or actions.unsaved_draft(
        account_id=person_of(request).account_id, at=timezone.now()
    )
    path = wizard.path_of(draft.answers)
    if step not in path:
        return redirect("requests:new", step=path[0])
    if request.method == "POST":
        form = wizard.form_for(step, draft.answers, request.POST, request.FILES)
        valid = form.is_valid()
        if valid and draft.pk is None:
            draft = _new_draft(request)
        if valid and step == "files":
            valid = _take_files(request, draft, form)
        if valid:
            if step != "files":
                actions.save_draft(draft=draft, answers={step: form.cleaned_data}, at=timezone.now())
            if step == "files" and "upload" in request.POST:
                return redirect("requests:new", step="files")
            return redirect(wizard.after(step, draft.answers, checking="check" in request.GET))
    else:
        form = wizard.form_for(step, draft.answers)
    context = {
        "form": form,
        "step": step,
        "position": path.index(step) + 1,
        "count": len(path) + 1,
        "back": wizard.before(step, draft.answers),
        "draft": draft,
        "files": draft.files.all() if step == "files" and draft.pk else (),
        "checking": "check" in request.GET,
    }
    return render(request, "requests_app/citizen/step.html", context, status=400 if form.errors else 200)


def _take_files(request: HttpRequest, draft: Any, form: forms.Form) -> bool:
    """Keep each upload with the draft, within the day's measure; a refused one puts its sentence beside the field."""
    good = True
    for upload in request.FILES.getlist("files"):
        try:
            with upload_admitted(request, upload.size or 0, at=timezone.now()):
                actions.attach_to_draft(draft=draft, name=upload.name or "", data=upload.read())
        except (InvalidInput, TooManyTries) as error:
            form.add_error("files", error.sentence)
            good = False
    return good


@require_POST
def remove_file(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """Take a file out of the draft."""
    draft = _draft(request)
    if draft is not None:
        actions.remove_draft_file(draft=draft, public_id=file_id)
    return redirect("requests:new", step="files")


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Check your answers, then submit; the draft's key makes a double click one case."""
    if request.method == "POST":
        try:
            return _submit(request)
        except TooManyTries as error:
            return _check_page(request, error)
    return _check_page(request)


def _check_page(request: HttpRequest, full: TooManyTries | None = None) -> HttpResponse:
    draft = _draft(request)
    if draft is None:
        return redirect("requests:start")
    gap = _gap(request, draft)
    if gap:
        return redirect("requests:new", step=gap)
    today = timezone.localdate()
    confirmed, due = rules.expected_due(today, calendar())
    context = {
        "draft": draft,
        "sections": wizard.summary(draft.answers),
        "files": draft.files.all(),
        "confirmed": confirmed,
        "due": due,
        "unit": queries.find_unit(draft.answers["unit"]["unit"]),
        "full": full,
        "proof": proof_for(request, PURPOSE),
    }
    return render(request, "requests_app/citizen/check.html", context, status=429 if full else 200)


def _gap(request: HttpRequest, draft: Any) -> str:
    """The first page that still lacks something; an agent's authority must be among the files."""
    gap = wizard.first_gap(draft.answers)
    if not gap and wizard.needs_authority(draft.answers) and not draft.files.exists():
        messages.error(request, "由代理人提出的，请上传授权委托书。")
        return "files"
    return gap


def _submit(request: HttpRequest) -> HttpResponse:
    draft = queries.find_draft(request.POST.get("draft", ""), person_of(request).account_id)
    if draft is None or str(draft.public_id) != request.session.get(SESSION_DRAFT):
        raise NotFound("草稿已过期，请重新填写。")
    if draft.submitted_as is not None:
        return _to_receipt(request, draft.submitted_as, draft.submission_key)
    gap = _gap(request, draft)
    if gap:
        return redirect("requests:new", step=gap)
    unit = queries.find_unit(draft.answers["unit"]["unit"])
    if unit is None:
        raise StepRefused("所选机关目前不受理申请，请重新选择。")
    uploads = [Upload(entry.name, entry.stored.read()) for entry in draft.files.select_related("stored")]
    answers, at = wizard.fields_of(draft.answers), timezone.now()
    proved = has_proof(PURPOSE, request.POST.get("proof", ""))
    try:
        with admitted(request, PURPOSE, at=at, email=answers.get("email", ""), proved=proved):
            submitted = actions.submit(
                unit=unit,
                answers=answers,
                key=draft.submission_key,
                actor=person_of(request),
                at=at,
                uploads=uploads,
            )
    except TooManyTries:
        actions.save_draft(draft=draft, answers={}, at=at)  # it waits for the moment at which it goes on
        raise
    return _to_receipt(request, submitted.case, draft.submission_key)


def _to_receipt(request: HttpRequest, case: Any, key: str) -> HttpResponse:
    keep_receipt(request, SESSION_RECEIPTS, case, key)
    return redirect("requests:receipt", public_id=case.public_id)


@require_GET
def receipt(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The receipt; the query code is shown for a quarter of an hour to the browser that submitted."""
    case = queries.find_visible(person_of(request), grants_of(request), public_id)
    confirmed, due = rules.expected_due(timezone.localdate(case.created_at), calendar())
    view = queries.citizen_view(case, timezone.localdate())
    context = {
        "case": case,
        "code": code_to_show(request, SESSION_RECEIPTS, case),
        "ways": ways_to_send(case),
        "confirmed": confirmed,
        "due": due,
        "view": view,
    }
    return render(request, "requests_app/citizen/receipt.html", context)


@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Number and query code open the case for this browser, of whatever service it is."""
    return track_page(request, TrackForm, "requests_app/citizen/track.html")


@require_GET
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Where a request stands: timeline, clock, papers."""
    case = queries.find_visible(person_of(request), grants_of(request), public_id)
    actor = applicant_actor(request, case)
    if not queries.reached_online(case):
        actions.open_papers(case=case, actor=actor, at=timezone.now())
        case = queries.find_visible(person_of(request), grants_of(request), public_id)
    today = timezone.localdate()
    view = queries.citizen_view(case, today)
    runs = []
    if view.clock is not None and view.clock.started_on and view.clock.due_on:
        runs = [
            run
            for run in calendar().explain(view.clock.started_on, view.clock.due_on)
            if run.name or not run.counted
        ]
    return render(
        request,
        "requests_app/citizen/detail.html",
        {
            "view": view,
            "case": case,
            "runs": runs,
            "today": today,
            "handed": handed(case) if view.gives else [],
        },
    )


@citizen_page
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """An account's own requests and drafts."""
    account_id = person_of(request).account_id
    assert account_id is not None
    context = {
        "page": page_of(request, queries.own_requests(account_id)),
        "drafts": queries.own_drafts(account_id),
    }
    return render(request, "requests_app/citizen/mine.html", context)


@citizen_page
@require_POST
def resume(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Go on with a saved draft."""
    draft = queries.find_draft(str(public_id), person_of(request).account_id)
    if draft is None or draft.submitted_as is not None or draft.account_id is None:
        raise NotFound("没有找到该草稿。")
    request.session[SESSION_DRAFT] = str(draft.public_id)
    return redirect("requests:new", step=wizard.first_gap(draft.answers) or wizard.STEPS[0])


@citizen_page
@require_POST
def discard(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Throw a saved draft away."""
    draft = queries.find_draft(str(public_id), person_of(request).account_id)
    if draft is not None and draft.account_id is not None and draft.submitted_as is None:
        actions.discard_draft(draft=draft)
        messages.success(request, "草稿已删除。")
    return redirect("requests:mine")


@require_GET
def document(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponse:
    """Download a paper of the request."""
    case = queries.find_visible(person_of(request), grants_of(request), public_id)
    paper = queries.find_document(case, document_id, internal=False)
    if paper.file is None:
        ask_for(paper)
        return render(
            request, "requests_app/citizen/document_pending.html", {"case": case, "paper": paper}, status=503
        )
    return send_paper(request, paper)


@require_GET
def attachment(request: HttpRequest, public_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """Download an attachment of the request, once it has been checked."""
    case = queries.find_visible(person_of(request), grants_of(request), public_id)
    entry = queries.find_file(case, file_id, internal=False)
    return download(entry.stored, entry.name)
