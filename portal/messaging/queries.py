"""Readers of an account's messages."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from portal.jobs.models import OutboxJob
from portal.jobs.outbox import DELIVER
from portal.messaging.models import Channel, MailChoice, Message, Report


def inbox(account_id: int) -> QuerySet[Message]:
    """An account's in-site messages, newest first."""
    return Message.objects.filter(account_id=account_id, channel=Channel.SITE)


def unread(account_id: int) -> int:
    """How many in-site messages have not been read."""
    return inbox(account_id).filter(read_at__isnull=True).count()


def unread_since(account_id: int, since: datetime) -> list[Message]:
    """The in-site messages that came in since then and have not been read, oldest first."""
    return list(inbox(account_id).filter(read_at__isnull=True, created_at__gte=since).order_by("pk"))


def mail_choice(account_id: int) -> str:
    """When an account also gets its in-site messages by mail; "" for never."""
    return MailChoice.objects.filter(account_id=account_id).values_list("when", flat=True).first() or ""


def mailed_at_once(account_id: int | None) -> str:
    """The address to which an account wants each message at once; "" if it does not."""
    if account_id is None:
        return ""
    chosen = MailChoice.objects.filter(account_id=account_id, when=MailChoice.When.AT_ONCE)
    return chosen.filter(account__is_active=True).values_list("account__email", flat=True).first() or ""


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
