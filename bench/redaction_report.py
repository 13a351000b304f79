"""Recall and false alarms of the gate on failed redactions and clean files of our own making, as a table.

python -m bench.redaction_report [--each N] [--seed N]; exit 1 if a goal is missed.
A failed redaction counts as found if a finding names hidden words and the copy, if one is made, is free of
them; a clean file counts as a false alarm if such a finding comes up or no copy is made.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

import django

from bench.measure import Measure

RECALL, FALSE_ALARMS = 0.98, 0.02
EACH, SEED = 2, 2027


def corpus(seed: int, each: int) -> Iterator[tuple[str, str, bytes, bool]]:
    """Ending, name, bytes and if it is a failed redaction; the same seed, the same files."""
    from bench import redaction_clean, redaction_office, redaction_pdfs

    rng = random.Random(seed)
    for make in (redaction_pdfs.samples, redaction_clean.samples):
        for sample in make(rng, each):
            yield "pdf", sample.name, sample.data, sample.is_bad
    for ending, sample in redaction_office.samples(rng, each):
        yield ending, sample.name, sample.data, sample.is_bad


def judged(seed: int, each: int) -> tuple[Counter[str], list[str]]:
    """Counts by "bad", "found", "clean" and "alarm", each also with the ending behind it; and what went wrong."""
    from portal.publishing.inspection import findings as codes
    from portal.publishing.inspection import let_out
    from portal.publishing.inspection.inspecting import ENDINGS

    hiding = {
        codes.COVERED_TEXT,
        codes.INVISIBLE_TEXT,
        codes.HIDDEN_CELLS,
        codes.HIDDEN_SHEET,
        codes.UNREADABLE,
        codes.HIDDEN_LAYER,
    }
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for ending, name, data, is_bad in corpus(seed, each):
        passage = let_out(data, media_type=ENDINGS[ending], name=f"sample.{ending}")
        found = any(entry.code in hiding for entry in passage.findings)
        alarm = found or passage.copy is None
        for key in ("bad", "found") if is_bad else ("clean", "alarm"):
            hit = True if key in ("bad", "clean") else found if is_bad else alarm
            counts[key] += hit
            counts[f"{key} {ending}"] += hit
        if is_bad != (found if is_bad else alarm):
            wrong.append(f"{name}: {passage.problem or [entry.code for entry in passage.findings]}")
    return counts, wrong


def run() -> Iterable[Measure]:
    """Recall and the share of clean files let through, for `make bench`."""
    counts, _ = judged(SEED, EACH)
    recall, passed = counts["found"] / counts["bad"], 1 - counts["alarm"] / counts["clean"]
    yield Measure("redaction_recall", recall, "share", recall, "all failed redactions", goal=RECALL)
    yield Measure("redaction_clean", passed, "share", passed, "all clean files", goal=1 - FALSE_ALARMS)


def main() -> int:
    """Make, look, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--each", type=int, default=EACH, help="files of each kind")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    counts, wrong = judged(options.seed, options.each)
    print(
        f"Files of our own making, seed {options.seed}: {counts['bad']} failed redactions, {counts['clean']} clean"
    )
    print(f"{'kind':6} {'recall':>8} {'false alarms':>13}")
    for ending in ("", " pdf", " docx", " xlsx"):
        recall = counts[f"found{ending}"] / counts[f"bad{ending}"]
        alarms = counts[f"alarm{ending}"] / counts[f"clean{ending}"]
        print(f"{ending.strip() or 'all':6} {recall:8.3f} {alarms:13.3f}")
    for line in wrong:
        print(f"  wrong: {line}")
    recall, alarms = counts["found"] / counts["bad"], counts["alarm"] / counts["clean"]
    print(f"Goals: recall at least {RECALL}, false alarms at most {FALSE_ALARMS}")
    return 0 if recall >= RECALL and alarms <= FALSE_ALARMS else 1


if __name__ == "__main__":
    sys.exit(main())
