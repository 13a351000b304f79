"""Sending word: written down with the business, sent by a job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from portal.core.moments import after_quiet_hours
from portal.jobs.lanes import MAIL, TEXTS
from portal.jobs.outbox import enqueue, tells_history
from portal.messaging.models import Channel, MailChoice, Message
from portal.messaging.queries import mailed_at_once, unread_since
from portal.messaging.strangers import may_write_first

MESSAGES = "/messages/"
MOST_LINES = 30


@dataclass(frozen=True)
class Recipient:
    """Where somebody can be reached; empty parts are not used."""

    account_id: int | None = None
    email: str = ""
    phone: str = ""


def notify(
    *,
    recipient: Recipient,
    key: str,
    subject: str,
    body: str,
    link: str,
    at: datetime,
    secret: bool = False,
    secret_text: str = "",
    takes_replies: bool = False,
    first: bool = False,
    mail_link: str = "",
) -> int:
    """Write a message for each way the recipient can be reached; each key is sent once per channel.

    A `secret` link, one that opens something by itself, is kept sealed, and so is `secret_text`. A text that rings in
    the quiet hours (21:00 to 8:00) waits for the morning, unless it brings what somebody waits for: a secret link or
    text. An answer by mail to one that `takes_replies` is read, where a mailbox is.
    `first` says that anybody could have it sent to any address: such a one goes out once a day until the address is
    confirmed. `mail_link` stands in mails and texts instead of `link`, and may be opened in any browser. Gives the number of new messages. Call inside the business transaction.
    """
    email = recipient.email or ("" if secret or secret_text else mailed_at_once(recipient.account_id))
    ways = (
        (Channel.SITE, bool(recipient.account_id), ""),
        (Channel.MAIL, bool(email), email),
        (Channel.SMS, bool(recipient.phone), recipient.phone),
    )
    if tells_history():
        return 0
    made = 0
    for channel, wanted, address in ways:
        if not wanted:
            continue
        outside = channel != Channel.SITE
        if outside and first and not (_written(f"{key}:{channel}") or may_write_first(address, at)):
            continue
        way = (mail_link or link) if outside else link
        message, created = Message.objects.get_or_create(
            key=f"{key}:{channel}",
            defaults={
                "channel": channel,
                "account_id": recipient.account_id,
                "address": address,
                "subject": subject,
                "body": body,
                "link": "" if secret else way,
                "secret_link": way if secret else "",
                "secret_text": secret_text,
                "takes_replies": takes_replies,
                "created_at": at,
                "sent_at": at if channel == Channel.SITE else None,
            },
        )
        made += created
        if created and outside:
            rings = channel == Channel.SMS and not secret and not secret_text
            enqueue(
                "messaging.deliver",
                key=f"message:{message.pk}",
                not_before=after_quiet_hours(at) if rings else None,
                lane=TEXTS if channel == Channel.SMS else MAIL,
                message=message.pk,
            )
    return made


def choose_mail(*, account_id: int, when: str) -> None:
    """Have what is put on the site for the account sent by mail too: at once, daily, or ("") not at all."""
    if when in MailChoice.When.values:
        MailChoice.objects.update_or_create(account_id=account_id, defaults={"when": when})
    else:
        MailChoice.objects.filter(account_id=account_id).delete()


def send_daily(at: datetime) -> int:
    """One mail to everybody who wants what came in since yesterday in one; nothing where nothing is unread. Gives how many."""
    made, since = 0, at - timedelta(days=1)
    for choice in MailChoice.objects.filter(when=MailChoice.When.DAILY).select_related("account"):
        rows = unread_since(choice.account_id, since)
        if not rows or not choice.account.is_active:
            continue
        made += notify(
            recipient=Recipient(email=choice.account.email),
            key=f"daily:{choice.account_id}:{timezone.localdate(at)}",
            subject=f"您有{len(rows)}条未读消息",
            body="\n".join(row.subject for row in rows[:MOST_LINES]),
            link=MESSAGES,
            at=at,
        )
    return made


def _written(key: str) -> bool:
    return Message.objects.filter(key=key).exists()


def mark_read(*, account_id: int, at: datetime) -> int:
    """Mark all of an account's in-site messages as read; gives how many."""
    return Message.objects.filter(account_id=account_id, channel=Channel.SITE, read_at__isnull=True).update(
        read_at=at
    )
