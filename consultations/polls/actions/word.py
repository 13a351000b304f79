"""Telling the unit's people that a poll waits for them."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from consultations.polls.models import Poll
from portal.messaging.actions import Recipient, notify
from portal.units.queries import people_with


def tell_unit(case: Poll, role: str, said: str, at: datetime) -> None:
    """Put a message on the site for everybody with that role in the unit; once for each event."""
    for account in people_with(case.unit, role, on=timezone.localdate(at)):
        notify(
            recipient=Recipient(account_id=account.pk),
            key=f"{case.public_id}:{role}:{case.last_seq}:{account.pk}",
            subject=f"投票调查{said}（{case.number}）",
            body=case.title,
            link=reverse("workbench_polls:detail", args=[case.public_id]),
            at=at,
        )
