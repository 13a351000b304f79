"""A mail's bytes as plain values: who, what, which files; markup becomes text, nothing of it is ever shown as markup.

`parse()` reads in this process, in a time that nobody bounds; `portal.postbox.guard.read()` is what takes in strangers'
mails. What was left out, shortened or not understood is named in `left_out`.
"""

from __future__ import annotations

from email.message import Message

from portal.postbox.reader import sorts
from portal.postbox.reader.elsewhere import kept_elsewhere
from portal.postbox.reader.heads import address_of, clean, identities, raw_values, value_of, words
from portal.postbox.reader.parts import Found, walk
from portal.postbox.reader.quoting import own_words, without_receipts
from portal.postbox.reader.structure import structure_of
from portal.postbox.reader.values import AUTOMATIC, BOUNCE, LIST, Attachment, LeftOut, ParsedMail

__all__ = ["Attachment", "LeftOut", "ParsedMail", "own_words", "parse"]

MOST_TEXT = 200_000
MOST_MARKUP = 2_000_000
MOST_SUBJECT = 200
MOST_REFERENCES = 20
SHOWN_HEADS = ("From", "Sender", "Reply-To", "To", "Cc", "Date", "Subject")
MOST_HEAD = 1000


def parse(raw: bytes) -> ParsedMail:
    """The mail behind these bytes; never raises for what a stranger may have written."""
    message = structure_of(raw)
    found = Found()
    walk(message, found)
    name, sender = _sender(message, found.hint)
    subject = _subject(message, found)
    text = _text(found)
    sort, reason = sorts.sort_of(message, found, sender, subject, text)
    return ParsedMail(
        sender_name=name,
        sender=sender,
        subject=subject,
        text=text,
        message_id=next(iter(_ids(message, "Message-ID")), "") or _bare_id(message),
        references=_references(message, found, sort),
        attachments=tuple(found.files),
        automatic=sort in (AUTOMATIC, LIST),
        bounce=sort == BOUNCE,
        recipients=_recipients(message),
        sort=sort,
        reason=reason,
        left_out=tuple(found.left_out),
        sent_at=value_of(message, "Date")[:100],
        headers=_shown(message, found.hint),
        html="\n<hr>\n".join(found.markup)[:MOST_MARKUP],
        returned=sorts.returned_addresses(message, found) if sort == BOUNCE else (),
    )


def _sender(message: Message, hint: str) -> tuple[str, str]:
    """(name, address) of the writer: From, and where there is none Reply-To or Sender."""
    for head in ("From", "Reply-To", "Sender"):
        for value in raw_values(message, head)[:1]:
            name, address = address_of(value, hint)
            if address:
                return name, address
    return "", ""


def _subject(message: Message, found: Found) -> str:
    values = raw_values(message, "Subject")
    subject = clean(words(values[0], found.hint)) if values else ""
    if len(subject) > MOST_SUBJECT:
        found.leave_out("主题", f"主题共{len(subject)}字，只取前{MOST_SUBJECT}字")
    return subject[:MOST_SUBJECT]


def _text(found: Found) -> str:
    """All texts in order, without quoted receipts; what is too long or was cut is named."""
    text = "\n\n".join(part for part in found.texts if part.strip()).replace("\x00", " ")
    for entry in kept_elsewhere(text, "\n".join(found.markup)):
        found.leave_out(entry.what, entry.why)
    text, cut = without_receipts(text)
    if cut:
        found.leave_out("引用的回执", "含有查询码，已在交人阅读前略去", quiet=True)
    if len(text) > MOST_TEXT:
        found.leave_out("正文", f"正文共{len(text)}字，只读取前{MOST_TEXT}字，全文见邮件原件")
    return text[:MOST_TEXT].strip()


def _ids(message: Message, name: str) -> list[str]:
    return [entry for value in raw_values(message, name)[:4] for entry in identities(value)]


def _bare_id(message: Message) -> str:
    """A Message-ID without its angle brackets, as some programs write it."""
    value = value_of(message, "Message-ID").strip("<> ")
    return value[:250] if value and " " not in value else ""


def _references(message: Message, found: Found, sort: str) -> tuple[str, ...]:
    """The mails that this one answers, newest first; for a bounce those that came back."""
    named = [*_ids(message, "In-Reply-To"), *reversed(_ids(message, "References"))]
    if sort == BOUNCE:
        lines = [
            line.partition(":")[2]
            for line in found.report
            if line.startswith(("message-id:", "original-message-id:"))
        ]
        named += [entry.strip(" <>") for entry in lines if entry.strip(" <>")]
    return tuple(dict.fromkeys(named))[:MOST_REFERENCES]


def _recipients(message: Message) -> tuple[str, ...]:
    found = []
    for value in raw_values(message, "To")[:2]:
        found += [address_of(piece)[1] for piece in value[:20_000].split(b",")[:40]]
    return tuple(dict.fromkeys(address for address in found if address))[:20]


def _shown(message: Message, hint: str) -> tuple[tuple[str, str], ...]:
    """The heads that people read, as words."""
    return tuple(
        (name, clean(words(value, hint))[:MOST_HEAD])
        for name in SHOWN_HEADS
        for value in raw_values(message, name)[:3]
    )
