"""The query code again: by the telephone or mail address of the case, by the account, or in person; and the receipt kept."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.cases.codes import find_by_link, renew_code
from portal.cases.intake import TooManyTries, new_key
from portal.cases.models import Case
from portal.cases.registry import in_full, kind_of
from portal.core.actors import GUEST, Actor
from portal.core.errors import NotFound, PortalError
from portal.core.numbering import grouped
from portal.files.responses import hand_out
from portal.site.forms import InPersonForm, LostCodeForm
from portal.units.choices import Role
from portal.web.access import actor_of, citizen_page, grants_of, person_of, staff_page
from portal.web.door import admitted, has_proof, proof_for
from portal.web.errors import refuse, status_of
from portal.web.receipts import RENEWED, fresh_code, keep_receipt, receipt_pdf, send_receipt, ways_to_send
from portal.web.tracking import send_code_link, tell_of_new_code

PURPOSE = "query-code"


@require_http_methods(["GET", "POST"])
def lost(request: HttpRequest) -> HttpResponse:
    """Number and contact; the answer is the same whether there is such a case or not."""
    form = LostCodeForm(request.POST or None)
    status, sent = 200, False
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                _ask(request, form)
            except TooManyTries as error:
                status = refuse(form, error)
            else:
                status, sent = 200, True
    context = {"form": form, "sent": sent, "proof": proof_for(request, PURPOSE)}
    return render(request, "site/code_lost.html", context, status=status)


def _ask(request: HttpRequest, form: forms.Form) -> None:
    contact, proved = form.cleaned_data["contact"], has_proof(PURPOSE, request.POST.get("proof", ""))
    with (
        admitted(request, PURPOSE, at=timezone.now(), email=contact, proved=proved),
        transaction.atomic(),
    ):
        send_code_link(
            number=form.cleaned_data["number"],
            contact=contact,
            path=lambda token: reverse("code_again", args=[token]),
        )


@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, token: str) -> HttpResponse:
    """The link that was sent: looking changes nothing, the button makes the new code."""
    case = find_by_link(token, timezone.now())
    if request.method == "POST":
        return _renew(request, case, "link", GUEST)
    return render(request, "site/code_again.html", {"case": case})


@citizen_page
@require_POST
def own(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A new code for a case of one's own account."""
    person = person_of(request)
    case = Case.objects.filter(public_id=public_id, applicant_id=person.account_id).first()
    if case is None:
        raise NotFound("没有找到该事项。")
    return _renew(request, case, "account", person)


def _renew(request: HttpRequest, case: Case, way: str, actor: Actor) -> HttpResponse:
    key, at = new_key(), timezone.now()
    with transaction.atomic():
        renew_code(case=case, way=way, actor=actor, at=at, key=key)
        tell_of_new_code(case, at)
    keep_receipt(request, RENEWED, case, key)
    return redirect("code_kept", public_id=case.public_id)


def _mine(request: HttpRequest, public_id: uuid.UUID) -> tuple[Case, str]:
    """The case and the code that this browser got just now. Raises NotFound without one."""
    found = Case.objects.filter(public_id=public_id).select_related("unit").first()
    person = person_of(request)
    if found is None or not (public_id in grants_of(request) or found.applicant_id == person.account_id):
        raise NotFound("没有找到该事项。")
    code = fresh_code(request, found)
    if not code:
        raise NotFound("查询码只在取得后15分钟内显示，现在不再显示。")
    return found, code


@require_GET
def kept(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The code as long as it is fresh, and the ways of keeping it."""
    case, code = _mine(request, public_id)
    context = {"case": case, "code": code, "ways": ways_to_send(case), "page": _page_of(case)}
    return render(request, "site/code_kept.html", context)


def _page_of(case: Case) -> str:
    return reverse(kind_of(case).citizen_url, kwargs={"public_id": case.public_id})


@require_GET
def pdf(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The receipt with the code as a PDF."""
    case, code = _mine(request, public_id)
    return hand_out(receipt_pdf(case, code), f"提交回执{case.number}.pdf", "application/pdf")


@require_POST
def send(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The receipt to oneself, by mail or by text."""
    case, code = _mine(request, public_id)
    way = request.POST.get("way", "")
    if way not in ways_to_send(case):
        raise NotFound("没有留下可以发送的电子邮箱或者手机号码。")
    with transaction.atomic():
        send_receipt(case, code, way)
    messages.success(request, "回执已发送，请查收。")
    return redirect("code_kept", public_id=public_id)


@staff_page
@require_http_methods(["GET", "POST"])
def in_person(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A clerk gives a new code to the applicant who stands before the desk, and says how that was checked."""
    actor = actor_of(request)
    case = Case.objects.visible_to(actor).filter(public_id=public_id).select_related("unit").first()
    if case is None or case.kind == "" or not case.code_hash:
        raise Http404
    if not _may_give(case, actor):
        return render(request, "403.html", status=403)
    form = InPersonForm(request.POST or None)
    context: dict[str, Any] = {"case": case, "form": form}
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                context["code"] = _give(case, form.cleaned_data["evidence"], actor)
                status = 200
            except PortalError as error:
                form.add_error(None, error.sentence)
                status = status_of(error)
    context["back"] = reverse(kind_of(case).staff_url, args=[public_id])
    return render(request, "site/code_in_person.html", context, status=status)


def _may_give(case: Case, actor: Actor) -> bool:
    """A clerk of the unit that holds the case; not for one's own case, nor where one may not know who brought it."""
    knows = kind_of(case).knows_person
    return (
        actor.has_role(case.unit_id, Role.CLERK)
        and case.applicant_id != actor.account_id
        and (knows is None or knows(in_full(case), actor))
    )


@transaction.atomic
def _give(case: Case, evidence: str, actor: Actor) -> str:
    at = timezone.now()
    code = renew_code(case=case, way="in_person", actor=actor, at=at, evidence=evidence)
    tell_of_new_code(case, at)
    return grouped(code)
