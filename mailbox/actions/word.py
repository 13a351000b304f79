"""Telling the writer and the units that something happened, without saying what was written."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from mailbox.models import Letter
from portal.core.telephone import mobile
from portal.messaging.actions import Recipient, notify
from portal.units.models import Unit
from portal.units.queries import address_is_of, people_with


def recipient_of(case: Letter) -> Recipient:
    """Every way in which the writer can be reached."""
    return Recipient(account_id=case.applicant_id, email=case.email, phone=mobile(case.phone))


def track_link(case: Letter) -> str:
    """Where a mail leads: the tracking box with the number filled in, which any browser may open."""
    filled_in = urlencode({"number": case.number or "", "case": case.public_id})
    return f"{reverse('mailbox:track')}?{filled_in}"


def tell_writer(
    case: Letter, what: str, subject: str, body: str, at: datetime, *, first: bool = False
) -> None:
    """Notify the writer by every way given; once for each event. `first`: the receipt, which anybody can cause."""
    notify(
        recipient=recipient_of(case),
        key=f"{case.public_id}:{what}:{case.last_seq}",
        subject=subject,
        body=body,
        link=reverse("mailbox:detail", args=[case.public_id]),
        at=at,
        takes_replies=True,
        first=first and not address_is_of(case.applicant_id, case.email),
        mail_link=track_link(case),
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
