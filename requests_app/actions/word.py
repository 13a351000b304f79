"""Telling the applicant that something happened, without saying what was asked."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from portal.core.telephone import mobile
from portal.messaging.actions import Recipient, notify
from portal.units.queries import address_is_of
from requests_app.models import DisclosureRequest


def track_link(case: DisclosureRequest) -> str:
    """Where a mail leads: the tracking box with the number filled in, which any browser may open."""
    filled_in = urlencode({"number": case.number or "", "case": case.public_id})
    return f"{reverse('requests:track')}?{filled_in}"


def tell_applicant(
    case: DisclosureRequest, what: str, subject: str, body: str, at: datetime, *, first: bool = False
) -> None:
    """Notify the applicant by every way given, and the agent of the same by telephone; once for each event.

    `first`: the receipt of a submission, which anybody can cause.
    """
    first = first and not address_is_of(case.applicant_id, case.email)
    recipient = Recipient(account_id=case.applicant_id, email=case.email, phone=mobile(case.phone))
    notify(
        recipient=recipient,
        key=f"{case.public_id}:{what}:{case.last_seq}",
        subject=subject,
        body=body,
        link=reverse("requests:detail", args=[case.public_id]),
        at=at,
        first=first,
        mail_link=track_link(case),
    )
    agent = mobile(case.agent_phone)
    if agent and agent != recipient.phone:
        notify(
            recipient=Recipient(phone=agent),
            key=f"{case.public_id}:{what}:{case.last_seq}:agent",
            subject=f"（致代理人）{subject}",
            body=f"以下通知已发给申请人：{body}",
            link=track_link(case),
            at=at,
            first=first,
        )
