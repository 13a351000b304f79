"""Readers of an account's messages."""

from __future__ import annotations

from django.db.models import QuerySet

from portal.messaging.models import Channel, Message


def inbox(account_id: int) -> QuerySet[Message]:
    """An account's in-site messages, newest first."""
    return Message.objects.filter(account_id=account_id, channel=Channel.SITE)


def unread(account_id: int) -> int:
    """How many in-site messages have not been read."""
    return inbox(account_id).filter(read_at__isnull=True).count()
