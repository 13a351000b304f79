"""Message-IDs of our own mails: numbered, and signed, so that nobody can name a mail that was not sent to them."""

from __future__ import annotations

import hmac
import re

from portal.privacy.crypto import keyed_digest

PURPOSE = "own-message-id"
LINK = "message-link"
TOKEN_LENGTH = 20
OWN = re.compile(r"message-(\d{1,18})\.([0-9a-f]{20})@")


def _token(number: int) -> str:
    return keyed_digest(str(number), PURPOSE)[:TOKEN_LENGTH]


def mail_token(number: int) -> str:
    """The number of a message of ours with its signature, for a link in it."""
    return f"{number}.{keyed_digest(str(number), LINK)[:TOKEN_LENGTH]}"


def numbered_token(token: str) -> int | None:
    """The number of the message whose link carried that token; None for any other."""
    number = token.partition(".")[0]
    if not (number.isascii() and number.isdecimal() and len(number) <= 18):
        return None
    return int(number) if hmac.compare_digest(mail_token(int(number)), token) else None


def message_id(number: int, host: str) -> str:
    """The Message-ID of the mail of that number, the same at every try, with its angle brackets."""
    return f"<message-{number}.{_token(number)}@{host}>"


def number_of(identity: str) -> int | None:
    """The number of our mail that this id names; None for any other id, and for one that is not signed."""
    found = OWN.match(identity)
    if found is None or not hmac.compare_digest(found[2], _token(int(found[1]))):
        return None
    return int(found[1])
