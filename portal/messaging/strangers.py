"""Addresses that anybody may have typed: one receipt a day until their owner has shown that they are read."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from portal.messaging.models import Channel, KnownAddress, Message
from portal.messaging.threads import numbered_token
from portal.privacy.crypto import keyed_digest

DAY = timedelta(days=1)


def _digest(address: str) -> str:
    return keyed_digest(address.strip().lower(), "known-address")


def may_write_first(address: str, at: datetime) -> bool:
    """True once a day for an address, as often as one likes once it is confirmed; counts by asking."""
    digest = _digest(address)
    row = KnownAddress.objects.filter(digest=digest)
    free = Q(confirmed_at__isnull=False) | Q(mailed_at__lte=at - DAY)
    if row.filter(free).update(mailed_at=at):
        return True
    try:
        with transaction.atomic():
            _, made = KnownAddress.objects.get_or_create(digest=digest, defaults={"mailed_at": at})
    except IntegrityError:  # pragma: no cover  another process wrote it in this moment
        return False
    return made


def confirm_by(token: str, at: datetime) -> bool:
    """Take the owner of a mail's or a text's address as known; False for a token that is none of ours."""
    number = numbered_token(token)
    message = Message.objects.filter(pk=number).exclude(channel=Channel.SITE).first() if number else None
    if message is None or not message.address:
        return False
    KnownAddress.objects.update_or_create(
        digest=_digest(message.address),
        defaults={"confirmed_at": at},
        create_defaults={"confirmed_at": at, "mailed_at": message.created_at},
    )
    return True


def is_confirmed(address: str) -> bool:
    """True for an address whose owner once opened what came to it."""
    return KnownAddress.objects.filter(digest=_digest(address), confirmed_at__isnull=False).exists()
