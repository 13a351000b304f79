"""Writing mails as programs write them, right or wrong: heads, names of files, transfer encodings, charsets."""

from __future__ import annotations

import base64
import quopri
from dataclasses import dataclass
from urllib.parse import quote_from_bytes


@dataclass(frozen=True)
class Charset:
    """What a program says, what it writes, and words that it can write."""

    name: str
    said: str
    codec: str
    text: str
    stray: bool = False

    def bytes_of(self, text: str) -> bytes:
        """The text as this program writes it; a stray byte after the first sign if it has that fault."""
        data = text.encode(self.codec)
        first = len(text[:1].encode(self.codec))
        return data[:first] + b"\xff" + data[first:] if self.stray else data

    @property
    def header(self) -> str:
        """The parameter of Content-Type, "" where nothing is said."""
        return f"; charset={self.said}" if self.said else ""


PLAIN = "红塔区玉兴路与红龙路交叉口的路灯不亮，夜间行人不安全，请尽快修复。"
GBK_ONLY = "朱镕先生反映：红塔区玉兴路的路灯不亮，请尽快修复。"
WIDE = "梁䶮先生反映：红塔区玉兴路的路灯不亮，请尽快修复。"
OLD = "紅塔區玉興路的路燈不亮，請盡快修復。"
CHARSETS = (
    Charset("utf-8", "utf-8", "utf-8", WIDE),
    Charset("gb2312", "gb2312", "gb2312", PLAIN),
    Charset("gbk", "gbk", "gbk", GBK_ONLY),
    Charset("gb18030", "gb18030", "gb18030", WIDE),
    Charset("gb2312-that-is-gbk", "gb2312", "gbk", GBK_ONLY),
    Charset("gb2312-that-is-gb18030", "gb2312", "gb18030", WIDE),
    Charset("iso-8859-1-that-is-gbk", "iso-8859-1", "gbk", GBK_ONLY),
    Charset("undefined-that-is-gbk", "undefined", "gbk", PLAIN),
    Charset("undeclared-gbk", "", "gbk", PLAIN),
    Charset("hz", "hz-gb-2312", "hz", PLAIN),
    Charset("big5", "big5", "big5", OLD),
    Charset("utf-8-with-a-stray-byte", "utf-8", "utf-8", PLAIN, stray=True),
)


@dataclass(frozen=True)
class Client:
    """How a program writes heads, names of files and bodies."""

    name: str
    head: str
    file_name: str
    transfer: str
    disposition: str = "attachment"


CLIENTS = (
    Client("outlook", "base64", "encoded-word", "base64"),
    Client("foxmail-old", "raw", "raw", "8bit"),
    Client("webmail-qq", "base64", "encoded-word", "base64"),
    Client("webmail-163", "split", "rfc2231", "base64"),
    Client("apple-mail", "quoted", "rfc2231", "quoted-printable", "inline"),
    Client("per-cent", "quoted", "per-cent", "quoted-printable"),
)


def _word(how: bytes, said: str, body: bytes) -> bytes:
    return b"=?" + (said or "gb2312").encode() + b"?" + how + b"?" + body + b"?="


def head(text: str, charset: Charset, style: str) -> bytes:
    """A head's words in that style; a stray byte is put in bodies only."""
    data = text.encode(charset.codec)
    if style == "raw":
        return data
    if style == "quoted":
        return _word(
            b"Q",
            charset.said,
            quopri.encodestring(data, header=True).replace(b"=\n", b"").replace(b"?", b"=3F"),
        )
    if style == "split" and charset.codec != "hz":
        half = len(data) // 2 | 1
        pieces = (data[:half], data[half:])
        return b"\r\n ".join(_word(b"B", charset.said, base64.b64encode(piece)) for piece in pieces)
    return _word(b"B", charset.said, base64.b64encode(data))


def file_head(name: str, charset: Charset, style: str) -> bytes:
    """The parameter that names a file."""
    data = name.encode(charset.codec)
    if style == "rfc2231":
        said = charset.said or "gb2312"
        quoted = quote_from_bytes(data)
        pieces = (
            [quoted[:30], quoted[30:]]
            if len(quoted) > 40 and quoted[28] != "%" and quoted[29] != "%"
            else [quoted]
        )
        if len(pieces) == 1:
            return f"filename*={said}''{quoted}".encode()
        return f"filename*0*={said}''{pieces[0]};\r\n filename*1*={pieces[1]}".encode()
    if style == "encoded-word":
        return b'filename="' + _word(b"B", charset.said, base64.b64encode(data)) + b'"'
    if style == "per-cent":
        return f'filename="{quote_from_bytes(name.encode())}"'.encode()
    return b'filename="' + data + b'"'


def transferred(data: bytes, how: str) -> bytes:
    """A body in its transfer encoding, with CRLF."""
    if how == "base64":
        return base64.encodebytes(data).replace(b"\n", b"\r\n")
    if how == "quoted-printable":
        return quopri.encodestring(data).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") + b"\r\n"
    return data + b"\r\n"


def part(kind: str, body: bytes, how: str, *heads: bytes) -> bytes:
    """One part with its heads."""
    lines = [f"Content-Type: {kind}".encode(), f"Content-Transfer-Encoding: {how}".encode(), *heads]
    return b"\r\n".join([*lines, b"", transferred(body, how)])


def several(kind: str, *parts: bytes, boundary: str = "limit", more: str = "") -> bytes:
    """A multipart of these parts."""
    mark = f"--{boundary}".encode()
    inner = b"".join(mark + b"\r\n" + piece + b"\r\n" for piece in parts)
    return (
        f'Content-Type: multipart/{kind}; boundary="{boundary}"{more}\r\n\r\n'.encode()
        + inner
        + mark
        + b"--\r\n"
    )
