"""Heads of a mail and of its parts, read from their bytes: RFC 2047, RFC 2231, and what programs write instead.

The standard library's own reader of head values takes a time that grows with the square of what a stranger wrote,
and loses signs of GBK under the label gb2312; so values are taken raw and read here, in one pass each.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from email.message import Message
from urllib.parse import unquote_to_bytes

from portal.postbox.reader.charsets import UNKNOWN, decode

# Longer values are read up to here; nobody writes them.
MOST_VALUE = 64 * 1024
MOST_ADDRESS = 4096
WORD = re.compile(rb"=\?([^?\s=]{1,60})\?([bBqQ])\?([^?]*)\?=")
ADDRESS = re.compile(r"[^@\s<>\",;:()]+@[^@\s<>\",;:()]+\.[^@\s<>\",;:()]+")
ANGLED = re.compile(rb"<\s*([^<>\s]+@[^<>\s]+)\s*>")
IDENTITY = re.compile(r"<([^<>\s]{3,250})>")
UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
PERCENT = re.compile(rb"(?:%[0-9A-Fa-f]{2}){2,}")
CONTINUED = re.compile(r"^(.+?)\*(?:(\d{1,3})(\*)?)?$")


def clean(text: str) -> str:
    """One line, without signs that cannot be seen or that turn the reading direction."""
    return UNSEEN.sub(" ", text).strip()


def raw_values(part: Message, name: str) -> list[bytes]:
    """Every value of that head as it came, unfolded."""
    wanted = name.lower()
    return [raw(value) for key, value in part.raw_items() if key.lower() == wanted]


def raw(value: str) -> bytes:
    """A head's bytes, unfolded."""
    data = str(value)[:MOST_VALUE].encode("ascii", "surrogateescape")
    return re.sub(rb"[\r\n]+[ \t]?", b" ", data).strip()


def value_of(part: Message, name: str, hint: str = "") -> str:
    """The first value of that head as words; "" for none."""
    found = raw_values(part, name)
    return clean(words(found[0], hint)) if found else ""


def words(data: bytes, hint: str = "") -> str:
    """A head's value as text: encoded words joined before their bytes are read, for signs cut in two.

    `hint` is the charset of the mail's words, for bytes that stand in the open.
    """
    text: list[str] = []
    for charset, piece in _runs(data):
        text.append(decode(piece, charset or hint))
    return "".join(text)


def _runs(data: bytes) -> Iterator[tuple[str, bytes]]:
    """(charset, bytes) in order; neighbours of one charset as one."""
    at, charset, held = 0, "", b""
    for found in WORD.finditer(data):
        between = data[at : found.start()]
        said = found[1].partition(b"*")[0].decode("ascii", "replace").lower()
        if not held or between.strip() or said != charset:
            if held:
                yield charset, held
            held = b""
            if between.strip() or (between and not at):
                yield "", between
        charset, held, at = said, held + _unpacked(found[2], found[3]), found.end()
    if held:
        yield charset, held
    if at < len(data):
        yield "", data[at:]


def _unpacked(how: bytes, body: bytes) -> bytes:
    if how in b"bB":
        return from_base64(body)
    return binascii.a2b_qp(body.replace(b"_", b" "), header=False)


def from_base64(body: bytes) -> bytes:
    """The bytes behind base64, however it was folded or cut."""
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
    kept = kept[: len(kept) - 1] if len(kept) % 4 == 1 else kept
    try:
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))
    except binascii.Error:
        return b""


def address_of(data: bytes, hint: str = "") -> tuple[str, str]:
    """(name, address) of the first mailbox of a head; "" for an address that is none."""
    data = data[:MOST_ADDRESS]
    # A quoted name may hold <another@address>; it must not be taken for the sender.
    bare = re.sub(rb'"(?:[^"\\]|\\.)*"', lambda quoted: b"_" * len(quoted[0]), data)
    found = ANGLED.search(bare)
    if found is not None:
        name, address = data[: found.start()], found[1]
    else:
        comment = re.search(rb"\(([^()]*)\)", bare)
        name = data[comment.start(1) : comment.end(1)] if comment else b""
        address = re.sub(rb"\([^()]*\)", b"", bare).partition(b",")[0].strip(b" \t<>")
    text = decode(address, "utf-8").strip().lower()
    shown = clean(words(name.strip(), hint)).strip("\"' ").replace('\\"', '"')
    valid = len(text) <= 254 and ADDRESS.fullmatch(text)
    return shown[:80], text if valid else ""


def identities(data: bytes) -> list[str]:
    """The message ids in a head."""
    return IDENTITY.findall(decode(data, "utf-8"))


def parameters(data: bytes, hint: str = "") -> tuple[str, dict[str, str]]:
    """(value in lower case, parameters) of a head such as Content-Type; one pass, RFC 2231 and older ways."""
    pieces = list(_pieces(data[:MOST_VALUE]))
    main = pieces[0].strip().lower().decode("ascii", "replace") if pieces else ""
    single: dict[str, bytes] = {}
    continued: dict[str, dict[int, tuple[bytes, bool]]] = {}
    for piece in pieces[1:200]:
        key, equals, value = piece.partition(b"=")
        if not equals:
            continue
        name = key.strip().lower().decode("ascii", "replace")
        body = _unquoted(value.strip())
        numbered = CONTINUED.match(name)
        if numbered is None:
            single.setdefault(name, body)
        else:
            encoded = bool(numbered[3]) or numbered[2] is None
            continued.setdefault(numbered[1], {})[int(numbered[2] or 0)] = (body, encoded)
    found = {name: _plain_parameter(body, hint) for name, body in single.items()}
    return main, found | {name: _continued_parameter(parts) for name, parts in continued.items()}


def _pieces(data: bytes) -> Iterator[bytes]:
    """The value cut at semicolons that are not inside quotation marks."""
    start, quoted, at = 0, False, 0
    while at < len(data):
        sign = data[at : at + 1]
        if sign == b"\\" and quoted:
            at += 1
        elif sign == b'"':
            quoted = not quoted
        elif sign == b";" and not quoted:
            yield data[start:at]
            start = at + 1
        at += 1
    yield data[start:]


def _unquoted(value: bytes) -> bytes:
    if value[:1] == b'"':
        value = value[1:-1] if value[-1:] == b'"' and len(value) > 1 else value[1:]
        return re.sub(rb'\\(["\\])', rb"\1", value)
    return value


def _plain_parameter(body: bytes, hint: str) -> str:
    """A parameter written in the open: encoded words, per cent signs, or bytes of some charset."""
    if WORD.search(body):
        return clean(words(body))
    if PERCENT.search(body):
        text = decode(unquote_to_bytes(body))
        if UNKNOWN not in text:
            return clean(text)
    return clean(decode(body, hint))


def _continued_parameter(parts: dict[int, tuple[bytes, bool]]) -> str:
    charset, joined = "", b""
    for number in sorted(parts):
        body, encoded = parts[number]
        if encoded:
            if not joined and body.count(b"'") >= 2:
                said, _, body = body.split(b"'", 2)
                charset = said.decode("ascii", "replace")
            body = unquote_to_bytes(body)
        joined += body
    return clean(words(joined)) if WORD.search(joined) else clean(decode(joined, charset))
