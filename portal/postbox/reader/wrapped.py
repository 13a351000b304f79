"""Wrappings around a mail's content: Outlook's winmail.dat, S/MIME, and calendar entries."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms
from tnefparse import TNEF
from tnefparse.mapi import TNEFMAPI_Attribute as Attribute

from portal.postbox.reader.charsets import decode
from portal.postbox.reader.heads import clean
from portal.postbox.reader.markup import words_of

# What tnefparse raises for bytes that are no such file; it reads by offset.
BROKEN = (
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    struct.error,
    LookupError,
    OverflowError,
)
MOST_CALENDAR = 200_000


@dataclass(frozen=True)
class Opened:
    """What was in a wrapping: words, and files by name."""

    text: str
    files: tuple[tuple[str, bytes], ...]
    only_rtf: bool = False


def winmail(data: bytes) -> Opened | None:
    """The content of a winmail.dat; None for bytes that cannot be opened."""
    try:
        message = TNEF(data, do_checksum=False)
        files = tuple((_name(entry), bytes(entry.data)) for entry in message.attachments)
        plain, marked = _text(message.body), _text(message.htmlbody)
        return Opened(plain or words_of(marked), files, bool(message._rtfbody) and not (plain or marked))
    except BROKEN:
        return None


def _name(entry: Any) -> str:
    """A file's name: the long one, else the short one, which tnefparse takes for UTF-8 and Outlook writes in its code page."""
    long = [prop.data for prop in entry.mapi_attrs if prop.name == Attribute.MAPI_ATTACH_LONG_FILENAME]
    first = long[0] if long else entry._name
    return _text(first[0] if isinstance(first, (list, tuple)) and first else first)


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return decode(value.rstrip(b"\x00"), "gbk").strip()
    return str(value or "").strip("\x00").strip()


def signed_content(data: bytes) -> bytes | None:
    """The mail inside an S/MIME signed-data wrapping (RFC 8551); None if it is enciphered or broken.

    The signature is not judged here: a signature says nothing that the portal relies on.
    """
    try:
        info = cms.ContentInfo.load(data)
        if info["content_type"].native != "signed_data":
            return None
        content = info["content"]["encap_content_info"]["content"].native
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return content if isinstance(content, bytes) else None


def calendar_words(text: str) -> str:
    """A calendar entry in words: what, when, where; "" for none."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text[:MOST_CALENDAR])
    found: dict[str, str] = {}
    for line in unfolded.splitlines():
        head, colon, value = line.partition(":")
        name = head.partition(";")[0].strip().upper()
        if colon and name in LABELS and name not in found:
            plain = value.replace("\\n", "\n").replace("\\N", "\n").replace("\\,", ",").replace("\\;", ";")
            found[name] = plain.strip() if name == "DESCRIPTION" else clean(plain)
    return "\n".join(f"{label}：{found[name]}" for name, label in LABELS.items() if found.get(name))


LABELS = {"SUMMARY": "日程", "DTSTART": "开始", "DTEND": "结束", "LOCATION": "地点", "DESCRIPTION": "说明"}


def calendar_method(text: str) -> str:
    """REQUEST, REPLY … of a calendar entry; "" for none."""
    found = re.search(r"^METHOD:([A-Za-z]{1,20})", text[:MOST_CALENDAR], re.MULTILINE)
    return found[1].upper() if found else ""
