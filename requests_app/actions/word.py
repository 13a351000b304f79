"""Telling the applicant that something happened, without saying what was asked."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from portal.core.telephone import mobile
from portal.messaging.actions import Recipient, notify
from requests_app.models import DisclosureRequest


def tell_applicant(case: DisclosureRequest, what: str, subject: str, body: str, at: datetime) -> None:
    """Notify the applicant by every way given, and the agent of the same by telephone; once for each event."""
    recipient = Recipient(account_id=case.applicant_id, email=case.email, phone=mobile(case.phone))
    notify(
        recipient=recipient,
        key=f"{case.public_id}:{what}:{case.last_seq}",
        subject=subject,
        body=body,
        link=reverse("requests:detail", args=[case.public_id]),
        at=at,
    )
    agent = mobile(case.agent_phone)
    if agent and agent != recipient.phone:
        notify(
            recipient=Recipient(phone=agent),
            key=f"{case.public_id}:{what}:{case.last_seq}:agent",
            subject=f"（致代理人）{subject}",
            body=f"以下通知已发给申请人：{body}",
            link=reverse("requests:track"),
            at=at,
        )
