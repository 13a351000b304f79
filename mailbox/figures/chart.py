"""A bar chart as whole numbers for a template to draw; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LABEL, FULL, STEP, THICK = 116, 160, 30, 18
WIDTH = LABEL + FULL + 56
MOST_SIGNS = 8


@dataclass(frozen=True)
class Bar:
    """One bar: its whole length and the part of it that is drawn full."""

    label: str
    value: int
    part: int
    top: int
    length: int
    filled: int

    @property
    def shown(self) -> str:
        """The label as far as there is room for it."""
        return self.label if len(self.label) <= MOST_SIGNS else f"{self.label[: MOST_SIGNS - 1]}…"

    @property
    def middle(self) -> int:
        """The base line of its words."""
        return self.top + THICK - 4

    @property
    def after(self) -> int:
        """Where its number stands."""
        return LABEL + self.length + 6


@dataclass(frozen=True)
class Chart:
    """Bars one below the other."""

    title: str
    bars: tuple[Bar, ...]

    @property
    def width(self) -> int:
        """Units of its view box."""
        return WIDTH

    @property
    def height(self) -> int:
        """Units of its view box."""
        return len(self.bars) * STEP + 4

    @property
    def left(self) -> int:
        """Where bars begin."""
        return LABEL

    @property
    def words_end(self) -> int:
        """Where labels end."""
        return LABEL - 8

    @property
    def thick(self) -> int:
        """The thickness of a bar."""
        return THICK


def chart(title: str, rows: Iterable[tuple[str, int, int]]) -> Chart:
    """A chart of (label, value, part) rows; the longest bar takes the full width, a value above 0 shows."""
    found = list(rows)
    most = max((value for _, value, _ in found), default=0)
    return Chart(
        title,
        tuple(
            Bar(label, value, part, 4 + at * STEP, _length(value, most), _length(part, most))
            for at, (label, value, part) in enumerate(found)
        ),
    )


def _length(value: int, most: int) -> int:
    return max(round(FULL * value / most), 1) if most and value else 0
