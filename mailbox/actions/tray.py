"""The tray: mails that were not handled by themselves, and what a clerk of the letter office makes of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from mailbox.actions.by_mail import CLOSED, become
from mailbox.models import Letter
from mailbox.queries import mailbox_office
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.postbox.actions import mark_taken, read_bounded
from portal.postbox.models import InboundMail
from portal.postbox.parsing import ParsedMail
from portal.units.choices import Role

NOT_A_CLERK = "须由信箱办公室经办人处理。"
DECIDED = "这封邮件已经处理。"
NO_ADDRESS = "这封邮件没有可用的发件地址，请依据原件用“登记来信”登记。"


def _locked(mail_id: int, actor: Actor) -> InboundMail:
    if not actor.has_role(mailbox_office().pk, Role.CLERK):
        raise StepRefused(NOT_A_CLERK)
    mail = InboundMail.objects.select_for_update().select_related("stored").filter(pk=mail_id).first()
    if mail is None or not mail.in_tray:
        raise StepRefused(DECIDED)
    return mail


def _read(mail: InboundMail) -> ParsedMail:
    parsed, problem = read_bounded(mail.stored.read())
    if parsed is None:
        raise StepRefused(f"{problem}。请依据原件用“登记来信”登记。")
    return parsed


@transaction.atomic
def open_letter_of_mail(*, mail_id: int, actor: Actor, at: datetime) -> Letter:
    """Make a mail of the tray into a letter; the receipt goes to its sender. Raises StepRefused without an address."""
    mail = _locked(mail_id, actor)
    parsed = _read(mail)
    if not parsed.sender:
        raise StepRefused(NO_ADDRESS)
    return become(mail, parsed, None, None, at, decided_by=actor.label)


@transaction.atomic
def add_mail_to_letter(*, mail_id: int, number: str, actor: Actor, at: datetime) -> Letter:
    """Add a mail of the tray to an open letter. Raises InvalidInput if there is no open letter of that number."""
    mail = _locked(mail_id, actor)
    found: Any = Letter.objects.exclude(state__in=CLOSED)
    case: Letter | None = found.select_related("unit").filter(number=number.strip()).first()
    if case is None:
        raise InvalidInput("没有这个编号的、正在办理的来信", "number")
    return become(mail, _read(mail), case, None, at, decided_by=actor.label)


@transaction.atomic
def dismiss_mail(*, mail_id: int, reason: str, actor: Actor, at: datetime) -> None:
    """Leave a mail of the tray as it is: the original is kept, and who decided so and why."""
    if not reason.strip():
        raise InvalidInput("请写明不作为来信的理由", "reason")
    mail = _locked(mail_id, actor)
    mark_taken(mail=mail, outcome=f"不作为来信：{reason.strip()}", at=at, decided_by=actor.label)
