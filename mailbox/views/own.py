"""The writer's own steps by account or query code: adding what was asked for, taking the letter back."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mailbox import actions, queries
from mailbox.forms.citizen import SupplementForm, WithdrawForm
from portal.core.actors import Actor
from portal.core.errors import PortalError
from portal.web.access import grants_of, person_of
from portal.web.errors import refuse


def writer_of(request: HttpRequest, case: Any) -> Actor:
    """The writer behind a request that may see the letter: the account that sent it, or whoever has its code."""
    actor = person_of(request)
    own = actor.is_public and case.applicant_id == actor.account_id
    return actor if own else actions.WRITER


@require_http_methods(["GET", "POST"])
def supplement(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What is missing, and the form to add it."""
    case = queries.find_visible(person_of(request), grants_of(request), public_id)
    form = SupplementForm(request.POST or None, initial={"version": case.version})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.supplement(
                    case=case,
                    text=form.cleaned_data["text"],
                    actor=writer_of(request, case),
                    at=timezone.now(),
                    seen_version=form.cleaned_data["version"],
                )
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, "补充已提交，答复期限自明天起继续计算。")
                return redirect("mailbox:detail", public_id=public_id)
    view = queries.writer_view(case, timezone.localdate())
    context = {"case": case, "form": form, "view": view}
    return render(request, "mailbox/citizen/supplement.html", context, status=status)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What taking the letter back means, and the form that asks once more; looking changes nothing."""
    case = queries.find_visible(person_of(request), grants_of(request), public_id)
    form = WithdrawForm(request.POST or None, initial={"version": case.version})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.withdraw(
                    case=case,
                    reason=form.cleaned_data["reason"],
                    actor=writer_of(request, case),
                    at=timezone.now(),
                    seen_version=form.cleaned_data["version"],
                )
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, "来信已撤回，不再办理。")
                return redirect("mailbox:detail", public_id=public_id)
    view = queries.writer_view(case, timezone.localdate())
    context = {"case": case, "form": form, "view": view}
    return render(request, "mailbox/citizen/withdraw.html", context, status=status)
