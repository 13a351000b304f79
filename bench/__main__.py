"""make bench: run every bench/*.py, or those named, and print its BENCH lines.

A benchmark module has `run() -> Iterable[Measure]`. A line reads
`BENCH <name> <value> <unit> ratio=<r> vs=<reference>`, with `goal=` behind it where one is set.
Exit code 1 if a benchmark broke; a missed goal is printed as MISSED and does not fail the run.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from pathlib import Path

from bench.measure import Measure

FOLDER = Path(__file__).resolve().parent
NOT_BENCHMARKS = {
    "__init__",
    "__main__",
    "measure",
    "scratch",
    "filling",
    "urls",
    "wsgi",
    "papers",
    "readers",
    "verapdf",
    "mail_report",
    "papers_report",
    "seal_report",
    "redaction_pdfs",
    "redaction_clean",
    "redaction_office",
    "redaction_report",
}


def main() -> int:
    """Run the benchmarks named on the command line, all without one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    known = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in NOT_BENCHMARKS)
    names = [name if name in known else f"{name}s" for name in sys.argv[1:]] or known
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"No such benchmark: {', '.join(unknown)}; there are {', '.join(known)}.", file=sys.stderr)
        return 2
    broken, missed = [], []
    for name in names:
        try:
            for measure in importlib.import_module(f"bench.{name}").run():
                if isinstance(measure, Measure):
                    missed += [] if measure.reached else [measure.name]
                print(measure, flush=True)
        except Exception:
            traceback.print_exc()
            broken.append(name)
    if missed:
        print(f"Goals missed: {', '.join(missed)}", flush=True)
    if broken:
        print(f"Benchmarks broken: {', '.join(broken)}", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
