"""What everyone reads; proposing, supporting, suggesting with an account."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultations.proposals import actions, queries
from consultations.proposals.forms import ProposeForm, SuggestForm
from portal.core.errors import PortalError
from portal.web.access import citizen_page, person_of
from portal.web.caching import public_page
from portal.web.errors import refuse
from portal.web.pagination import page_of


@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Topics, newest first; ?list=answered shows those that are answered."""
    chosen = request.GET.get("list", "")
    rows = queries.listed(answered=True if chosen == "answered" else False if chosen == "open" else None)
    context = {
        "page": page_of(request, rows),
        "chosen": chosen,
        "enough": settings.PORTAL_PROPOSAL_SUPPORTS,
    }
    return render(request, "proposals/home.html", context)


def _context(request: HttpRequest, case: Any, form: SuggestForm) -> dict[str, Any]:
    actor = person_of(request)
    return {
        "case": case,
        "form": form,
        "open": case.takes_suggestions(timezone.localdate()),
        "page": page_of(request, queries.suggestions_of(case)),
        "supports": queries.support_count(case),
        "supported": queries.supports(case, actor.account_id),
        "account": actor.account_id is not None,
        "enough": settings.PORTAL_PROPOSAL_SUPPORTS,
    }


@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A topic with its suggestions; POST makes one."""
    actor = person_of(request)
    case = queries.find_public(public_id, actor.account_id)
    form = SuggestForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = actions.suggest(
                    case=case, text=form.cleaned_data["text"], actor=actor, at=timezone.now()
                )
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, f"已收到，{made.number}号建议。")
                return redirect("proposals:detail", public_id=public_id)
    return render(request, "proposals/detail.html", _context(request, case, form), status=status)


@require_POST
def support(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Support a topic."""
    actor = person_of(request)
    case = queries.find_public(public_id, actor.account_id)
    try:
        count = actions.support(case=case, actor=actor, at=timezone.now())
    except PortalError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, f"已支持，共{count}人支持。")
    return redirect("proposals:detail", public_id=public_id)


@citizen_page
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a topic, with an account."""
    form = ProposeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                case = actions.propose_topic(actor=person_of(request), at=timezone.now(), **form.cleaned_data)
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, f"已提交，编号{case.number}，审核后告知是否采用。")
                return redirect("proposals:detail", public_id=case.public_id)
    return render(request, "proposals/propose.html", {"form": form}, status=status)
