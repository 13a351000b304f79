"""Telling the writer and the units that something happened, without saying what was written."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from mailbox.models import Letter
from portal.core.telephone import mobile
from portal.messaging.actions import Recipient, notify
from portal.units.models import Unit
from portal.units.queries import people_with


def recipient_of(case: Letter) -> Recipient:
    """Every way in which the writer can be reached."""
    return Recipient(account_id=case.applicant_id, email=case.email, phone=mobile(case.phone))


def tell_writer(case: Letter, what: str, subject: str, body: str, at: datetime) -> None:
    """Notify the writer by every way given; once for each event."""
    notify(
        recipient=recipient_of(case),
        key=f"{case.public_id}:{what}:{case.last_seq}",
        subject=subject,
        body=body,
        link=reverse("mailbox:detail", args=[case.public_id]),
        at=at,
        takes_replies=True,
    )


def tell_unit(
    case: Letter, unit: Unit, roles: tuple[str, ...], what: str, subject: str, body: str, at: datetime
) -> None:
    """Put a message on the site for everybody with one of the roles in the unit; once for each event.

    Not for the official who wrote the letter (回避): the page is closed to that one.
    """
    for account in people_with(unit, *roles, on=timezone.localdate(at)):
        if account.pk == case.applicant_id:
            continue
        notify(
            recipient=Recipient(account_id=account.pk),
            key=f"{case.public_id}:{what}:{case.last_seq}:{account.pk}",
            subject=subject,
            body=body,
            link=reverse("workbench_mailbox:detail", args=[case.public_id]),
            at=at,
        )
