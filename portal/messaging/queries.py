"""Readers of an account's messages."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from portal.jobs.models import OutboxJob
from portal.jobs.outbox import DELIVER
from portal.messaging.models import Channel, Message, Report


def inbox(account_id: int) -> QuerySet[Message]:
    """An account's in-site messages, newest first."""
    return Message.objects.filter(account_id=account_id, channel=Channel.SITE)


def unread(account_id: int) -> int:
    """How many in-site messages have not been read."""
    return inbox(account_id).filter(read_at__isnull=True).count()


def late(now: datetime, after: timedelta) -> QuerySet[Message]:
    """Mails and texts that ought to have gone out and have not for so long: not those that wait for the morning."""
    waiting = OutboxJob.objects.filter(
        topic=DELIVER, done_at__isnull=True, dead_at__isnull=True, attempts=0, not_before__gt=now - after
    )
    return (
        Message.objects.filter(sent_at__isnull=True, created_at__lt=now - after)
        .exclude(channel=Channel.SITE)
        .exclude(pk__in=[arguments["message"] for arguments in waiting.values_list("arguments", flat=True)])
    )


def not_delivered(since: datetime) -> int:
    """How many texts the gateway reported as not delivered since then."""
    return Message.objects.filter(report=Report.FAILED, reported_at__gte=since).count()
