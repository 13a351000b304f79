"""The page of somebody who is consulted: what is asked, an opinion, a receipt. Looking at it changes nothing.

The link's token is swapped for a cookie at once, so that it stays in no address bar, history or referrer.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core.actors import PARTY
from portal.core.errors import NotFound, PortalError
from portal.files.responses import hand_out
from portal.records import actions as records
from portal.records.objections import objections_of
from portal.records.queries import find_copy, shown_to
from portal.web.errors import refuse
from portal.web.papers import ask_for, send_paper
from requests_app import actions, queries
from requests_app.actions.intake import Upload
from requests_app.forms.parties import PartyOpinionForm

SESSION = "opinions"
PAPERS = {"letter": "letter", "slip": "slip", "decision": "decision"}


def private_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Neither kept, nor indexed, nor told to other sites (with no-referrer the browser would send Origin: null)."""

    @wraps(view)
    @never_cache
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


@private_page
@require_GET
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """From the link to the page: this browser may see the consultation for the rest of its session."""
    asked = queries.find_consultation(token, timezone.localdate())
    kept = [entry for entry in request.session.get(SESSION, []) if entry[0] != str(asked.public_id)]
    request.session[SESSION] = [*kept[-9:], [str(asked.public_id), asked.token_hash]]
    return redirect("opinions:page", public_id=asked.public_id)


def asked_here(request: HttpRequest, public_id: uuid.UUID) -> Any:
    """The consultation, if this browser came by its present link; NotFound otherwise."""
    for known, token_hash in request.session.get(SESSION, []):
        if known == str(public_id):
            return queries.find_consultation_by_hash(token_hash, timezone.localdate())
    raise NotFound(queries.NO_CONSULTATION)


@private_page
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What is asked; POST takes in the opinion, once."""
    asked = asked_here(request, public_id)
    sent = request.method == "POST"
    form = PartyOpinionForm(request.POST if sent else None, request.FILES if sent else None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            uploads = [Upload(entry.name or "", entry.read()) for entry in form.cleaned_data["files"]]
            try:
                actions.take_opinion(
                    case=asked.request,
                    consultation=asked,
                    opinion=form.cleaned_data["opinion"],
                    reason=form.cleaned_data["reason"],
                    uploads=uploads,
                    actor=PARTY,
                    at=timezone.now(),
                )
            except PortalError as error:
                status = refuse(form, error)
            else:
                return redirect("opinions:page", public_id=public_id)
    shown = shown_to(asked.request, asked.pk)
    context = {
        "asked": asked,
        "case": asked.request,
        "form": form,
        "shown": shown,
        "objections": objections_of(asked.request, party=asked.pk),
        "decided": asked.decision is not None or queries.is_answered(asked.request),
    }
    return render(request, "requests_app/party/page.html", context, status=status)


@private_page
@require_POST
def received(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The party confirms that it has received the letter: its fifteen working days count from today."""
    asked = asked_here(request, public_id)
    if asked.is_open and asked.received_on is None:
        now = timezone.now()
        actions.record_party_receipt(
            case=asked.request,
            consultation=asked,
            received_on=timezone.localdate(now),
            evidence="对方在网上确认收到",
            actor=PARTY,
            at=now,
        )
    return redirect("opinions:page", public_id=public_id)


@private_page
@require_GET
def paper(request: HttpRequest, public_id: uuid.UUID, which: str) -> HttpResponse:
    """The letter, the receipt of the opinion, or the decision to disclose."""
    asked = asked_here(request, public_id)
    document = getattr(asked, PAPERS[which]) if which in PAPERS else None
    if document is None:
        raise NotFound("没有找到该文书。")
    if document.file is None:
        ask_for(document)
        return render(request, "requests_app/party/pending.html", {"asked": asked}, status=503)
    return send_paper(request, document)


@private_page
@require_GET
def record(request: HttpRequest, public_id: uuid.UUID, copy_id: uuid.UUID) -> HttpResponse:
    """The pages that concern the party, as they would be given."""
    asked = asked_here(request, public_id)
    handed = records.show_to_party(
        case=asked.request, party=asked.pk, copy=find_copy(asked.request, copy_id), at=timezone.now()
    )
    return hand_out(handed.data, handed.name, handed.media_type)
