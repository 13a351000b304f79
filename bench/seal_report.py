"""Precision and recall of the guesses about seals and red headers on drawn pages, as a table.

python -m bench.seal_report [--each N] [--seed N]
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from pathlib import Path

import django

from bench.measure import Measure

GOAL = 0.9
EACH, SEED = 60, 2027


def _counts(pairs: tuple[tuple[str, int], ...]) -> str:
    return ", ".join(f"{variety} {count}" for variety, count in pairs) or "-"


def run() -> Iterable[Measure]:
    """Recall and precision for `make bench`; the reference is finding all without a false alarm."""
    from django.conf import settings

    from portal.publishing.inspection.measuring import measure

    for score in measure(SEED, EACH, Path(settings.PORTAL_FONT_DIR)):
        for name, value in (("recall", score.recall), ("precision", score.precision)):
            yield Measure(f"{score.kind}_{name}", value, "share", value, "all of the drawn pages", goal=GOAL)


def main() -> None:
    """Draw, look, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--each", type=int, default=200, help="pages of each kind")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from django.conf import settings

    from portal.publishing.inspection.measuring import measure

    scores = measure(options.seed, options.each, Path(settings.PORTAL_FONT_DIR))
    print(f"Drawn pages, seed {options.seed}: {options.each} of each kind, {2 * options.each} without either")
    print(f"{'kind':8} {'precision':>9} {'recall':>7}  missed | false alarms")
    for score in scores:
        line = f"{score.kind:8} {score.precision:9.3f} {score.recall:7.3f}"
        print(f"{line}  {_counts(score.missed)} | {_counts(score.false)}")


if __name__ == "__main__":
    main()
