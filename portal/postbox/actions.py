"""Taking a mail in, exactly once."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction

from portal.files.actions import store_bytes
from portal.jobs.outbox import enqueue
from portal.postbox.models import InboundMail, MailKind
from portal.postbox.parsing import ParsedMail, parse
from portal.privacy.crypto import keyed_digest

TOPIC = "postbox.arrived"
PURPOSE = "message-id"


def digest_of_id(message_id: str) -> str:
    """The keyed digest of a Message-ID; "" for none."""
    return keyed_digest(message_id, PURPOSE) if message_id else ""


def _kind(mail: ParsedMail) -> MailKind:
    if mail.bounce:
        return MailKind.BOUNCE
    if mail.automatic:
        return MailKind.AUTOMATIC
    return MailKind.LETTER if mail.sender else MailKind.UNREADABLE


def take_in(*, raw: bytes, at: datetime) -> InboundMail | None:
    """Keep a mail and promise its handling; None for one that was taken in before.

    The bytes, the row and the job are one: a process killed at any point has either taken the mail in or not.
    """
    mail = parse(raw)
    key = digest_of_id(mail.message_id) or hashlib.sha256(raw).hexdigest()
    if InboundMail.objects.filter(key=key).exists():
        return None
    try:
        with transaction.atomic():
            row = InboundMail.objects.create(
                key=key,
                stored=store_bytes(raw, media_type="message/rfc822"),
                kind=_kind(mail),
                thread=[digest_of_id(entry) for entry in mail.references],
                arrived_at=at,
            )
            if row.kind == MailKind.LETTER:
                enqueue(TOPIC, key=f"arrived:{row.pk}", mail=row.pk)
    except IntegrityError:
        return None
    return row


def mark_taken(*, mail: InboundMail, outcome: str, at: datetime) -> None:
    """Say what became of a mail."""
    mail.taken_at, mail.outcome = at, outcome[:60]
    mail.save(update_fields=["taken_at", "outcome"])
