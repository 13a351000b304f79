"""A mail's bytes as a tree of parts, heads left raw."""

from __future__ import annotations

import email
import re
from email import policy
from email.message import Message

# Lines before the heads that a mail store or a byte order mark left there.
BEFORE = re.compile(rb"\A(?:\xef\xbb\xbf|[ \t]*\r?\n|From [^\r\n]{0,300}\r?\n)+")
HEAD_LINE = re.compile(rb"[\x21-\x39\x3b-\x7e]{1,76}:")
SPACED = re.compile(rb"([\x21-\x39\x3b-\x7e]{1,76})[ \t]+:")
KNOWN = re.compile(
    rb"^(?:from|to|subject|date|message-id|mime-version|content-type|reply-to)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
BLANK = re.compile(rb"\r?\n[ \t]*\r?\n|\r[ \t]*\r")
MOST_HEADS = 256 * 1024


def structure_of(raw: bytes) -> Message:
    """The tree; whatever is wrong with it is a defect on a part, never an error."""
    return email.message_from_bytes(_with_even_heads(BEFORE.sub(b"", raw, count=1)), policy=policy.compat32)


def _with_even_heads(raw: bytes) -> bytes:
    """The mail with lines among its heads mended at which the standard library would take the rest for the body.

    A space before the colon is the older way to write (RFC 5322, 4.5). A line that is no head is set aside, if heads that
    every mail has follow it; else the body begins there.
    """
    end = BLANK.search(raw, 0, MOST_HEADS)
    block = raw[: end.start()] if end else raw[:MOST_HEADS]
    lines = block.splitlines(keepends=True)
    if all(line[:1] in b" \t" or HEAD_LINE.match(line) for line in lines):
        return raw
    last = max((found.start() for found in KNOWN.finditer(block)), default=-1)
    offset = 0
    mended: list[bytes] = []
    for line in lines:
        offset += len(line)
        if (line[:1] in b" \t" and mended) or HEAD_LINE.match(line):
            mended.append(line)
        elif SPACED.match(line):
            mended.append(SPACED.sub(rb"\1:", line, count=1))
        elif offset <= last:
            mended.append(b"X-Set-Aside: " + line)
        else:
            return b"".join(mended) + b"\r\n" + line + raw[offset:]
    return b"".join(mended) + raw[len(block) :]
