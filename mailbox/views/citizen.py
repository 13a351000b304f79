"""The writer's pages: the front page, the form, the receipt, tracking, the letter."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from mailbox import actions, queries
from mailbox.choices import LetterKind
from mailbox.forms.citizen import TrackForm, letter_forms
from portal.cases.intake import TooManyTries, is_known, new_key
from portal.core.errors import InvalidInput, PortalError
from portal.files.responses import download
from portal.records.queries import handed
from portal.web.access import citizen_page, grants_of, person_of
from portal.web.caching import public_page
from portal.web.door import admitted, has_proof, proof_for
from portal.web.errors import status_of
from portal.web.pagination import page_of
from portal.web.papers import ask_for, send_paper
from portal.web.receipts import code_to_show, keep_receipt, ways_to_send
from portal.web.tracking import track_page

SESSION_RECEIPTS = "letter_receipts"
PURPOSE = "letter"
NEWEST = 6


@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the letter box is for, how long an answer takes, what is not accepted; what was answered last."""
    newest = queries.listed(queries.newest_letters(timezone.now()))[:NEWEST]
    context = {
        "terms": queries.terms(),
        "kinds": [label for _, label in LetterKind.choices],
        "lines": [queries.as_line(row) for row in newest],
    }
    return render(request, "mailbox/citizen/home.html", context)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """The form, in sections of one page; the hidden key makes a double click one letter. Nothing typed is lost."""
    parts = letter_forms(request.POST or None, request.FILES or None)
    status, full = 200, None
    if request.method == "POST":
        status = 400
        if good(parts):
            try:
                key = (request.POST.get("key", "") or new_key())[:64]
                submitted = _submit(request, parts, key)
            except InvalidInput as error:
                beside(parts, error)
            except TooManyTries as error:
                status, full = 429, error
            except PortalError as error:
                next(iter(parts.values())).add_error(None, error.sentence)
                status = status_of(error)
            else:
                return _to_receipt(request, submitted.case, key)
    context = form_context(request, parts) | {"full": full, "proof": proof_for(request, PURPOSE)}
    return render(request, "mailbox/citizen/write.html", context, status=status)


def _submit(request: HttpRequest, parts: dict[str, forms.Form], key: str) -> actions.Submitted:
    answers, at = answers_of(parts), timezone.now()
    with admitted(
        request,
        PURPOSE,
        at=at,
        email=answers["email"],
        proved=has_proof(PURPOSE, request.POST.get("proof", "")),
        repeated=is_known(actions.SCOPE, key),
    ):
        return actions.submit(
            answers=answers, key=key, actor=person_of(request), at=at, uploads=uploads_of(parts)
        )


def good(parts: dict[str, forms.Form]) -> bool:
    """True if every section holds; all of them are looked at, so that all problems are shown at once."""
    return not any([form.errors for form in parts.values()])  # noqa: C419  every section is looked at


def answers_of(parts: dict[str, forms.Form]) -> dict[str, Any]:
    """The sections' answers as fields of a letter."""
    merged: dict[str, Any] = {}
    for name, form in parts.items():
        if name not in ("files", "received"):
            merged |= form.cleaned_data
    return merged


def uploads_of(parts: dict[str, forms.Form]) -> list[actions.Upload]:
    """The files handed in."""
    return [actions.Upload(entry.name or "", entry.read()) for entry in parts["files"].cleaned_data["files"]]


def beside(parts: dict[str, forms.Form], error: InvalidInput) -> None:
    """Put a refusal beside the field that it is about."""
    for form in parts.values():
        if error.field in form.fields:
            form.add_error(error.field, error.sentence)
            return
    next(iter(parts.values())).add_error(None, error.sentence)


def form_context(request: HttpRequest, parts: dict[str, forms.Form]) -> dict[str, Any]:
    """What the form's page needs: the sections, the key, and which of them have problems."""
    return {
        "parts": parts,
        "key": request.POST.get("key") or new_key(),
        "problems": [form for form in parts.values() if form.is_bound and form.errors],
    }


def _to_receipt(request: HttpRequest, case: Any, key: str) -> HttpResponse:
    keep_receipt(request, SESSION_RECEIPTS, case, key)
    return redirect("mailbox:receipt", public_id=case.public_id)


@require_GET
def receipt(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The receipt; the query code is shown for a quarter of an hour to the browser that submitted."""
    case = queries.find_visible(person_of(request), grants_of(request), public_id)
    context = {
        "case": case,
        "state": queries.public_state(case),
        "code": code_to_show(request, SESSION_RECEIPTS, case),
        "ways": ways_to_send(case),
        "terms": queries.terms(),
    }
    return render(request, "mailbox/citizen/receipt.html", context)


@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Number and query code open the letter for this browser; a number of another service leads there."""
    return track_page(request, TrackForm, "mailbox/citizen/track.html")


@require_GET
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Where a letter stands: timeline, clock, answer, papers, what the writer can do."""
    case = queries.find_visible(person_of(request), grants_of(request), public_id)
    view = queries.writer_view(case, timezone.localdate())
    context = {"view": view, "case": case, "handed": handed(case)}
    return render(request, "mailbox/citizen/detail.html", context)


@citizen_page
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """An account's own letters."""
    account_id = person_of(request).account_id
    assert account_id is not None
    page = page_of(request, queries.own_letters(account_id))
    for case in page.rows:
        case.shown_state = queries.public_state(case)
    return render(request, "mailbox/citizen/mine.html", {"page": page})


@require_GET
def document(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponse:
    """Download a paper of the letter."""
    case = queries.find_visible(person_of(request), grants_of(request), public_id)
    paper = queries.find_document(case, document_id, internal=False)
    if paper.file is None:
        ask_for(paper)
        context = {"case": case, "paper": paper}
        return render(request, "mailbox/citizen/document_pending.html", context, status=503)
    return send_paper(request, paper)


@require_GET
def attachment(request: HttpRequest, public_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """Download an attachment of the letter, once it has been checked."""
    case = queries.find_visible(person_of(request), grants_of(request), public_id)
    entry = queries.find_file(case, file_id)
    return download(entry.stored, entry.name)
