"""Rating an answer and saying that it does not satisfy: by the link that was sent, or from the letter's page.

Looking at the page changes nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mailbox import actions, queries
from mailbox.forms.citizen import ObjectForm, RateForm
from mailbox.views.own import writer_of
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, NotFound, PortalError
from portal.web.access import grants_of, person_of
from portal.web.errors import status_of


@dataclass(frozen=True)
class Desk:
    """One invitation and where its forms are sent to; `actor` is who says so."""

    invitation: Any
    rate_url: str
    object_url: str
    back_url: str = ""
    actor: Actor = actions.WRITER


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


def _by_link(token: str) -> Desk:
    return Desk(
        queries.find_invitation(token),
        reverse("mailbox:rate", args=[token]),
        reverse("mailbox:object", args=[token]),
    )


def _by_page(request: HttpRequest, public_id: uuid.UUID) -> Desk:
    case = queries.find_visible(person_of(request), grants_of(request), public_id)
    invitation = queries.invitation_of(case)
    if invitation is None:
        raise NotFound("这件来信尚未答复，答复以后可以评价。")
    return Desk(
        invitation,
        reverse("mailbox:own_rate", args=[public_id]),
        reverse("mailbox:own_object", args=[public_id]),
        reverse("mailbox:detail", args=[public_id]),
        writer_of(request, case),
    )


@_private
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """The rating page behind a link; POST rates, once."""
    return _rate(request, _by_link(token))


@_private
@require_POST
def object_to_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Say that the answer does not satisfy, by link."""
    return _object(request, _by_link(token))


@_private
@require_http_methods(["GET", "POST"])
def own_rate(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The same page for an account or a browser with the query code."""
    return _rate(request, _by_page(request, public_id))


@_private
@require_POST
def own_object(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Say that the answer does not satisfy, from the letter's page."""
    return _object(request, _by_page(request, public_id))


def _rate(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = RateForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.rate(invitation=desk.invitation, at=timezone.now(), **form.cleaned_data)
            except PortalError as error:
                status = _refused(form, error)
            else:
                messages.success(request, "谢谢您的评价。")
                return redirect(desk.rate_url)
    return _page(request, desk, status, rate_form=form)


def _object(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = ObjectForm(request.POST)
    status = 400
    if form.is_valid():
        try:
            supervised = actions.object_to_answer(
                invitation=desk.invitation,
                reason=form.cleaned_data["reason"],
                actor=desk.actor,
                at=timezone.now(),
            )
        except PortalError as error:
            status = _refused(form, error)
        else:
            said = (
                "已转监督部门督查，结果会告知您。"
                if supervised
                else "已退回承办单位重新办理，答复后会告知您。"
            )
            messages.success(request, said)
            return redirect(desk.back_url or desk.rate_url)
    return _page(request, desk, status, object_form=form)


def _refused(form: forms.Form, error: PortalError) -> int:
    field = error.field if isinstance(error, InvalidInput) and error.field in form.fields else None
    form.add_error(field, error.sentence)
    return 400 if isinstance(error, InvalidInput) else status_of(error)


def _page(
    request: HttpRequest,
    desk: Desk,
    status: int,
    *,
    rate_form: forms.Form | None = None,
    object_form: forms.Form | None = None,
) -> HttpResponse:
    letter = desk.invitation.letter
    context = {
        "desk": desk,
        "case": letter,
        "rated": hasattr(desk.invitation, "rating"),
        "current": desk.invitation.round == letter.round and not letter.is_open,
        "may_object": queries.may_object(letter, desk.invitation),
        "rate_form": rate_form or RateForm(),
        "object_form": object_form or ObjectForm(),
        "form": object_form or rate_form,
    }
    return render(request, "mailbox/rating/page.html", context, status=status)
