"""A mail's bytes as a tree of parts, heads left raw."""

from __future__ import annotations

import email
import re
from email import policy
from email.message import Message

# Lines before the heads that a mail store or a byte order mark left there.
BEFORE = re.compile(rb"\A(?:\xef\xbb\xbf|[ \t]*\r?\n|From [^\r\n]{0,300}\r?\n)+")


def structure_of(raw: bytes) -> Message:
    """The tree; whatever is wrong with it is a defect on a part, never an error."""
    return email.message_from_bytes(BEFORE.sub(b"", raw, count=1), policy=policy.compat32)
