"""A peer that does not answer is left alone for a while: its jobs wait without losing a try, and one asks again."""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from django.db import transaction

from portal.messaging.models import Peer

FAILURES = 3
FIRST, LONGEST = timedelta(minutes=1), timedelta(minutes=15)


def closed_until(channel: str, now: datetime) -> datetime | None:
    """Until when nothing is sent that way; None if it may be tried."""
    until = Peer.objects.filter(channel=channel, closed_until__gt=now).values_list("closed_until", flat=True)
    return until.first()


def failed(channel: str, error: Exception, now: datetime) -> None:
    """A try failed; from the third in a row on the way is closed, each time twice as long, a quarter of an hour at most."""
    with transaction.atomic():
        Peer.objects.get_or_create(channel=channel)
        peer = Peer.objects.select_for_update().get(channel=channel)
        peer.failures += 1
        peer.failed_at, peer.last_error = now, f"{type(error).__name__}: {error}"[:200]
        if peer.failures >= FAILURES:
            peer.closed_until = now + min(LONGEST, FIRST * 2 ** min(peer.failures - FAILURES, 8))
        peer.save()


def is_silence(error: Exception) -> bool:
    """True where nothing can be sent that way; a mail server that refuses an address or one mail is there for the others."""
    return not isinstance(error, SMTPRecipientsRefused | SMTPSenderRefused | SMTPDataError)


def answered(channel: str) -> None:
    """A try was taken: the way is open."""
    Peer.objects.filter(channel=channel, failures__gt=0).update(failures=0, closed_until=None)


def broken() -> list[Peer]:
    """The peers whose last three tries and more failed."""
    return list(Peer.objects.filter(failures__gte=FAILURES).order_by("channel"))
