"""The receipt of a submission: for a quarter of an hour the browser that submitted is shown the query code."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from portal.cases.intake import code_for, opens
from portal.cases.models import Case
from portal.cases.registry import contact_of, kind_of
from portal.core.numbering import grouped
from portal.documents.render.worker import render_pdf
from portal.messaging.actions import Recipient, notify
from portal.privacy.crypto import SealBroken, seal, unseal
from portal.web.access import grant

RECEIPT_SECONDS = 15 * 60
SEALED_FOR = "receipt-key"
RENEWED = "renewed_receipts"
SLOTS = ("request_receipts", "letter_receipts", "report_receipts", RENEWED)


def keep_receipt(request: HttpRequest, slot: str, case: Case, key: str) -> None:
    """Let this browser see the case, and remember the submission's key, sealed, under `slot` of its session."""
    grant(request, case, code_for(case.public_id, key))
    receipts = request.session.get(slot, {})
    receipts[str(case.public_id)] = [seal(key.encode(), SEALED_FOR), int(timezone.now().timestamp())]
    request.session[slot] = receipts


def code_to_show(request: HttpRequest, slot: str, case: Case) -> str:
    """The query code in groups, to the browser that submitted and while it is fresh; "" otherwise or after a new code."""
    sealed, at = request.session.get(slot, {}).get(str(case.public_id), ["", 0])
    if not sealed or timezone.now().timestamp() - at >= RECEIPT_SECONDS:
        return ""
    try:
        code = code_for(case.public_id, unseal(sealed, SEALED_FOR).decode())
    except SealBroken:  # a session of before 2026-12 holds the key as it was
        return ""
    return grouped(code) if opens(case, code) else ""


def fresh_code(request: HttpRequest, case: Case) -> str:
    """The query code in groups if this browser got it just now, by whatever way; "" otherwise."""
    return next((code for slot in SLOTS if (code := code_to_show(request, slot, case))), "")


def ways_to_send(case: Case) -> dict[str, str]:
    """The ways by which the receipt can be sent to whoever the case names: "mail", "sms" and what they are called."""
    email, phone = contact_of(case)
    return {
        way: label
        for way, label, there in (("mail", "发到我的电子邮箱", email), ("sms", "发到我的手机", phone))
        if there
    }


def receipt_pdf(case: Case, code: str) -> bytes:
    """The receipt as a PDF, made for this answer alone and kept nowhere."""
    facts: dict[str, Any] = {
        "case": case,
        "kind": kind_of(case).title,
        "code": code,
        "site": settings.PORTAL_SITE_NAME,
        "address": settings.SITE_URL + reverse("requests:track"),
    }
    return render_pdf(render_to_string("documents/query_receipt.html", facts))


def send_receipt(case: Case, code: str, way: str) -> None:
    """Send number and code to the mail address or the telephone that the case names; the code is kept sealed. Once each."""
    email, phone = contact_of(case)
    link = reverse("requests:track")
    notify(
        recipient=Recipient(email=email if way == "mail" else "", phone=phone if way == "sms" else ""),
        key=f"{case.public_id}:own-receipt:{case.code_hash[:12]}",
        subject=f"提交回执（{case.number}）",
        body="凭编号和查询码查询进度、下载文书，请勿告诉他人。",
        link=link,
        mail_link=f"{link}?number={case.number}&case={case.public_id}",
        at=timezone.now(),
        secret_text=f"编号：{case.number}\n查询码：{code}",
        first=True,
    )
