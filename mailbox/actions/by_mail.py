"""Letters by e-mail: a mail becomes a letter, or what its writer adds to one, exactly once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from mailbox.actions.intake import MOST_FILES, Upload, submit
from mailbox.actions.supplement import supplement
from mailbox.actions.word import tell_unit
from mailbox.choices import Addressee, Channel, LetterKind, Place, State
from mailbox.models import Letter, MailedLetter
from mailbox.rules import MOST_TEXT
from portal.cases.actions import attach
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput
from portal.core.numbering import grouped
from portal.files import checks
from portal.messaging.actions import Recipient, notify
from portal.messaging.models import Message
from portal.postbox.actions import mark_taken
from portal.postbox.models import InboundMail
from portal.postbox.parsing import Attachment, ParsedMail, own_words, parse
from portal.privacy.crypto import blind_index
from portal.units.choices import Role

MOST_A_DAY = 20
OWN_ID = re.compile(r"message-(\d+)@")
CLOSED = (State.ANSWERED, State.DECLINED, State.HANDED_OVER, State.WITHDRAWN)


@transaction.atomic
def take_mail(*, mail_id: int, at: datetime) -> None:
    """Make a mail into a letter or a supplement; one that has been handled is left alone."""
    mail = InboundMail.objects.select_for_update().select_related("stored").get(pk=mail_id)
    if mail.taken_at is not None:
        return
    parsed = parse(mail.stored.read())
    sender_index = blind_index(parsed.sender, "email")
    if not (parsed.text or parsed.subject):
        mark_taken(mail=mail, outcome="没有内容", at=at)
        return
    own: QuerySet[Any] = Letter.objects.filter(mails__sender_index=sender_index)
    earlier = _letter_answered(own.exclude(state__in=CLOSED), mail, parsed)
    if earlier is not None:
        _add(earlier, mail, parsed, sender_index, at)
        return
    since = at - timedelta(days=1)
    if (
        MailedLetter.objects.filter(sender_index=sender_index, mail__arrived_at__gt=since).count()
        >= MOST_A_DAY
    ):
        mark_taken(mail=mail, outcome=f"同一地址一日超过{MOST_A_DAY}封，未开立来信", at=at)
        return
    _open(mail, parsed, sender_index, at, _letter_answered(own.filter(state__in=CLOSED), mail, parsed))


def _letter_answered(own: QuerySet[Any], mail: InboundMail, parsed: ParsedMail) -> Letter | None:
    """The letter, of these of the writer's, that the mail belongs to: by our own mail's id, or by an earlier one of theirs."""
    ours = [int(found[1]) for found in map(OWN_ID.match, parsed.references) if found]
    keys = Message.objects.filter(pk__in=ours).values_list("key", flat=True)
    theirs = InboundMail.objects.filter(key__in=mail.thread).values("pk")
    for key in keys:
        case: Letter | None = own.filter(public_id=key.split(":")[0]).first() if _is_id(key) else None
        if case is not None:
            return case
    found: Letter | None = own.filter(mails__mail__in=theirs).order_by("-pk").first()
    return found


def _is_id(key: str) -> bool:
    return re.fullmatch(r"[0-9a-f-]{36}", key.split(":")[0]) is not None


def _files(attachments: Iterable[Attachment]) -> tuple[list[Upload], list[str]]:
    """The files that may be kept, and the names of those that may not."""
    kept: list[Upload] = []
    refused: list[str] = []
    for entry in attachments:
        try:
            if len(kept) == MOST_FILES:
                raise InvalidInput("过多")
            checks.accept(entry.name, entry.data, max_bytes=settings.PORTAL_MAX_UPLOAD_MB * 1024 * 1024)
            kept.append(Upload(entry.name, entry.data))
        except InvalidInput:
            refused.append(checks.clean_name(entry.name))
    return kept, refused


def _words(parsed: ParsedMail, text: str, refused: list[str]) -> str:
    note = f"\n（未收取的附件：{'、'.join(refused)}，类型、大小或者数量不符合要求）" if refused else ""
    return f"{(text or parsed.subject)[: MOST_TEXT - len(note)]}{note}"


def _open(
    mail: InboundMail, parsed: ParsedMail, sender_index: str, at: datetime, former: Letter | None
) -> None:
    uploads, refused = _files(parsed.attachments)
    answers = {
        "addressee": Addressee.MAYOR.value,
        "addressed_unit": "",
        "letter_kind": LetterKind.INQUIRY.value,
        "place": Place.CITY.value,
        "topic": (parsed.subject or parsed.text[:40])[:80],
        "text": _words(parsed, parsed.text, refused),
        "name": parsed.sender_name or parsed.sender.partition("@")[0],
        "phone": "",
        "email": parsed.sender,
        "channel": Channel.MAIL.value,
        "evidence": "电子邮件",
    }
    sent = submit(answers=answers, key=f"mail-{mail.key}"[:64], actor=GUEST, at=at, uploads=uploads)
    MailedLetter.objects.create(mail=mail, letter=sent.case, sender_index=sender_index, follows=former)
    mark_taken(mail=mail, outcome=f"来信{sent.case.number}", at=at)
    notify(
        recipient=Recipient(email=parsed.sender),
        key=f"{sent.case.public_id}:receipt-by-mail",
        subject=f"已收到您的来信（{sent.case.number}）",
        body="您的电子邮件已登记为来信。可以凭以下编号和查询码在网上查询；需要补充的，直接回复本邮件。",
        link=reverse("mailbox:track"),
        at=at,
        secret_text=f"编号：{sent.case.number}\n查询码：{grouped(sent.code)}",
    )


def _add(case: Letter, mail: InboundMail, parsed: ParsedMail, sender_index: str, at: datetime) -> None:
    uploads, refused = _files(parsed.attachments)
    words = _words(parsed, own_words(parsed.text), refused)
    if case.state == State.AWAITING_SUPPLEMENT:
        supplement(case=case, text=words, actor=GUEST, at=at)
    else:
        stamp = timezone.localtime(at).strftime("%Y%m%d-%H%M")
        attach(case=case, name=f"补充邮件{stamp}.txt", data=words.encode(), at=at)
        told = "来信人以电子邮件补充了内容，见附件。"
        tell_unit(
            case, case.unit, (Role.CLERK,), f"mail-{mail.pk}", f"来信人有补充（{case.number}）", told, at
        )
    for upload in uploads:
        attach(case=case, name=upload.name, data=upload.data, at=at)
    MailedLetter.objects.create(mail=mail, letter=case, sender_index=sender_index, opened=False)
    mark_taken(mail=mail, outcome=f"补充来信{case.number}", at=at)
