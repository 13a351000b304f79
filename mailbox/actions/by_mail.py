"""Letters by e-mail: a mail becomes a letter, or what its writer adds to one, exactly once."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from mailbox.actions.intake import submit
from mailbox.actions.mail_content import MailContent, content_of
from mailbox.actions.supplement import supplement
from mailbox.actions.word import tell_unit, track_link
from mailbox.choices import Addressee, Channel, LetterKind, Place, State
from mailbox.models import Letter, MailedLetter
from portal.cases.actions import attach
from portal.core.actors import GUEST
from portal.core.errors import PortalError
from portal.core.numbering import grouped
from portal.messaging.actions import Recipient, notify
from portal.messaging.models import Message
from portal.messaging.threads import number_of
from portal.postbox.actions import digest_of_id, mark_taken, put_in_tray, read_bounded
from portal.postbox.models import InboundMail
from portal.postbox.parsing import ParsedMail
from portal.postbox.preview import TRAY, Fate
from portal.privacy.crypto import blind_index
from portal.units.choices import Role

log = logging.getLogger("mailbox")

MOST_A_DAY = 20
CLOSED = (State.ANSWERED, State.DECLINED, State.HANDED_OVER, State.WITHDRAWN)
LETTER, SUPPLEMENT = "letter", "supplement"


@dataclass(frozen=True)
class Belonging:
    """Where a mail belongs: added to the open letter `earlier`, or a letter of its own, after the closed `former`."""

    earlier: Letter | None
    former: Letter | None
    held: str


@transaction.atomic
def take_mail(*, mail_id: int, at: datetime) -> None:
    """Make a mail into a letter or a supplement; one that has been handled is left alone.

    One that cannot be taken goes into the tray of the letter office with the reason.
    """
    mail = InboundMail.objects.select_for_update().select_related("stored").get(pk=mail_id)
    if mail.taken_at is not None:
        return
    parsed, problem = read_bounded(mail.stored.read())
    if parsed is None:
        put_in_tray(mail=mail, reason=problem, at=at)
        return
    place = _place_of(parsed, at)
    if place.held:
        put_in_tray(mail=mail, reason=place.held, at=at)
        return
    try:
        with transaction.atomic():
            become(mail, parsed, place.earlier, place.former, at)
    except PortalError as error:
        put_in_tray(mail=mail, reason=error.sentence, at=at)
    except (ValueError, TypeError, LookupError) as error:
        log.exception("a mail could not be taken", extra={"mail": mail.pk})
        put_in_tray(mail=mail, reason=f"登记时出现错误（{type(error).__name__}）", at=at)


def become(
    mail: InboundMail,
    parsed: ParsedMail,
    earlier: Letter | None,
    former: Letter | None,
    at: datetime,
    decided_by: str = "",
) -> Letter:
    """Add the mail to that open letter, or open one for it; gives the letter."""
    content = content_of(parsed, answers_us=earlier is not None or former is not None)
    if earlier is not None:
        _add(earlier, mail, parsed, content, at, decided_by)
        return earlier
    return _open(mail, parsed, content, at, former, decided_by)


def fate_of_mail(parsed: ParsedMail, at: datetime) -> Fate:
    """What take_mail() would make of this mail at that time; nothing is stored. Without a database it answers nothing."""
    try:
        place = _place_of(parsed, at)
    except DatabaseError:
        place = Belonging(None, None, "")
    near = place.earlier or place.former
    content = content_of(parsed, answers_us=near is not None)
    outcome = TRAY if place.held else SUPPLEMENT if place.earlier is not None else LETTER
    return Fate(
        outcome=outcome,
        reason=place.held or _why(place),
        text=content.text,
        letter=(near.number or "") if near is not None else "",
        kept=content.kept,
        left_out=content.left_out,
    )


def _why(place: Belonging) -> str:
    if place.earlier is not None:
        return "回复办理中的来信"
    return "回复已办结的来信，作为新的来信" if place.former is not None else ""


def _place_of(parsed: ParsedMail, at: datetime) -> Belonging:
    sender_index = blind_index(parsed.sender, "email")
    earlier = _letter_answered(parsed, sender_index, closed=False)
    if earlier is not None:
        return Belonging(earlier, None, "")
    since = at - timedelta(days=1)
    today = MailedLetter.objects.filter(sender_index=sender_index, mail__arrived_at__gt=since).count()
    held = f"同一地址一日超过{MOST_A_DAY}封，未开立来信" if today >= MOST_A_DAY else ""
    return Belonging(None, _letter_answered(parsed, sender_index, closed=True), held)


def _letter_answered(parsed: ParsedMail, sender_index: str, *, closed: bool) -> Letter | None:
    """The letter of this writer's that the mail belongs to: by our own signed id, or by an id of an earlier mail of theirs."""
    letters: QuerySet[Any] = Letter.objects.all()
    letters = letters.filter(state__in=CLOSED) if closed else letters.exclude(state__in=CLOSED)
    ours = [number for number in map(number_of, parsed.references) if number is not None]
    for key in Message.objects.filter(pk__in=ours).order_by("-pk").values_list("key", flat=True):
        case: Letter | None = letters.filter(public_id=key.split(":")[0]).first() if _is_id(key) else None
        if case is not None and _is_writer(case, sender_index):
            return case
    thread = [digest_of_id(entry) for entry in parsed.references]
    theirs = InboundMail.objects.filter(id_digest__in=thread).values("pk")
    own = letters.filter(mails__sender_index=sender_index)
    found: Letter | None = own.filter(mails__mail__in=theirs).order_by("-pk").first()
    return found


def _is_id(key: str) -> bool:
    return re.fullmatch(r"[0-9a-f-]{36}", key.split(":")[0]) is not None


def _is_writer(case: Letter, sender_index: str) -> bool:
    """True if that address is the letter's, or one that has written in it."""
    return (
        blind_index(case.email, "email") == sender_index
        or case.mails.filter(sender_index=sender_index).exists()
    )


def _open(
    mail: InboundMail,
    parsed: ParsedMail,
    content: MailContent,
    at: datetime,
    former: Letter | None,
    decided_by: str,
) -> Letter:
    answers = {
        "addressee": Addressee.MAYOR.value,
        "addressed_unit": "",
        "letter_kind": LetterKind.INQUIRY.value,
        "place": Place.CITY.value,
        "topic": (parsed.subject or parsed.text[:40] or "电子邮件来信")[:80],
        "text": content.text or parsed.subject or "（见附件）",
        "name": parsed.sender_name or parsed.sender.partition("@")[0],
        "phone": "",
        "email": parsed.sender,
        "channel": Channel.MAIL.value,
        "evidence": _evidence(parsed),
    }
    sent = submit(
        answers=answers,
        key=f"mail-{mail.key}"[:64],
        actor=GUEST,
        at=at,
        uploads=content.uploads,
        tell=False,
    )
    MailedLetter.objects.create(
        mail=mail, letter=sent.case, sender_index=blind_index(parsed.sender, "email"), follows=former
    )
    mark_taken(mail=mail, outcome=f"来信{sent.case.number}", at=at, decided_by=decided_by)
    _confirm(sent.case, sent.code, content, at)
    return sent.case


def _evidence(parsed: ParsedMail) -> str:
    return f"电子邮件（发出时间：{parsed.sent_at}）"[:200] if parsed.sent_at else "电子邮件"


def _confirm(case: Letter, code: str, content: MailContent, at: datetime) -> None:
    """The one receipt. What names files or opens the letter is in its sealed part."""
    gaps = "\n".join(f"未收取：{entry.what}（{entry.why}）" for entry in content.to_tell)
    notify(
        recipient=Recipient(email=case.email),
        key=f"{case.public_id}:receipt-by-mail",
        subject=f"已收到您的来信（{case.number}）",
        body=(
            "您的电子邮件已登记为来信。信箱办公室审核后将告知是否受理和答复期限。"
            "可以凭以下编号和查询码在网上查询；需要补充的，直接回复本邮件。"
        ),
        link=track_link(case),
        at=at,
        secret_text="\n".join(
            part for part in (f"编号：{case.number}\n查询码：{grouped(code)}", gaps) if part
        ),
        takes_replies=True,
    )


def _add(
    case: Letter, mail: InboundMail, parsed: ParsedMail, content: MailContent, at: datetime, decided_by: str
) -> None:
    if case.state == State.AWAITING_SUPPLEMENT:
        supplement(case=case, text=content.text, actor=GUEST, at=at)
    else:
        stamp = timezone.localtime(at).strftime("%Y%m%d-%H%M")
        attach(case=case, name=f"补充邮件{stamp}.txt", data=content.text.encode(), at=at)
        told = "来信人以电子邮件补充了内容，见附件。"
        tell_unit(
            case, case.unit, (Role.CLERK,), f"mail-{mail.pk}", f"来信人有补充（{case.number}）", told, at
        )
    for upload in content.uploads:
        attach(case=case, name=upload.name, data=upload.data, at=at)
    MailedLetter.objects.create(
        mail=mail, letter=case, sender_index=blind_index(parsed.sender, "email"), opened=False
    )
    mark_taken(mail=mail, outcome=f"补充来信{case.number}", at=at, decided_by=decided_by)
