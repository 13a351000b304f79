"""Precision and recall of the personal-data screening per kind, beside the goals; 1 if a goal is missed."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from portal.publishing.screening import screen
from portal.publishing.screening.corpus import samples
from portal.publishing.screening.innocent import sentences
from portal.publishing.screening.measuring import measure

SEED = 4000
EACH = 100
SENTENCES, ONE_IN = 10_000, 2_000


def main() -> int:
    """Print the table; 1 if any kind is below its goal."""
    texts = samples(int(sys.argv[1]) if len(sys.argv) > 1 else SEED, EACH)
    scores = measure(texts)
    print(f"{len(texts)} texts; kind: precision / recall / recall disguised (goal)")
    for score in scores:
        shown = "-" if score.disguised is None else f"{score.disguised:.2%}"
        goal = " / ".join(f"{figure:.1%}" for figure in score.goal)
        verdict = "ok" if score.reached else "BELOW GOAL"
        print(f"{score.kind}: {score.precision:.2%} / {score.plain:.2%} / {shown} ({goal}) {verdict}")
    blocked = sum(any(entry.blocks for entry in screen(text)) for text in sentences(SEED, SENTENCES))
    most = SENTENCES // ONE_IN
    print(f"false alarms: {blocked} in {SENTENCES} sentences of figures (at most {most})")
    return 0 if all(score.reached for score in scores) and blocked <= most else 1


if __name__ == "__main__":
    sys.exit(main())
