"""The corpus: every structure in every charset by every program, and what machines write; with the outcome of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.mails import wrappings
from bench.mails.writing import CHARSETS, CLIENTS, Charset, Client, file_head, head, part, several

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
NAME, SUBJECT, FILE = "王小明", "反映路灯问题", "现场情况说明.pdf"
SECOND = "第二段。"
SENDER = "wang@example.org"


@dataclass(frozen=True)
class Mail:
    """A mail and what is to be read in it: `words` all stand in the text in this order, `files` are the attachments."""

    name: str
    raw: bytes
    outcome: str
    words: tuple[str, ...] = ()
    files: tuple[tuple[str, int], ...] = ()
    left_out: tuple[str, ...] = ()
    kind: str = "letter"


Built = tuple[bytes, tuple[str, ...], tuple[tuple[str, int], ...], tuple[str, ...]]
Maker = Callable[[Charset, Client], Built]


def _text(charset: Charset, client: Client, text: str | None = None, kind: str = "plain") -> bytes:
    data = charset.bytes_of(charset.text if text is None else text) if text != "" else b""
    return part(f"text/{kind}{charset.header}", data, client.transfer)


def _marked(charset: Charset, client: Client) -> bytes:
    markup = "<html><body><p>" + charset.text + "</p><script>x()</script></body></html>"
    return part(f"text/html{charset.header}", markup.encode(charset.codec), client.transfer)


def _file(
    charset: Charset, client: Client, data: bytes = PDF, kind: str = "application/pdf", how: str = ""
) -> bytes:
    name = FILE.replace("pdf", "png") if data is PNG else FILE
    said = (how or client.disposition).encode()
    named = (
        b"Content-Disposition: "
        + said
        + b"; "
        + file_head(_writable(name, charset), charset, client.file_name)
    )
    return part(kind, data, "base64", named)


def _writable(name: str, charset: Charset) -> str:
    return name.replace("现场情况说明", "現場情況說明") if charset.codec == "big5" else name


def _words(charset: Charset) -> tuple[str, ...]:
    return (charset.text[1:],) if charset.stray else (charset.text,)


def _pdf(charset: Charset) -> tuple[tuple[str, int], ...]:
    return ((_writable(FILE, charset), len(PDF)),)


def _plain(c: Charset, k: Client) -> Built:
    return _text(c, k), _words(c), (), ()


def _only_marked(c: Charset, k: Client) -> Built:
    return _marked(c, k), (c.text,), (), ()


def _alternative(c: Charset, k: Client) -> Built:
    return several("alternative", _text(c, k), _marked(c, k)), _words(c), (), ()


def _empty_plain(c: Charset, k: Client) -> Built:
    return several("alternative", _text(c, k, ""), _marked(c, k)), (c.text,), (), ()


def _with_file(c: Charset, k: Client) -> Built:
    return several("mixed", _text(c, k), _file(c, k)), _words(c), _pdf(c), ()


def _inline_file(c: Charset, k: Client) -> Built:
    return (
        several("mixed", _text(c, k), _file(c, k, how="inline"), _text(c, k, c.text[2:])),
        (*_words(c), c.text[3:]),
        _pdf(c),
        (),
    )


def _undisposed(c: Charset, k: Client) -> Built:
    bare = part("image/png", PNG, "base64")
    return several("mixed", _text(c, k), bare), _words(c), (("附件1.png", len(PNG)),), ()


def _related(c: Charset, k: Client) -> Built:
    picture = part(
        "image/png", PNG, "base64", b"Content-ID: <p1>", b'Content-Disposition: inline; filename="p.png"'
    )
    return several("related", _marked(c, k), picture), (c.text,), (("p.png", len(PNG)),), ()


def _nested(c: Charset, k: Client) -> Built:
    inner = several("alternative", _text(c, k), _marked(c, k), boundary="inner")
    middle = several("related", inner, boundary="middle")
    return several("mixed", middle, _file(c, k)), _words(c), _pdf(c), ()


def _enclosed(c: Charset, k: Client) -> Built:
    other = b"From: other@example.org\r\nSubject: earlier\r\n" + several(
        "mixed", _text(c, k), _file(c, k), boundary="inner"
    )
    enclosed = b"Content-Type: message/rfc822\r\n\r\n" + other
    return several("mixed", _text(c, k, SECOND), enclosed), (SECOND[1:], c.text[1:]), _pdf(c), ()


def _calendar(c: Charset, k: Client) -> Built:
    entry = f"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:{c.text[:8]}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    data = part(f"text/calendar{c.header}; method=REQUEST", entry.encode(c.codec), k.transfer)
    size = len(entry.encode(c.codec)) + (0 if k.transfer == "base64" else 2)
    return several("mixed", _text(c, k), data), (*_words(c), c.text[:8]), (("日程.ics", size),), ("日程.ics",)


def _signed(c: Charset, k: Client) -> Built:
    mark = part(
        "application/pkcs7-signature",
        b"0\x80",
        "base64",
        b'Content-Disposition: attachment; filename="smime.p7s"',
    )
    return several("signed", _text(c, k), mark, more='; micalg="sha-256"'), _words(c), (), ("smime.p7s",)


def _enveloped(c: Charset, k: Client) -> Built:
    inner = several("mixed", _text(c, k), _file(c, k), boundary="inner")
    named = b'Content-Disposition: attachment; filename="smime.p7m"'
    body = part("application/pkcs7-mime; smime-type=signed-data", wrappings.signed(inner), "base64", named)
    return body, _words(c), _pdf(c), ("smime.p7m",)


def _winmail(c: Charset, k: Client) -> Built:
    named = b'Content-Disposition: attachment; filename="winmail.dat"'
    wrapped = part("application/ms-tnef", wrappings.winmail(FILE, PDF), "base64", named)
    return several("mixed", _text(c, k), wrapped), _words(c), ((FILE, len(PDF)),), ()


def _large_elsewhere(c: Charset, k: Client) -> Built:
    link = "http://mail.qq.com/cgi-bin/ftnExs_download?t=exs_ftn_download&code=0000"
    more = part(
        "text/html; charset=utf-8", f'<p>video.mp4 (1.2G)</p><a href="{link}">x</a>'.encode(), "base64"
    )
    return several("mixed", _text(c, k), more), _words(c), (), ("video.mp4",)


STRUCTURES: dict[str, Maker] = {
    "plain": _plain,
    "html": _only_marked,
    "alternative": _alternative,
    "empty-plain": _empty_plain,
    "file": _with_file,
    "inline-file-between-texts": _inline_file,
    "no-disposition": _undisposed,
    "inline-picture": _related,
    "nested": _nested,
    "enclosed-mail": _enclosed,
    "calendar": _calendar,
    "signed": _signed,
    "signed-envelope": _enveloped,
    "winmail": _winmail,
    "large-elsewhere": _large_elsewhere,
}


def heads(charset: Charset, client: Client, number: int, *more: bytes) -> bytes:
    """The heads of a letter as this program writes them."""
    name = head(NAME, charset, client.head)
    subject = SUBJECT.replace("问题", "問題").replace("灯", "燈") if charset.codec == "big5" else SUBJECT
    return b"\r\n".join(
        (
            b"From: " + name + f" <{SENDER}>".encode(),
            b"To: box@city.example",
            b"Subject: " + head(subject, charset, client.head),
            f"Message-ID: <corpus-{number}@example.org>".encode(),
            b"Date: Mon, 2 Mar 2026 10:00:00 +0800",
            b"MIME-Version: 1.0",
            *more,
            b"",
        )
    )


def letters() -> Iterator[Mail]:
    """The cross product: structure × charset × program."""
    number = 0
    for structure, make in STRUCTURES.items():
        for charset in CHARSETS:
            for client in CLIENTS:
                number += 1
                body, words, files, left_out = make(charset, client)
                raw = heads(charset, client, number) + body
                yield Mail(f"{structure}/{charset.name}/{client.name}", raw, "letter", words, files, left_out)


# (name, heads, kind of mail); each is shown in the tray and is never a letter.
MACHINES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("rfc3834", ("Subject: x", "Auto-Submitted: auto-replied"), "automatic"),
    ("rfc3834-notice", ("Subject: x", "Auto-Submitted: auto-generated"), "automatic"),
    ("precedence", ("Subject: x", "Precedence: bulk"), "list"),
    ("list-id", ("Subject: x", "List-Id: <a.example.org>"), "list"),
    ("unsubscribe", ("Subject: x", "List-Unsubscribe: <mailto:a@example.org>"), "list"),
    ("subject-qq", ("Subject: 自动回复:反映路灯问题",), "automatic"),
    ("subject-163", ("Subject: 自动回复：反映路灯问题",), "automatic"),
    ("subject-exchange", ("Subject: 自动答复: 反映路灯问题",), "automatic"),
    ("subject-brackets", ("Subject: 【自动回复】Re: 反映路灯问题",), "automatic"),
    ("subject-english", ("Subject: Automatic reply: x",), "automatic"),
    ("out-of-office", ("Subject: Out of Office: x",), "automatic"),
    ("away", ("Subject: 不在办公室",), "automatic"),
    ("daemon", ("From: MAILER-DAEMON@mx.example.org", "Subject: Undelivered Mail"), "bounce"),
    ("empty-path", ("Return-Path: <>", "Subject: x"), "bounce"),
    ("postmaster", ("From: PostMaster@example.org", "Subject: 系统退信"), "bounce"),
    ("no-reply", ("From: no-reply@shop.example", "Subject: 订单"), "automatic"),
    ("forged", ("Authentication-Results: mx; dmarc=fail", "Subject: x"), "forged"),
    ("nobody", ("From: undisclosed", "Subject: x"), "unreadable"),
)


def machines() -> Iterator[Mail]:
    """What no person wrote, or what cannot be answered."""
    for name, lines, kind in MACHINES:
        known = {line.partition(":")[0] for line in lines}
        more = [] if "From" in known else [f"From: {SENDER}"]
        raw = "\r\n".join(
            (
                *more,
                *lines,
                f"Message-ID: <{name}@example.org>",
                "Content-Type: text/plain; charset=utf-8",
                "",
                "正文",
            )
        )
        yield Mail(f"machine/{name}", raw.encode(), "tray", kind=kind)


def corpus() -> list[Mail]:
    """Every mail of the corpus."""
    return [*letters(), *machines()]
