"""Telling the people of a unit that a text waits for them: a review that nobody knows of waits for ever."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from portal.cases.models import Case
from portal.cases.registry import kind_of
from portal.messaging.actions import Recipient, notify
from portal.units.choices import Role
from portal.units.queries import people_with

SIGNING = (Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER)


def tell_next(case: Case, role: str, said: str, at: datetime) -> None:
    """Put a message on the site for everybody with that role in the unit that holds the case; once for each event."""
    kind = kind_of(case)
    signs = role in SIGNING and kind.signed_on
    link = reverse(kind.signed_on if signs else kind.staff_url, args=[case.public_id])
    for account in people_with(case.unit, role, on=timezone.localdate(at)):
        notify(
            recipient=Recipient(account_id=account.pk),
            key=f"{case.public_id}:{role}:{case.last_seq}:{account.pk}",
            subject=f"{kind.title}{said}（{case.number}）",
            body=case.title,
            link=link,
            at=at,
        )
