"""Telling writers and the unit's people that something happened."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from consultations.models import Comment, PublicConsultation
from portal.messaging.actions import Recipient, notify
from portal.units.queries import address_is_of, people_with


def tell_unit(case: PublicConsultation, role: str, said: str, at: datetime) -> None:
    """Put a message on the site for everybody with that role in the drafting unit; once for each event."""
    for account in people_with(case.unit, role, on=timezone.localdate(at)):
        notify(
            recipient=Recipient(account_id=account.pk),
            key=f"{case.public_id}:{role}:{case.last_seq}:{account.pk}",
            subject=f"意见征集{said}（{case.number}）",
            body=case.title,
            link=reverse("workbench_consultations:detail", args=[case.public_id]),
            at=at,
        )


def tell_writer(comment: Comment, what: str, subject: str, body: str, link: str, at: datetime) -> None:
    """Notify whoever made a comment, by account or by mail; once for each event.

    The link opens the comment without a log-in, so it is kept sealed.
    """
    notify(
        recipient=Recipient(account_id=comment.account_id, email=comment.email),
        key=f"comment:{comment.public_id}:{what}",
        subject=subject,
        body=body,
        link=link,
        at=at,
        secret=True,
        first=what == "received" and not address_is_of(comment.account_id, comment.email),
    )
