"""The gate for what goes out: what is found in a file, the copy that may be published, and what becomes of both.

Notices, the command line and whoever publishes a file go through `let_out()`; nothing else decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from portal.publishing.inspection.findings import NEEDS_PERSON, CannotRegenerate, FileFinding
from portal.publishing.inspection.inspecting import inspect
from portal.publishing.inspection.regenerating import Regenerated, regenerate


class Outcome(IntEnum):
    """What becomes of a file; the values are the exit codes of `manage.py inspect_file`."""

    PASSED = 0
    WAITS = 2
    REFUSED = 3


@dataclass(frozen=True)
class Passage:
    """What the gate says of a file: findings of the original, the copy or why there is none.

    `text` is all text of the copy. WAITS: there is a copy, and a second person has to look at it first.
    """

    outcome: Outcome
    findings: tuple[FileFinding, ...]
    copy: Regenerated | None
    problem: str
    text: str


def let_out(data: bytes, *, media_type: str, name: str, title: str = "") -> Passage:
    """Look into a file and make the copy that is published instead of it. Never raises for what the bytes are."""
    found = inspect(data, media_type=media_type, name=name).findings
    try:
        copy = regenerate(
            data, media_type=media_type, name=name, title=title or name.rpartition(".")[0] or name
        )
    except CannotRegenerate as error:
        return Passage(Outcome.REFUSED, found, None, error.sentence, "")
    again = inspect(copy.data, media_type=copy.media_type, name=copy.name)
    waits = any(entry.code == NEEDS_PERSON for entry in (*found, *again.findings))
    return Passage(Outcome.WAITS if waits else Outcome.PASSED, found, copy, "", again.text)
