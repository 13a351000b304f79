"""What would become of a mail, without storing anything; the app that takes mails says how it decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from portal.postbox.actions import read_bounded
from portal.postbox.reader.values import LETTER, UNREADABLE, LeftOut, ParsedMail

TRAY = "tray"


@dataclass(frozen=True)
class Fate:
    """What becomes of a readable mail: "letter", "supplement" or "tray", why, and what would be kept of it.

    `letter` is the number of the letter that it is added to or follows. `kept` are the places of the files that go along.
    """

    outcome: str
    reason: str
    text: str
    letter: str = ""
    kept: frozenset[int] = frozenset()
    left_out: tuple[LeftOut, ...] = field(default_factory=tuple)


Decider = Callable[[ParsedMail, datetime], Fate]
_deciders: list[Decider] = []


def register_decider(decider: Decider) -> None:
    """Say how letters among mails are decided on; called once, by the app that takes them."""
    _deciders[:] = [decider]


def fate_of(mail: ParsedMail, at: datetime) -> Fate:
    """What becomes of a readable mail at that time."""
    if mail.sort != LETTER:
        return Fate(TRAY, mail.reason, mail.text, left_out=mail.left_out)
    return (
        _deciders[0](mail, at)
        if _deciders
        else Fate(TRAY, "没有业务接收来信", mail.text, left_out=mail.left_out)
    )


def told(raw: bytes, at: datetime) -> dict[str, object]:
    """What would become of these bytes at that time, as JSON values; the keys are described in README."""
    mail, problem = read_bounded(raw)
    if mail is None:
        return _entry(Fate(TRAY, problem, ""), None, UNREADABLE, len(raw))
    return _entry(fate_of(mail, at), mail, mail.sort, len(raw))


def _entry(fate: Fate, mail: ParsedMail | None, kind: str, size: int) -> dict[str, object]:
    return {
        "outcome": fate.outcome,
        "reason": fate.reason,
        "kind": kind,
        "letter": fate.letter,
        "from": mail.sender if mail else "",
        "name": mail.sender_name if mail else "",
        "subject": mail.subject if mail else "",
        "date": mail.sent_at if mail else "",
        "text": fate.text,
        "attachments": [
            {
                "name": entry.name,
                "size": len(entry.data),
                "type": entry.media_type,
                "kept": place in fate.kept,
            }
            for place, entry in enumerate(mail.attachments if mail else ())
        ],
        "left_out": [{"what": entry.what, "why": entry.why} for entry in fate.left_out],
        "size": size,
    }
