"""What an inspection gives: one thing each that a reader would not see on the page, or a person must look at."""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.core.errors import PortalError

UNREADABLE = "unreadable"
ENCRYPTED = "encrypted"
OLD_REVISION = "old_revision"
COVERED_TEXT = "covered_text"
COVERED_PICTURE = "covered_picture"
REMARK_OVER_PICTURE = "remark_over_picture"
INVISIBLE_TEXT = "invisible_text"
ANNOTATION = "annotation"
COMMENT = "comment"
FORM_VALUE = "form_value"
PROPERTIES = "properties"
ATTACHMENT = "attachment"
ACTION = "action"
HIDDEN_LAYER = "hidden_layer"
TRACKED_CHANGE = "tracked_change"
EMBEDDED = "embedded"
MACRO = "macro"
EXTERNAL_LINK = "external_link"
HIDDEN_SHEET = "hidden_sheet"
HIDDEN_CELLS = "hidden_cells"
PIVOT_CACHE = "pivot_cache"
EXIF = "exif"
GPS = "gps"
NEEDS_PERSON = "needs_person"

WHOLE = "整个文件"

# What regenerate() cannot take away: it would leave out words, or show what somebody meant to hide.
INCURABLE = frozenset({UNREADABLE, ENCRYPTED, COVERED_TEXT, REMARK_OVER_PICTURE, HIDDEN_LAYER})


@dataclass(frozen=True)
class FileFinding:
    """One thing found: its code, where it is and what it is in words for the clerk; `page` from 1, 0 for none.

    `blocks`: the file must not go out as it is. `needs_person` never blocks and is never a proof of
    absence: without it there may still be a seal, a red header, a signature or a leader's remark.
    """

    code: str
    where: str
    message: str
    blocks: bool = True
    page: int = 0

    @property
    def curable(self) -> bool:
        """True if the regenerated copy is free of it."""
        return self.code not in INCURABLE and self.code != NEEDS_PERSON


@dataclass(frozen=True)
class Inspection:
    """All findings of a file in reading order, and all its text, the hidden too, for the personal-data scan."""

    findings: tuple[FileFinding, ...]
    text: str

    @property
    def blocks(self) -> bool:
        """True if anything found blocks."""
        return any(finding.blocks for finding in self.findings)


@dataclass
class Held:
    """Findings and text gathered from one file."""

    findings: list[FileFinding] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def add(self, code: str, where: str, message: str, *, blocks: bool = True, page: int = 0) -> None:
        """One more finding; the same one is not kept twice."""
        finding = FileFinding(code, where, message, blocks, page)
        if finding not in self.findings:
            self.findings.append(finding)


class Unreadable(ValueError):
    """The file is not what it says, is broken, or is too large to look into."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class CannotRegenerate(PortalError):
    """No clean copy can be made of the file; the sentence says why and what to do."""
