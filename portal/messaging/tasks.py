"""The job that delivers a mail or a text."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from portal.core.moments import after_quiet_hours
from portal.jobs.lanes import MAIL, TEXTS
from portal.jobs.outbox import enqueue
from portal.jobs.registry import handler
from portal.messaging.actions import send_daily
from portal.messaging.breaker import answered, closed_until, failed, is_silence
from portal.messaging.models import Channel, Message
from portal.messaging.sms import gateway
from portal.messaging.threads import mail_token, message_id

FILLED_IN = "/track/?number="

# A gateway delivers a key once: it must not come again after a restore to an earlier point, as a row's number does.
NAMESPACE = UUID("6f0c2f0e-5b1d-4a55-9d8c-3f6c5f0e7a11")


def _own_host() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")


def reply_address() -> str:
    """The address of the mailbox that is read, "" where none is."""
    if settings.PORTAL_MAILBOX_ADDRESS or not settings.PORTAL_IMAP_HOST:
        return str(settings.PORTAL_MAILBOX_ADDRESS)
    user = str(settings.PORTAL_IMAP_USER)
    return user if "@" in user else f"{user}@{_own_host()}"


def daily() -> None:
    """One mail with what came in since yesterday to whoever wants it so."""
    send_daily(timezone.now())


@handler("messaging.deliver", lane=MAIL)
def deliver(message: int) -> None:
    """Send one message; a message already sent is left alone. The Message-ID is the same at every try.

    A text that rings waits for the morning whenever its turn comes in the quiet hours: after an outage, a retry, a hold. While
    the mail server or the gateway does not answer, messages wait without losing a try.
    """
    row = Message.objects.select_related("account").get(pk=message)
    if row.sent_at is not None:
        return
    now = timezone.now()
    morning = after_quiet_hours(now)
    later = morning if row.rings and morning > now else closed_until(row.channel, now)
    if later is not None:
        with transaction.atomic():
            key = f"message:{row.pk}:{later:%Y%m%d%H%M%S}"
            lane = TEXTS if row.channel == Channel.SMS else MAIL
            enqueue("messaging.deliver", key=key, not_before=later, lane=lane, message=row.pk)
        return
    try:
        _send(row)
    except Exception as error:
        if is_silence(error):
            failed(row.channel, error, timezone.now())
        else:
            answered(row.channel)
        raise
    row.sent_at = timezone.now()
    row.save(update_fields=["sent_at", "gateway_id"])
    answered(row.channel)


def _send(row: Message) -> None:
    path = row.link or row.secret_link
    if FILLED_IN in path and row.channel == Channel.MAIL:
        path = f"{path}&m={mail_token(row.pk)}"  # whoever tracks by it has read the mail
    target = f"{settings.SITE_URL}{path}" if path else ""
    secret = f"{row.secret_text}\n\n" if row.secret_text else ""
    if row.channel == Channel.MAIL:
        answers_to = reply_address() if row.takes_replies else ""
        foot = "直接回复即可补充" if answers_to else "请勿直接回复"
        EmailMessage(
            subject=row.subject.replace("\n", " ").replace("\r", " "),
            body=f"{row.body}\n\n{secret}{target}\n\n{settings.PORTAL_SITE_NAME}\n（本邮件由系统发出，{foot}。）",
            to=[row.address],
            reply_to=[answers_to] if answers_to else None,
            headers={"Message-ID": message_id(row.pk, _own_host()), "Auto-Submitted": "auto-generated"},
        ).send()
    else:
        text = f"{row.subject} {row.body}" + (f" {target}" if row.secret_link else "")
        row.gateway_id = str(uuid5(NAMESPACE, f"{row.key}|{row.created_at.isoformat()}"))
        gateway().send(row.address, text, dedupe=row.gateway_id)
