"""A mail's bytes as plain values: who, what, which files; markup becomes text, nothing of it is ever shown as markup."""

from __future__ import annotations

import email
import re
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr
from typing import Any

from lxml import html as lxml_html
from lxml.etree import LxmlError

MOST_TEXT = 20_000
MOST_SUBJECT = 200
DROPPED = ("script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg")
BLOCKS = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote")
QUOTED = re.compile(
    r"^(>.*|-{2,} ?(原始邮件|Original Message|转发邮件).*|在.{4,60}写道[:：]|On .{4,120} wrote:|发件人[:：].*)$"
)


@dataclass(frozen=True)
class Attachment:
    """A file in a mail."""

    name: str
    data: bytes


@dataclass(frozen=True)
class ParsedMail:
    """A mail as plain values. `automatic` and `bounce` mails are never answered."""

    sender_name: str
    sender: str
    subject: str
    text: str
    message_id: str
    references: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    automatic: bool = False
    bounce: bool = False
    recipients: tuple[str, ...] = field(default_factory=tuple)


def parse(raw: bytes) -> ParsedMail:
    """The mail behind these bytes; never raises for what a stranger may have written."""
    message = email.message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    name, address = parseaddr(_header(message, "From"))
    sender = address.strip().lower() if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address.strip()) else ""
    return ParsedMail(
        sender_name=_clean(name)[:80],
        sender=sender,
        subject=_clean(_header(message, "Subject"))[:MOST_SUBJECT],
        text=_text(message)[:MOST_TEXT],
        message_id=_ids(_header(message, "Message-ID"))[:1][0]
        if _ids(_header(message, "Message-ID"))
        else "",
        references=tuple(
            dict.fromkeys(
                [*_ids(_header(message, "In-Reply-To")), *reversed(_ids(_header(message, "References")))]
            )
        )[:20],
        attachments=tuple(_attachments(message)),
        automatic=_automatic(message),
        bounce=_bounce(message),
        recipients=tuple(_ids_of_addresses(message)),
    )


def own_words(text: str) -> str:
    """The text without what it quotes from the mail it answers."""
    kept = []
    for line in text.splitlines():
        if QUOTED.match(line.strip()) and not line.strip().startswith(">"):
            break
        if not line.strip().startswith(">"):
            kept.append(line)
    return "\n".join(kept).strip() or text.strip()


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, "") or "")
    except (ValueError, LookupError, IndexError, AttributeError):
        return ""


def _clean(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+", " ", text).strip()


def _ids(text: str) -> list[str]:
    return re.findall(r"<([^<>\s]{3,250})>", text)


def _ids_of_addresses(message: EmailMessage) -> list[str]:
    return re.findall(r"[^\s<>,;:\"]+@[^\s<>,;:\"]+", _header(message, "To").lower())[:20]


def _automatic(message: EmailMessage) -> bool:
    """RFC 3834 and what servers write besides: no person wrote it, so nobody is to be answered."""
    submitted = _header(message, "Auto-Submitted").lower()
    precedence = _header(message, "Precedence").lower()
    return (
        (bool(submitted) and not submitted.startswith("no"))
        or precedence in ("bulk", "auto_reply", "junk", "list")
        or any(
            message.get(name)
            for name in ("X-Autoreply", "X-Autorespond", "List-Id", "X-Auto-Response-Suppress")
        )
    )


def _bounce(message: EmailMessage) -> bool:
    """A report that a mail could not be delivered (RFC 3464), or an empty return path."""
    report = message.get_content_type() == "multipart/report"
    sender = parseaddr(_header(message, "From"))[1].lower()
    return (
        report
        or sender.startswith(("mailer-daemon@", "postmaster@"))
        or _header(message, "Return-Path").strip() == "<>"
    )


def _text(message: EmailMessage) -> str:
    """The plain part, else the marked-up part as words."""
    try:
        part = message.get_body(preferencelist=("plain", "html"))
    except (AttributeError, KeyError, ValueError):
        part = None
    if part is None:
        return ""
    content = _decoded(part)
    return _words(content) if part.get_content_type() == "text/html" else _tidy(content)


def _decoded(part: MIMEPart[Any, Any]) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = (part.get_content_charset() or "utf-8").lower()
    for name in (charset, "utf-8", "gb18030"):
        try:
            return data.decode("gb18030" if name in ("gb2312", "gbk") else name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", errors="replace")


def _words(markup: str) -> str:
    try:
        root = lxml_html.document_fromstring(markup or "<p></p>")
    except (LxmlError, ValueError):
        return ""
    for node in list(root.iter(*DROPPED)):
        node.drop_tree()
    for node in root.iter(*BLOCKS):
        node.tail = "\n" + (node.tail or "")
    return _tidy(root.text_content())


def _tidy(text: str) -> str:
    lines = [_clean(line) for line in text.replace("\r\n", "\n").replace("\xa0", " ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _attachments(message: EmailMessage) -> list[Attachment]:
    found = []
    for part in message.walk():
        if part.is_multipart() or part.get_content_disposition() != "attachment":
            continue
        data = part.get_payload(decode=True)
        if isinstance(data, bytes) and data:
            found.append(Attachment(_clean(part.get_filename() or "附件")[:120], data))
    return found[:20]
