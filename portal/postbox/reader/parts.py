"""Going through a mail's parts: every text in order, every file, and a word for whatever is left out."""

from __future__ import annotations

import binascii
import mimetypes
import re
from dataclasses import dataclass, field
from email.message import Message

from portal.postbox.reader import wrapped
from portal.postbox.reader.charsets import UNKNOWN, decode
from portal.postbox.reader.heads import clean, from_base64, parameters, raw_values, value_of
from portal.postbox.reader.markup import tidy, words_of
from portal.postbox.reader.structure import structure_of
from portal.postbox.reader.values import Attachment, LeftOut

MOST_DEPTH = 20
MOST_PARTS = 400
MOST_FILES = 60
# A plain part that only says that the mail has markup, or is this much shorter than it, is not the text.
STUB = re.compile(
    r"(不支持\s?HTML|HTML\s?格式|does not support HTML|HTML[- ]?(?:e-?mail|message|格式)|text/html)",
    re.IGNORECASE,
)
STUB_LENGTH, SHORTER, MORE = 200, 3, 100
SIGNATURES = frozenset(
    ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
)
ENVELOPES = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
ENDINGS = {
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "text/calendar": ".ics",
    "image/heic": ".heic",
    "text/plain": ".txt",
}
REPORTS = ("message/delivery-status", "message/disposition-notification", "text/rfc822-headers")


@dataclass
class Found:
    """What has been found so far, in the mail's order."""

    texts: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    report: list[str] = field(default_factory=list)
    methods: set[str] = field(default_factory=set)
    enciphered: bool = False
    hint: str = ""
    parts: int = 0

    def leave_out(self, what: str, why: str, *, quiet: bool = False) -> None:
        """Say that something stays in the original only."""
        entry = LeftOut(clean(what)[:120], why, quiet)
        if entry not in self.left_out:
            self.left_out.append(entry)

    def keep(self, name: str, data: bytes, media_type: str, *, inline: bool = False) -> None:
        """Keep a file; an empty one, or one too many, is only named."""
        shown = clean(name)[:120] or f"附件{len(self.files) + 1}{_ending(media_type)}"
        if not data:
            self.leave_out(shown, "空文件")
        elif len(self.files) >= MOST_FILES:
            self.leave_out(shown, f"附件超过{MOST_FILES}个")
        else:
            self.files.append(Attachment(shown, data, media_type, inline))


def _ending(media_type: str) -> str:
    return ENDINGS.get(media_type) or mimetypes.guess_extension(media_type) or ""


@dataclass(frozen=True)
class Head:
    """What a part says of itself."""

    media_type: str
    charset: str
    name: str
    disposition: str
    content_id: bool


def head_of(part: Message, hint: str = "") -> Head:
    """The part's own description; a type that is none is plain text, as RFC 2045 (5.2) has it."""
    kind, said = parameters((raw_values(part, "Content-Type") or [b""])[0], hint)
    how, given = parameters((raw_values(part, "Content-Disposition") or [b""])[0], hint)
    kind = kind if re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,100}", kind) else "text/plain"
    name = given.get("filename") or said.get("name") or ""
    return Head(kind, said.get("charset", ""), name, how, bool(raw_values(part, "Content-ID")))


def body_of(part: Message) -> bytes:
    """The part's bytes with the transfer encoding taken off, whatever was written around its name."""
    how = (raw_values(part, "Content-Transfer-Encoding") or [b""])[0].lower().strip(b" \t;\"'")
    payload = part._payload  # type: ignore[attr-defined]  # get_payload() decodes by the label
    data = payload.encode("ascii", "surrogateescape") if isinstance(payload, str) else b""
    if how.startswith(b"base64"):
        return from_base64(data)
    if how.startswith(b"quoted"):
        return binascii.a2b_qp(data)
    if b"uue" in how or how == b"uuencode":
        return _from_uu(data)
    return data


def _from_uu(data: bytes) -> bytes:
    out = []
    for line in data.split(b"\n"):
        if line.startswith((b"begin ", b"end")) or not line.strip():
            continue
        try:
            out.append(binascii.a2b_uu(line.rstrip(b"\r")))
        except binascii.Error:
            continue
    return b"".join(out)


def walk(part: Message, found: Found, depth: int = 0) -> None:
    """Take in a part and what is in it."""
    found.parts += 1
    if depth > MOST_DEPTH or found.parts > MOST_PARTS:
        found.leave_out("嵌套过深的部分", "邮件结构过于复杂，其余部分见邮件原件")
        return
    head = head_of(part, found.hint)
    if part.is_multipart() and head.media_type == "message/rfc822":
        _enclosed(part, found, depth)
    elif part.is_multipart() and head.media_type in REPORTS:
        found.report.extend(_report_lines(part))
    elif part.is_multipart():
        _several(part, head, found, depth)
    else:
        _single(part, head, found, depth)


def _several(part: Message, head: Head, found: Found, depth: int) -> None:
    children = [child for child in part.get_payload() if isinstance(child, Message)]
    if head.media_type == "multipart/alternative":
        _best(children, found, depth)
        return
    for child in children:
        walk(child, found, depth + 1)


def _best(children: list[Message], found: Found, depth: int) -> None:
    """Of several ways to say the same, the plain one, unless it says nothing; files of all of them."""
    ways: list[tuple[str, str]] = []
    for child in children:
        own = Found(parts=found.parts, hint=found.hint)
        walk(child, own, depth + 1)
        found.parts = own.parts
        found.markup += own.markup
        found.hint = found.hint or own.hint
        found.files += own.files
        found.report += own.report
        found.methods |= own.methods
        found.enciphered |= own.enciphered
        for entry in own.left_out:
            found.leave_out(entry.what, entry.why, quiet=entry.quiet)
        kind = head_of(child).media_type
        ways.append(
            (
                "calendar" if kind == "text/calendar" else "marked" if own.markup else "plain",
                _joined(own.texts),
            )
        )
    found.texts.append(_chosen(ways))


def _chosen(ways: list[tuple[str, str]]) -> str:
    plain, marked, calendar = (
        next((text for kind, text in ways if kind == wanted and text), "")
        for wanted in ("plain", "marked", "calendar")
    )
    if not plain or not marked:
        return plain or marked or calendar
    stub = len(plain) < STUB_LENGTH and STUB.search(plain) is not None and len(marked) > 0
    return marked if stub or len(marked) > SHORTER * len(plain) + MORE else plain


def _joined(texts: list[str]) -> str:
    return "\n\n".join(text for text in texts if text.strip())


def _enclosed(part: Message, found: Found, depth: int) -> None:
    """A mail within the mail: its words below a line that says whose they are, its files with the others."""
    for child in _children_of(part):
        inner = Found(parts=found.parts, hint=found.hint)
        walk(child, inner, depth + 1)
        found.parts = inner.parts
        who, what = value_of(child, "From"), value_of(child, "Subject")
        text = _joined(inner.texts)
        found.texts.append(f"【所附邮件】{what}（{who}）\n{text}".strip())
        found.markup += inner.markup
        found.files += inner.files
        found.enciphered |= inner.enciphered
        found.report.append(f"message-id: {value_of(child, 'Message-ID')}")
        for entry in inner.left_out:
            found.leave_out(entry.what, entry.why, quiet=entry.quiet)


def _children_of(part: Message) -> list[Message]:
    """The mails in a message/rfc822 part; some programs put base64 around one, which RFC 2046 forbids."""
    children = [child for child in part.get_payload() if isinstance(child, Message)]
    how = (raw_values(part, "Content-Transfer-Encoding") or [b""])[0].lower()
    if how.startswith(b"base64") and len(children) == 1 and not children[0].keys():
        return [structure_of(from_base64(body_of(children[0])))]
    return children


def _report_lines(part: Message) -> list[str]:
    blocks = [child for child in part.get_payload() if isinstance(child, Message)]
    return [
        f"{name.lower()}: {clean(str(value))[:300]}" for block in blocks for name, value in block.raw_items()
    ][:400]


def _single(part: Message, head: Head, found: Found, depth: int) -> None:
    data = body_of(part)
    kind = head.media_type
    if kind in SIGNATURES or (
        kind == "application/octet-stream" and head.name.lower() in ("smime.p7s", "signature.asc")
    ):
        found.leave_out(head.name or "电子签名", "电子签名，不作为附件", quiet=True)
    elif kind == "application/ms-tnef" or head.name.lower() == "winmail.dat":
        _winmail(data, head, found)
    elif kind in ENVELOPES or head.name.lower() in ("smime.p7m",):
        _envelope(data, head, found, depth)
    elif kind == "application/applefile":
        found.leave_out(head.name or "资源文件", "苹果电脑的资源文件，不作为附件", quiet=True)
    elif kind in ("message/external-body", "message/partial"):
        found.leave_out(head.name or "外部内容", "内容不在本邮件内，没有收取")
    elif kind in ("application/pgp-encrypted",):
        found.enciphered = True
    elif kind in REPORTS:
        found.report.extend(decode(data).splitlines()[:400])
    elif kind == "message/rfc822" and not head.name:
        walk(structure_of(data), found, depth + 1)
    elif kind == "text/calendar":
        _calendar(data, head, found)
    elif _is_text(head):
        _text(data, head, found)
    else:
        pictured = kind.startswith("image/") and head.disposition != "attachment"
        found.keep(
            head.name, data, kind, inline=pictured and (head.content_id or head.disposition == "inline")
        )


def _is_text(head: Head) -> bool:
    if head.media_type.startswith("multipart/"):
        return True
    if not head.media_type.startswith("text/") or head.disposition == "attachment" or head.name:
        return False
    return head.media_type not in ("text/rtf", "text/vcard", "text/x-vcard", "text/directory")


def _text(data: bytes, head: Head, found: Found) -> None:
    content = decode(data, head.charset)
    found.hint = found.hint or head.charset
    unknown = content.count(UNKNOWN)
    if unknown:
        found.leave_out("正文", f"有{unknown}处字节无法识别，以“{UNKNOWN}”代替")
    if head.media_type in ("text/html", "application/xhtml+xml"):
        found.markup.append(content)
        found.texts.append(words_of(content))
    elif head.media_type in ("text/enriched", "text/richtext"):
        found.texts.append(tidy(re.sub(r"<[^<>]{1,200}>", "", content)))
    else:
        found.texts.append(tidy(content))


def _calendar(data: bytes, head: Head, found: Found) -> None:
    content = decode(data, head.charset)
    found.methods.add(wrapped.calendar_method(content))
    found.texts.append(wrapped.calendar_words(content))
    found.keep(head.name or "日程.ics", data, head.media_type)


def _winmail(data: bytes, head: Head, found: Found) -> None:
    opened = wrapped.winmail(data)
    if opened is None:
        found.leave_out(head.name or "winmail.dat", "无法打开的 Outlook 格式文件")
        return
    if opened.text and not _joined(found.texts):
        found.texts.append(tidy(opened.text))
    elif opened.only_rtf and not _joined(found.texts):
        found.leave_out("正文", "只有 Outlook 专用格式的正文，请发件人以纯文本或者网页格式重发")
    for name, content in opened.files:
        guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
        found.keep(name, content, guessed)


def _envelope(data: bytes, head: Head, found: Found, depth: int) -> None:
    inner = wrapped.signed_content(data)
    if inner is None:
        found.enciphered = True
        found.leave_out(head.name or "smime.p7m", "加密的邮件内容，无法读取")
        return
    found.leave_out(head.name or "smime.p7m", "电子签名，签名内的内容已经读取", quiet=True)
    walk(structure_of(inner), found, depth + 1)
