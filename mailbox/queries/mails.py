"""The originals of mails: for the tray of the letter office, and behind a letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from django.db.models import QuerySet

from mailbox.models import Letter, MailedLetter
from mailbox.queries.scope import in_office, may_know_writer
from portal.core.actors import Actor
from portal.core.errors import NotFound
from portal.core.wording import cn_moment
from portal.postbox.actions import is_failed, read_bounded
from portal.postbox.models import InboundMail
from portal.postbox.parsing import ParsedMail
from portal.postbox.reader.charsets import decode
from portal.postbox.reader.markup import harmless
from portal.postbox.reader.quoting import without_receipts
from portal.privacy import masking

NO_MAIL = "没有找到该邮件。"
ADDRESS = re.compile(r"[^\s<>\",;:()]+@[^\s<>\",;:()]+")
FIRST_BYTES = 4000
LABELS = {
    "From": "发件人",
    "Sender": "代发",
    "Reply-To": "回复至",
    "To": "收件人",
    "Cc": "抄送",
    "Date": "发出时间",
    "Subject": "主题",
}
# Programs: never handed out, whoever asks.
PROGRAMS = frozenset(
    [
        "exe",
        "com",
        "scr",
        "pif",
        "bat",
        "cmd",
        "vbs",
        "vbe",
        "js",
        "jse",
        "wsf",
        "wsh",
        "ps1",
        "msi",
        "hta",
        "jar",
        "lnk",
        "cpl",
        "iso",
        "img",
        "reg",
        "dll",
        "sys",
        "apk",
        "dmg",
        "sh",
    ]
)


@dataclass(frozen=True)
class OriginalFile:
    """A file in an original; a program is named but not handed out."""

    place: int
    name: str
    size: int
    media_type: str
    blocked: bool


@dataclass(frozen=True)
class Original:
    """An original as staff see it: addresses masked, quoted receipts cut out, markup made harmless apart."""

    mail: InboundMail
    parsed: ParsedMail | None
    problem: str
    heads: list[tuple[str, str]]
    text: str
    files: list[OriginalFile]
    first_bytes: str


def tray() -> QuerySet[InboundMail]:
    """The mails that wait for a person of the letter office, newest first."""
    return InboundMail.objects.filter(in_tray=True).select_related("stored").order_by("-id")


def find_mail(actor: Actor, mail_id: int) -> InboundMail:
    """A mail, for the letter office; NotFound for everybody else."""
    found = InboundMail.objects.select_related("stored").filter(pk=mail_id).first()
    if found is None or not in_office(actor) or MailedLetter.objects.filter(mail=found).exists():
        raise NotFound(NO_MAIL)
    return found


def mails_of(case: Letter, knows: bool) -> list[MailedLetter]:
    """The mails of a letter whose originals this reader may open: of a confidential report for named persons only."""
    rows: Any = case.mails.select_related("mail").order_by("id")
    return list(rows) if knows or not case.identity_closed else []


def mail_fails(case: Letter) -> bool:
    """True if the last mail to the writer came back."""
    return is_failed(case.email)


def find_mail_of(case: Letter, actor: Actor, mail_id: int) -> InboundMail:
    """One of the letter's mails; NotFound if it is none, or not this reader's to open."""
    for row in mails_of(case, may_know_writer(case, actor)):
        if row.mail_id == mail_id:
            return row.mail
    raise NotFound(NO_MAIL)


def original_of(mail: InboundMail) -> Original:
    """The original behind a mail, read anew in bounded time."""
    raw = mail.stored.read()
    parsed, problem = read_bounded(raw)
    if parsed is None:
        first = without_receipts(decode(raw[:FIRST_BYTES]))[0]
        return Original(mail, None, problem, [], "", [], ADDRESS.sub(_masked, first))
    files = [
        OriginalFile(place, entry.name, len(entry.data), entry.media_type, _is_program(entry.name))
        for place, entry in enumerate(parsed.attachments)
    ]
    return Original(mail, parsed, "", _heads(parsed), parsed.text, files, "")


def _masked(found: re.Match[str]) -> str:
    return masking.mask_email(found[0])


def _heads(parsed: ParsedMail) -> list[tuple[str, str]]:
    """The heads that people read; the writer's name and every address masked."""
    shown = []
    for name, value in parsed.headers:
        if name in ("From", "Sender", "Reply-To") and parsed.sender_name:
            value = value.replace(parsed.sender_name, masking.mask_name(parsed.sender_name))
        shown.append((LABELS[name], _sent(value) if name == "Date" else ADDRESS.sub(_masked, value)))
    return shown


def _sent(value: str) -> str:
    """When the mail says that it was sent, by the clock here; as it stands where it says no moment."""
    try:
        moment = parsedate_to_datetime(value)
        return cn_moment(moment) if moment.tzinfo is not None else value
    except (ValueError, TypeError, OverflowError):
        return value


def markup_of(mail: InboundMail) -> str:
    """The marked-up part with nothing in it that acts or fetches; NotFound if there is none."""
    parsed, _ = read_bounded(mail.stored.read())
    if parsed is None or not parsed.html.strip():
        raise NotFound("这封邮件没有网页格式的内容。")
    return without_receipts(harmless(parsed.html))[0]


def file_of(mail: InboundMail, place: int) -> tuple[str, bytes]:
    """(name, bytes) of a file in the original; NotFound for none, and for a program."""
    parsed, _ = read_bounded(mail.stored.read())
    files = parsed.attachments if parsed is not None else ()
    if not 0 <= place < len(files) or _is_program(files[place].name):
        raise NotFound("没有找到该附件，或者附件是程序，不提供下载。")
    return files[place].name, files[place].data


def _is_program(name: str) -> bool:
    return name.rpartition(".")[2].strip(" .").lower() in PROGRAMS
