"""The page of somebody who is consulted: what is asked, an opinion, a receipt. Looking at it changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core.actors import PARTY
from portal.core.errors import InvalidInput, NotFound, PortalError
from portal.files.responses import download
from portal.web.errors import status_of
from requests_app import actions, queries
from requests_app.actions.intake import Upload
from requests_app.forms.parties import PartyOpinionForm

PAPERS = {"letter": "letter", "slip": "slip", "decision": "decision"}


def _private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Neither kept, nor indexed, nor told to other sites (with no-referrer the browser would send Origin: null)."""

    @wraps(view)
    @never_cache
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


@_private
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked; POST takes in the opinion, once."""
    asked = queries.find_consultation(token)
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
            except InvalidInput as error:
                form.add_error(error.field if error.field in form.fields else None, error.sentence)
            except PortalError as error:
                form.add_error(None, error.sentence)
                status = status_of(error)
            else:
                return redirect("opinions:page", token=token)
    context = {"asked": asked, "case": asked.request, "form": form, "token": token}
    return render(request, "requests_app/party/page.html", context, status=status)


@_private
@require_POST
def received(request: HttpRequest, token: str) -> HttpResponse:
    """The party confirms that it has received the letter: its fifteen working days count from today."""
    asked = queries.find_consultation(token)
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
    return redirect("opinions:page", token=token)


@_private
@require_GET
def paper(request: HttpRequest, token: str, which: str) -> HttpResponse:
    """The letter, the receipt of the opinion, or the decision to disclose."""
    asked = queries.find_consultation(token)
    document = getattr(asked, PAPERS[which]) if which in PAPERS else None
    if document is None:
        raise NotFound("没有找到该文书。")
    if document.file is None:
        return render(request, "requests_app/party/pending.html", {"token": token}, status=503)
    return download(document.file, document.filename)
