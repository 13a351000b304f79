"""Mails of ours that came back: the address is marked, and whoever holds the letter is told to use another way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from mailbox.actions.by_mail import _is_id
from mailbox.actions.word import tell_unit
from mailbox.models import Letter
from portal.messaging.models import Message
from portal.messaging.threads import number_of
from portal.postbox.actions import mark_failed, mark_taken, read_bounded
from portal.postbox.models import InboundMail
from portal.units.choices import Role


@transaction.atomic
def take_bounce(*, mail_id: int, at: datetime) -> None:
    """Mark the address of the mail that came back, and tell the clerks of its letter; once.

    Only a report that names a mail of ours by its signed id counts: anybody can write the words of a report. Any other
    stays in the tray.
    """
    mail = InboundMail.objects.select_for_update().select_related("stored").get(pk=mail_id)
    if mail.taken_at is not None:
        return
    parsed, _ = read_bounded(mail.stored.read())
    if parsed is None or not parsed.bounce:
        return
    numbers = [number for number in map(number_of, parsed.references) if number is not None]
    for sent in Message.objects.filter(pk__in=numbers).exclude(address=""):
        mark_failed(address=sent.address, mail=mail, at=at)
        case = _letter_of(sent)
        if case is not None:
            told = "发给来信人的电子邮件被退回，请用电话、信函等其他方式联系来信人。"
            tell_unit(
                case,
                case.unit,
                (Role.CLERK,),
                f"bounce-{mail.pk}",
                f"来信人邮箱退信（{case.number}）",
                told,
                at,
            )
        mark_taken(mail=mail, outcome=f"退信，来信{case.number}" if case else "退信", at=at)


def _letter_of(sent: Message) -> Letter | None:
    found: Any = Letter.objects.select_related("unit").filter(public_id=sent.key.split(":")[0]).first()
    return found if _is_id(sent.key) else None
