"""Walk product and rules side by side on random seeds for MINUTES minutes, on PROCESSES processes; exit 1 on any difference.

Usage: scripts/oracle.py [MINUTES [PROCESSES]] (60 and 2 without). The last lines say how many steps were compared, how many a minute, and how many
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

ROOMS = len(list((ROOT / "tests" / "oracle" / "rooms").glob("*/room.py")))


def main() -> int:
    """Start the processes, wait, and add up."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    processes = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    say(f"==> Oracle: {minutes:g} minutes on {processes} processes")
    with tempfile.TemporaryDirectory(prefix="portal-oracle-") as folder:
        code, output = run(minutes, processes, Path(folder))
        found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(Path(folder).glob("*.json"))]
    if len(found) < processes * (1 + ROOMS):
        say(output[-4000:])
        say(f"A process ended without a report; exit code {code}")
        return 1
    return told(found)


def run(minutes: float, processes: int, folder: Path) -> tuple[int, str]:
    """The processes, each on seeds and with a database of its own; the exit code and what they said."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "PORTAL_ENV": "test",
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "ORACLE_MINUTES": str(minutes / 2),  # half of it for requests, half for the other rooms
        "ORACLE_REPORT": str(folder),
    }
    environment.setdefault("ORACLE_SEED", str(random.SystemRandom().randrange(2**40)))
    say(f"    seed {environment['ORACLE_SEED']}")
    done = subprocess.run(
        [
            str(PYTHON),
            "-m",
            "pytest",
            "-q",
            "-n",
            str(processes),
            "--dist",
            "each",
            "tests/oracle/test_oracle.py",
            "tests/oracle/rooms/test_rooms.py",
        ],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return done.returncode, done.stdout.decode(errors="replace")


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
    rate = sum(report["steps"] / max(report["seconds"], 1) * 60 for report in found)
    new = set(stories) - known
    say(f"\n{steps} compared steps, {rate:.0f} a minute; {len(new)} differences, {len(known)} known ones")
    return 1 if stories else 0


if __name__ == "__main__":
    sys.exit(main())
