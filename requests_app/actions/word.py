"""Telling the applicant that something happened, without saying what was asked."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from portal.core.telephone import mobile
from portal.messaging.actions import Recipient, notify
from requests_app.models import DisclosureRequest


def tell_applicant(case: DisclosureRequest, what: str, subject: str, body: str, at: datetime) -> None:
    """Notify the applicant by every way given; once for each event."""
    recipient = Recipient(account_id=case.applicant_id, email=case.email, phone=mobile(case.phone))
    notify(
        recipient=recipient,
        key=f"{case.public_id}:{what}:{case.last_seq}",
        subject=subject,
        body=body,
        link=reverse("requests:detail", args=[case.public_id]),
        at=at,
    )
