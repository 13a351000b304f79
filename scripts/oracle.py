"""Walk product and rules side by side on random seeds for MINUTES minutes, in two processes; exit 1 on any difference.

Usage: scripts/oracle.py [MINUTES] (60 without). The last lines say how many steps were compared, how many a minute, and how many
sorts of difference were found; each with its shortest trace.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from terminal import PYTHON, ROOT, say

PROCESSES = 2


def main() -> int:
    """Start the processes, wait, and add up."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    say(f"==> Oracle: {minutes:g} minutes on {PROCESSES} processes")
    with tempfile.TemporaryDirectory(prefix="portal-oracle-") as folder:
        reports = [Path(folder) / f"{number}.json" for number in range(PROCESSES)]
        running = [start(minutes, report) for report in reports]
        codes = [process.wait() for process in running]
        said = [
            report.with_suffix(".txt").read_text(encoding="utf-8", errors="replace") for report in reports
        ]
        found = [json.loads(report.read_text(encoding="utf-8")) for report in reports if report.exists()]
    if len(found) < PROCESSES:
        say("\n".join(text[-3000:] for text in said))
        say(f"A process ended without a report; exit codes {codes}")
        return 1
    return told(found)


def start(minutes: float, report: Path) -> subprocess.Popen[bytes]:
    """One process on seeds of its own, with a database of its own in memory."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "PORTAL_ENV": "test",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "ORACLE_MINUTES": str(minutes),
        "ORACLE_SEED": str(random.SystemRandom().randrange(2**40)),
        "ORACLE_REPORT": str(report),
    }
    say(f"    seed {environment['ORACLE_SEED']}")
    return subprocess.Popen(
        [str(PYTHON), "-m", "pytest", "-q", "tests/oracle/test_oracle.py"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=report.with_suffix(".txt").open("wb"),
    )


def told(found: list[dict[str, Any]]) -> int:
    """The sums and the stories; gives the exit code."""
    stories: dict[str, str] = {}
    known: set[str] = set()
    for report in found:
        stories |= report["stories"]
        known |= set(report["known"])
    for key, story in sorted(stories.items()):
        say(f"\n=== {'KNOWN' if key in known else 'DIFFERENCE'}: {story}")
    steps = sum(report["steps"] for report in found)
    rate = sum(report["steps"] / report["seconds"] * 60 for report in found)
    new = set(stories) - known
    say(f"\n{steps} compared steps, {rate:.0f} a minute; {len(new)} differences, {len(known)} known ones")
    return 1 if stories else 0


if __name__ == "__main__":
    sys.exit(main())
