"""Telling the people of a unit that an item waits for them."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from notices.models import Article
from portal.messaging.actions import Recipient, notify
from portal.units.models import Unit
from portal.units.queries import people_with


def tell(case: Article, unit: Unit, role: str, said: str, at: datetime) -> None:
    """Put a message on the site for everybody with that role in the unit; once for each event."""
    for account in people_with(unit, role, on=timezone.localdate(at)):
        notify(
            recipient=Recipient(account_id=account.pk),
            key=f"{case.public_id}:{role}:{case.last_seq}:{account.pk}",
            subject=f"信息{said}（{case.number}）",
            body=case.title,
            link=reverse("workbench_notices:detail", args=[case.public_id]),
            at=at,
        )
