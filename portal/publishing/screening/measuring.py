"""Precision and recall of the screening on labelled texts, beside the goals set for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from portal.publishing.screening.corpus import Sample
from portal.publishing.screening.scan import screen

# Goals of the project's trust paper, 7.6: precision, recall plain, recall disguised. Kinds it does not name
# carry the figures of its plate and passport row.
_OTHERS = (0.95, 0.98, 0.0)
GOALS = {
    "居民身份证号": (0.995, 0.999, 0.98),
    "港澳台居民居住证号": (0.995, 0.999, 0.98),
    "手机号码": (0.99, 0.995, 0.97),
    "银行卡号": (0.98, 0.99, 0.96),
    "住址": (0.85, 0.90, 0.0),
    "姓名": (0.80, 0.85, 0.0),
}


@dataclass(frozen=True)
class Score:
    """One kind's figures; `disguised` is None where no disguised text was made."""

    kind: str
    precision: float
    plain: float
    disguised: float | None

    @property
    def goal(self) -> tuple[float, float, float]:
        """Precision, recall plain and recall disguised to reach."""
        return GOALS.get(self.kind, _OTHERS)

    @property
    def reached(self) -> bool:
        """True if no figure is below its goal."""
        precision, plain, disguised = self.goal
        return (
            self.precision >= precision
            and self.plain >= plain
            and (self.disguised is None or self.disguised >= disguised)
        )


def measure(texts: Iterable[Sample]) -> list[Score]:
    """A score per kind. A finding beside the labelled place is a false alarm of its own kind; one that
    overlaps it under another name is not counted."""
    hits: Counter[tuple[str, bool]] = Counter()
    made: Counter[tuple[str, bool]] = Counter()
    false: Counter[str] = Counter()
    for sample in texts:
        key = (sample.kind, bool(sample.disguise))
        made[key] += 1
        hit = False
        for finding in screen(sample.text):
            overlaps = sample.kind and finding.start < sample.end and finding.end > sample.start
            if overlaps and finding.kind == sample.kind:
                hit = True
            elif not overlaps:
                false[finding.kind] += 1
        hits[key] += hit
    scores = []
    for kind in sorted({kind for kind, _ in made if kind} | set(false)):
        caught = hits[kind, False] + hits[kind, True]
        scores.append(
            Score(
                kind,
                caught / (caught + false[kind]) if caught + false[kind] else 0.0,
                hits[kind, False] / made[kind, False] if made[kind, False] else 0.0,
                hits[kind, True] / made[kind, True] if made[kind, True] else None,
            )
        )
    return scores
