"""What a mail says, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field

# The sorts of mail; only a letter is ever handled without a person's decision.
LETTER = "letter"
AUTOMATIC = "automatic"
LIST = "list"
BOUNCE = "bounce"
FORGED = "forged"
UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Attachment:
    """A file in a mail. `inline` is true for one that is a picture within the words."""

    name: str
    data: bytes
    media_type: str = "application/octet-stream"
    inline: bool = False


@dataclass(frozen=True)
class LeftOut:
    """Something that is in the original and not in what was read, and the reason.

    A `quiet` one (a signature, say) is nothing that its writer needs to be told.
    """

    what: str
    why: str
    quiet: bool = False


@dataclass(frozen=True)
class ParsedMail:
    """A mail as plain values. Only those of sort LETTER are handled; `reason` says why another one is not.

    `returned` are the addresses that a bounce names, `html` the marked-up part as it came (never shown as it is),
    `headers` the heads that people read.
    """

    sender_name: str
    sender: str
    subject: str
    text: str
    message_id: str
    references: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    automatic: bool = False
    bounce: bool = False
    recipients: tuple[str, ...] = field(default_factory=tuple)
    sort: str = LETTER
    reason: str = ""
    left_out: tuple[LeftOut, ...] = ()
    sent_at: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    html: str = ""
    returned: tuple[str, ...] = ()
