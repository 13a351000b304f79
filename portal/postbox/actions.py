"""Taking a mail in, exactly once, and saying what became of it."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from portal.files.actions import store_bytes
from portal.files.vault import FileDamaged
from portal.jobs.outbox import enqueue
from portal.postbox import guard
from portal.postbox.models import FailedAddress, InboundMail, MailKind
from portal.postbox.parsing import ParsedMail
from portal.privacy.crypto import blind_index, keyed_digest

log = logging.getLogger("portal.postbox")

TOPIC = "postbox.arrived"
BOUNCED = "postbox.bounced"
PURPOSE = "message-id"
MEDIA_TYPE = "message/rfc822"
MOST_OF_ONE_ID = 20
ERASED = "Content-Type: text/plain; charset=utf-8\n\n原件已按保存期限清除。\n"
UNEXPECTED = "读取邮件时出现错误"


def digest_of_id(message_id: str) -> str:
    """The keyed digest of a Message-ID; "" for none."""
    return keyed_digest(message_id, PURPOSE) if message_id else ""


def read_bounded(raw: bytes) -> tuple[ParsedMail | None, str]:
    """(the mail, "") or (None, why it cannot be read); whatever the bytes do."""
    try:
        return guard.read(raw), ""
    except guard.MailUnreadable as error:
        return None, str(error)
    except (OSError, ValueError, AssertionError, TypeError, KeyError) as error:
        log.exception("a mail could not be read")
        return None, f"{UNEXPECTED}（{type(error).__name__}）"


def take_in(*, raw: bytes, at: datetime) -> InboundMail | None:
    """Keep a mail and promise its handling; None for one that was taken in before.

    The bytes, the row and the job are one: a process killed at any point has either taken the mail in or not. A mail that
    cannot be read, or that no person wrote, is kept whole and waits in the tray with the reason.
    """
    sha256 = hashlib.sha256(raw).hexdigest()
    if InboundMail.objects.filter(stored__sha256=sha256).exists():
        return None
    mail, problem = read_bounded(raw)
    key = _key(mail, sha256)
    if not key:
        return None
    try:
        with transaction.atomic():
            return _keep(raw, mail, problem, key, at)
    except IntegrityError:
        return None


def _keep(raw: bytes, mail: ParsedMail | None, problem: str, key: str, at: datetime) -> InboundMail:
    row = InboundMail.objects.create(
        key=key,
        id_digest=digest_of_id(mail.message_id) if mail else "",
        sender_index=blind_index(mail.sender, "email") if mail else "",
        stored=store_bytes(raw, media_type=MEDIA_TYPE),
        kind=mail.sort if mail else MailKind.UNREADABLE,
        reason=(mail.reason if mail else problem)[:200],
        in_tray=mail is None or mail.sort != MailKind.LETTER,
        thread=[digest_of_id(entry) for entry in mail.references] if mail else [],
        arrived_at=at,
    )
    if row.kind == MailKind.LETTER:
        FailedAddress.objects.filter(address_index=row.sender_index).delete()
        enqueue(TOPIC, key=f"arrived:{row.pk}", mail=row.pk)
    if row.kind == MailKind.BOUNCE:
        enqueue(BOUNCED, key=f"bounced:{row.pk}", mail=row.pk)
    return row


def _key(mail: ParsedMail | None, sha256: str) -> str:
    """What makes the mail one; "" if it was taken in before, on another way or from a moved mailbox.

    The same id from another sender is another mail, and so is the same id above other words: some programs give every
    mail the same one.
    """
    if mail is None or not mail.message_id:
        return sha256
    digest = digest_of_id(mail.message_id)
    # A mail of before the tray has no sender beside it; its bytes say who wrote.
    senders = (blind_index(mail.sender, "email"), "")
    earlier = InboundMail.objects.filter(id_digest=digest, sender_index__in=senders).order_by("-id")
    rows = list(earlier.select_related("stored")[:MOST_OF_ONE_ID])
    if any(_is_same(row, mail) for row in rows):
        return ""
    return sha256 if rows else keyed_digest(f"{mail.message_id}\n{mail.sender}", PURPOSE)


def _is_same(row: InboundMail, mail: ParsedMail) -> bool:
    """True if that row is this mail: the same sender, subject and words; or the same id, where the original is gone."""
    if row.erased_at is not None:
        return True
    try:
        kept, _ = read_bounded(row.stored.read())
    except FileDamaged:
        return False
    return kept is not None and (kept.sender, kept.subject, kept.text) == (
        mail.sender,
        mail.subject,
        mail.text,
    )


def mark_taken(*, mail: InboundMail, outcome: str, at: datetime, decided_by: str = "") -> None:
    """Say what became of a mail; it is in the tray no more."""
    mail.taken_at, mail.outcome, mail.in_tray, mail.decided_by = at, outcome[:60], False, decided_by[:80]
    mail.save(update_fields=["taken_at", "outcome", "in_tray", "decided_by"])


def put_in_tray(*, mail: InboundMail, reason: str, at: datetime) -> None:
    """Leave a mail to a person of the letter office, with the reason."""
    mail.taken_at, mail.outcome, mail.reason, mail.in_tray = at, reason[:60], reason[:200], True
    mail.save(update_fields=["taken_at", "outcome", "reason", "in_tray"])


def mark_failed(*, address: str, mail: InboundMail, at: datetime) -> None:
    """Remember that mail does not reach this address."""
    FailedAddress.objects.update_or_create(
        address_index=blind_index(address, "email"), defaults={"failed_at": at, "mail": mail}
    )


def forget_originals(rows: QuerySet[InboundMail], at: datetime) -> int:
    """Put a note in the place of these mails' originals; the bytes go with the next sweep. Gives how many."""
    keys = list(rows.order_by().values_list("pk", flat=True))
    if keys:
        note = store_bytes(ERASED.encode(), media_type=MEDIA_TYPE)
        InboundMail.objects.filter(pk__in=keys).update(
            stored=note, erased_at=at, in_tray=False, reason="", decided_by=""
        )
    return len(keys)


def is_failed(address: str) -> bool:
    """True if the last mail to this address came back."""
    return (
        bool(address) and FailedAddress.objects.filter(address_index=blind_index(address, "email")).exists()
    )
