"""The tray of the letter office, and the originals of mails behind letters."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from mailbox import actions, queries
from portal.core.errors import NotFound, PortalError
from portal.files.responses import hand_out
from portal.postbox.responses import markup_page
from portal.web.access import actor_of, staff_page
from portal.web.pagination import page_of


@staff_page
@require_GET
def tray(request: HttpRequest) -> HttpResponse:
    """The mails that wait for a decision; for the letter office only."""
    if not queries.in_office(actor_of(request)):
        raise NotFound("没有找到该页面。")
    return render(request, "mailbox/staff/tray.html", {"page": page_of(request, queries.tray())})


def _shown(request: HttpRequest, mail: Any, root: str, case: Any = None) -> HttpResponse:
    context = {"original": queries.original_of(mail), "mail": mail, "root": root, "case": case}
    return render(request, "mailbox/staff/mail.html", context)


def _answer(request: HttpRequest, mail: Any, part: str, root: str, case: Any = None) -> HttpResponse:
    """The page of an original, its marked-up part in a page that can do nothing, or one of its files."""
    if not part:
        return _shown(request, mail, root, case)
    if part == "html":
        return markup_page(queries.markup_of(mail))
    if not part.isdecimal() or len(part) > 4:
        raise NotFound(queries.NO_MAIL)
    name, data = queries.file_of(mail, int(part))
    return hand_out(data, name, "application/octet-stream")


@staff_page
@require_GET
def mail(request: HttpRequest, mail_id: int, part: str = "") -> HttpResponse:
    """A mail that belongs to no letter, for the letter office."""
    found = queries.find_mail(actor_of(request), mail_id)
    return _answer(request, found, part, reverse("workbench_mailbox:tray_mail", args=[mail_id]))


@staff_page
@require_GET
def original(request: HttpRequest, public_id: uuid.UUID, mail_id: int, part: str = "") -> HttpResponse:
    """The original of one of a letter's mails, for staff who may read the letter."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    found = queries.find_mail_of(case, actor, mail_id)
    root = reverse("workbench_mailbox:original", args=[public_id, mail_id])
    return _answer(request, found, part, root, case)


@staff_page
@require_POST
def decide(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Make a mail of the tray a letter, add it to one, or leave it."""
    actor = actor_of(request)
    queries.find_mail(actor, mail_id)
    now, choice = timezone.now(), request.POST.get("choice", "")
    try:
        if choice == "dismiss":
            reason = request.POST.get("reason", "")[:200]
            actions.dismiss_mail(mail_id=mail_id, reason=reason, actor=actor, at=now)
            messages.success(request, "邮件已留存，不作为来信。")
            return redirect("workbench_mailbox:tray")
        case = (
            actions.add_mail_to_letter(
                mail_id=mail_id, number=request.POST.get("number", "")[:40], actor=actor, at=now
            )
            if choice == "add"
            else actions.open_letter_of_mail(mail_id=mail_id, actor=actor, at=now)
        )
    except PortalError as error:
        messages.error(request, error.sentence)
        return redirect("workbench_mailbox:tray_mail", mail_id=mail_id)
    messages.success(request, f"已登记到来信{case.number}。")
    return redirect("workbench_mailbox:detail", public_id=case.public_id)
