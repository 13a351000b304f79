"""Jobs of the room; each may run again at any time."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.utils import timezone

from portal.administration.leaving import tell_of_ended_terms
from portal.administration.sleeping import close_sleepers
from portal.privacy import retention


def erase() -> int:
    """Erase what has run out, sessions too; gives how many."""
    now = timezone.now()
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    return sessions + sum(retention.apply(at=now).values())


def sleepers() -> int:
    """Close accounts of staff that nobody has used for long; gives how many."""
    return close_sleepers(at=timezone.now())


def leavers() -> int:
    """Tell units what terms that have ended leave behind; gives how many messages are new."""
    return tell_of_ended_terms(at=timezone.now())
