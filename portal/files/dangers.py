"""What makes an upload unfit to be handed to anybody: one thing each, and the addresses that a file may name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

SCRIPT = "script"
ACTION = "action"
EMBEDDED = "embedded"
EXTERNAL = "external_target"
FORM = "xfa"
MEDIA = "rich_media"
MACRO = "macro"
DOCTYPE = "doctype"
PATH = "member_path"
TOO_LARGE = "too_large"
BROKEN = "unreadable"
VIRUS = "virus"
WRONG_TYPE = "wrong_type"

# The harmless file by which anybody may try a virus scanner, in two parts so that this file is not taken for it.
TEST_SIGNATURE = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!"
_WEB = re.compile(r"(?:https?://(?![\\/@])|mailto:|tel:|#)", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True)
class Danger:
    """One thing found: its code, where it is, and what it is in words for whoever uploaded it."""

    code: str
    where: str
    message: str


def is_plain_link(target: str) -> bool:
    """True for the web, mail, telephone and a place in the file itself; not for files, shares and programs."""
    words = unquote(target).strip()
    return bool(_WEB.match(words)) or (
        not _SCHEME.match(words) and not words.startswith(("\\", "/")) and "\\" not in words
    )
