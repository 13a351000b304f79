"""One tracking box for every receipt: requests, letters, error reports, and the ballots of polls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from portal.cases.codes import link_token
from portal.cases.intake import TooManyTries, find_by_code
from portal.cases.models import Case
from portal.cases.registry import KINDS, contact_of, kind_of
from portal.core.errors import PortalError
from portal.core.telephone import normal_telephone
from portal.messaging.actions import Recipient, notify
from portal.messaging.strangers import confirm_by
from portal.web.access import address_of, grant, grants_of, person_of
from portal.web.errors import wait_for

Finder = Callable[[HttpRequest, str], HttpResponse | None]
RECEIPTS: list[Finder] = []
LONGEST = 30


def register_receipt(finder: Finder) -> None:
    """Add a way of answering for receipts that are no case's number; called from AppConfig.ready()."""
    RECEIPTS.append(finder)


def track_page(request: HttpRequest, form_class: type[forms.Form], template: str) -> HttpResponse:
    """The box: what was typed opens its page in this browser. ?number= comes filled in, from a mail's link; ?case=
    goes on to the page that this browser may see anyway."""
    if request.method != "POST":
        number = request.GET.get("number", "")[:LONGEST]
        own = _already_open(request, request.GET.get("case", ""))
        if own is not None:
            return redirect(kind_of(own).citizen_url, public_id=own.public_id)
        form = form_class(initial={"number": number})
        return render(request, template, {"form": form, "mailed": request.GET.get("m", "")[:60]})
    for finder in RECEIPTS:
        answer = finder(request, request.POST.get("number", "").strip())
        if answer is not None:
            return answer
    form = form_class(request.POST)
    status = 400
    if form.is_valid():
        number, code = form.cleaned_data["number"], form.cleaned_data["code"]
        now = timezone.now()
        try:
            case = find_by_code(number=number, code=code, address=address_of(request), at=now)
        except PortalError as error:
            form.add_error("code", error.sentence)
            if isinstance(error, TooManyTries):
                status = 429
                wait_for(request, error)
        else:
            grant(request, case, code)
            confirm_by(request.POST.get("m", ""), now)
            return redirect(kind_of(case).citizen_url, public_id=case.public_id)
    context = {"form": form, "mailed": request.POST.get("m", "")[:60]}
    return render(request, template, context, status=status)


def _already_open(request: HttpRequest, public_id: str) -> Case | None:
    """The case of that id if this browser may see it anyway."""
    try:
        wanted = UUID(public_id)
    except ValueError:
        return None
    return Case.objects.visible_to(person_of(request), grants_of(request)).filter(public_id=wanted).first()


def send_code_link(*, number: str, contact: str, path: Callable[[str], str]) -> None:
    """Send a link for a new code to the mail address or telephone of that case, if it is the one that was typed.

    Whoever asks is told nothing: neither whether there is such a case nor whose it is. At most three a day.
    """
    now = timezone.now()
    case = Case.objects.filter(number=number.strip().upper()).exclude(code_hash="").first()
    if case is None or case.kind not in KINDS:
        return
    email, phone = contact_of(case)
    recipient, local = _meant(contact, email, phone), timezone.localtime(now)
    if recipient is None:
        return
    notify(
        recipient=recipient,
        key=f"{case.public_id}:renew:{local:%Y%m%d}{local.hour // 8}",
        subject=f"重新取得查询码（{case.number}）",
        body="请在30分钟内打开以下链接，重新取得查询码；原来的查询码随即失效。不是您本人要求的，请不要理会。",
        link=path(link_token(case, now)),
        at=now,
        secret=True,
    )


def _meant(contact: str, email: str, phone: str) -> Recipient | None:
    typed = contact.strip().lower()
    if email and typed == email.strip().lower():
        return Recipient(email=email)
    if phone and normal_telephone(typed) == normal_telephone(phone):
        return Recipient(phone=normal_telephone(phone))
    return None


def tell_of_new_code(case: Any, at: Any) -> None:
    """Say to the applicant, by every way known, that the code is another one now."""
    email, phone = contact_of(case)
    notify(
        recipient=Recipient(account_id=case.applicant_id, email=email, phone=phone),
        key=f"{case.public_id}:new-code:{case.code_hash[:12]}",
        subject=f"查询码已重新取得（{case.number}）",
        body="原来的查询码已经失效。如非本人要求，请立即联系受理机关。",
        link="",
        at=at,
    )
