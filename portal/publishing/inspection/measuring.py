"""Precision and recall of the guesses about seals and red headers, on drawn pages.

Drawn pages are kinder than real ones: the figures say that the guess works as meant, not how often it
will be right on scanned papers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from portal.publishing.inspection.lookalikes import samples
from portal.publishing.inspection.red import grid_of, header_in, seal_in

KINDS = ("seal", "header")


@dataclass(frozen=True)
class Score:
    """One kind's figures; `missed` and `false` count the pages by how they were drawn."""

    kind: str
    made: int
    caught: int
    false_alarms: int
    missed: tuple[tuple[str, int], ...]
    false: tuple[tuple[str, int], ...]

    @property
    def precision(self) -> float:
        """The share of alarms that were right, 0 if there was none."""
        alarms = self.caught + self.false_alarms
        return self.caught / alarms if alarms else 0.0

    @property
    def recall(self) -> float:
        """The share of drawn ones that were found."""
        return self.caught / self.made if self.made else 0.0


def measure(seed: int, each: int, fonts: Path) -> list[Score]:
    """A score for seals and one for red headers; a page of the other kind counts as one without."""
    missed: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    false: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    caught: Counter[str] = Counter()
    for sample in samples(seed, each, fonts):
        grid = grid_of(sample.image)
        for kind, found in (("seal", seal_in(grid)), ("header", header_in(grid))):
            if sample.kind == kind and found:
                caught[kind] += 1
            elif sample.kind == kind:
                missed[kind][sample.variety] += 1
            elif found:
                false[kind][sample.variety if not sample.kind else sample.kind] += 1
    return [
        Score(
            kind,
            each,
            caught[kind],
            sum(false[kind].values()),
            tuple(missed[kind].most_common()),
            tuple(false[kind].most_common()),
        )
        for kind in KINDS
    ]
