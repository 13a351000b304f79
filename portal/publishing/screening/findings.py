"""What a screening gives: one suspicious place each."""

from __future__ import annotations

from dataclasses import dataclass

BLOCK = "block"
WARN = "warn"


@dataclass(frozen=True)
class Finding:
    """One suspicious place: how bad, what it looks like, the text as it stands (masked), and where.

    `start` and `end` are offsets in the text as it was given, `line` counts from 1 (0: not known);
    `excerpt` is the place with its neighbours, every digit in it hidden.
    """

    severity: str
    kind: str
    shown: str
    start: int = 0
    end: int = 0
    line: int = 0
    excerpt: str = ""

    @property
    def blocks(self) -> bool:
        """True if the release must not go out with it."""
        return self.severity == BLOCK


def masked(value: str) -> str:
    """A value as it may be shown: its first two signs and its last."""
    return f"{value[:2]}…{value[-1:]}" if len(value) > 3 else "…"
