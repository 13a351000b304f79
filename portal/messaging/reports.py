"""What the gateway says became of a text: signed as we sign what we hand over."""

from __future__ import annotations

import hmac
import json
from datetime import datetime
from typing import Any

from django.conf import settings

from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.messaging.models import Message, Report
from portal.messaging.sms import signature_of

LONGEST = 4096


def take_report(*, body: bytes, signature: str, at: datetime) -> Message:
    """Write down a report `{"id", "status", "reason"}`; the same one again changes nothing, nor one after "delivered".

    Raises StepRefused for a wrong signature (or where no secret is set), InvalidInput for what is no report, NotFound for an id
    that we never sent.
    """
    right = signature_of(body)
    if not settings.PORTAL_SMS_SECRET or not hmac.compare_digest(right.encode(), signature.encode()):
        raise StepRefused("签名不正确。")
    told = _read(body)
    row = Message.objects.filter(gateway_id=told["id"]).first()
    if row is None:
        raise NotFound("没有这条短信。")
    if row.report in ("", Report.FAILED) and row.report != told["status"]:
        row.report, row.report_reason, row.reported_at = told["status"], told["reason"], at
        row.save(update_fields=["report", "report_reason", "reported_at"])
    return row


def _read(body: bytes) -> dict[str, str]:
    try:
        told: Any = json.loads(body)
        found = {name: str(told.get(name, "")) for name in ("id", "status", "reason")}
    except (ValueError, AttributeError, RecursionError):
        raise InvalidInput("须为JSON对象。", "id") from None
    if not found["id"]:
        raise InvalidInput("缺少编号。", "id")
    if found["status"] not in Report.values:
        raise InvalidInput("status 须为 delivered 或者 failed。", "status")
    return found | {"reason": found["reason"][:120]}
