"""The rehearsals, each by one command: kills, flood, withdrawal, silent peers, rotation, tampering, wrong clock, an earlier database.

Usage: scripts/drill.py [NAME …]; all without one. Says for each whether it went well, how long it took and what it counted; exit 1
if one did not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from object_store import temporary_swift
from postgres import temporary_postgres
from terminal import PYTHON, ROOT, can_install, install_packages, say

LONGEST = 600
ON_POSTGRESQL = {"restore"}
KILLS = "test_whatever_is_killed_all_is_done_once"
DRILLS: dict[str, tuple[str, Sequence[str], dict[str, str]]] = {
    "kills": (
        "every process of the worker and the web server is killed while work goes on",
        (f"tests/integrity/test_worker.py::{KILLS}", "tests/integrity/test_killed_server.py"),
        {"PORTAL_KILL_ROUNDS": "20"},
    ),
    "flood": ("the dearest page, made up anew eighteen times a second", ("tests/drills/test_flood.py",), {}),
    "withdrawal": (
        "behind nginx, with the portal there and away",
        (
            "tests/integrity/test_deployed.py::test_page_is_kept_for_seconds_only",
            "tests/integrity/test_deployed.py::test_killed_portal_says_that_it_is_away_and_shows_nothing_old",
        ),
        {},
    ),
    "peers": (
        "a silent mail server or gateway costs its own lane only",
        ("tests/integrity/test_texts_told.py", "tests/integrity/test_away.py"),
        {},
    ),
    "rotation": (
        "keys are changed, the command is killed again and again",
        ("tests/drills/test_rotation.py", "tests/integrity/test_keys.py"),
        {},
    ),
    "tampering": (
        "each column of each table is altered behind the portal's back",
        ("tests/integrity/test_bound_rows.py", "tests/integrity/test_proving.py"),
        {},
    ),
    "way_up": (
        "a database of an earlier build, with its demo, is brought up to today's tables",
        ("tests/drills/test_way_up.py",),
        {},
    ),
    "install": (
        "a bare root becomes a portal, by one command, and once more",
        ("tests/drills/test_first_install.py",),
        {},
    ),
    "upgrade": (
        "the web server is started anew ten times under load, on a socket that stays open",
        ("tests/deploy/test_hand_over.py", "tests/deploy/test_two_steps.py"),
        {"PORTAL_HAND_OVERS": "10"},
    ),
    "restore": (
        "backup and restore by the documented roles, rights looked at afterwards",
        ("tests/deploy/test_install.py", "tests/deploy/test_backup_away.py"),
        {},
    ),
    "point_in_time": (
        "a wrong bulk change is undone to the second from the archived log",
        ("tests/drills/test_point_in_time.py",),
        {},
    ),
    "objects": (
        "stored files in OpenStack Swift, and in a store that is slow or broken",
        ("tests/deploy/test_object_store.py",),
        {},
    ),
    "image": (
        "the image is built from Debian's packages and started without rights",
        ("tests/drills/test_image.py",),
        {},
    ),
    "clock": ("a worker whose clock was a day ahead", ("tests/drills/test_clock.py",), {}),
}


def main() -> int:
    """Run those that are named."""
    names = sys.argv[1:] or list(DRILLS)
    unknown = set(names) - set(DRILLS)
    if unknown:
        say(f"No such drill: {', '.join(sorted(unknown))}. There are: {', '.join(DRILLS)}")
        return 2
    if "clock" in names and shutil.which("faketime") is None and can_install():
        install_packages("faketime")
    return max([run(name) for name in names])


def run(name: str) -> int:
    """One drill; 0 if it went well."""
    title, tests, more = DRILLS[name]
    say(f"==> {name}: {title}")
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="portal-drill-") as folder:
        env = {
            **os.environ,
            "PORTAL_ENV": "test",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PORTAL_DRILL": folder,
        }
        command = [str(PYTHON), "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
        try:
            with _peers(name) as theirs:
                done = subprocess.run(
                    command,
                    cwd=ROOT,
                    env=env | more | theirs,
                    capture_output=True,
                    text=True,
                    timeout=LONGEST,
                    check=False,
                )
            output, code = done.stdout, done.returncode
        except subprocess.TimeoutExpired:
            output, code = f"longer than {LONGEST} seconds", 1
        for path in sorted(Path(folder).glob("*.txt")):
            say("    " + path.read_text(encoding="utf-8").rstrip().replace("\n", "\n    "))
    if code:
        say(output[-6000:])
    last = output.strip().splitlines()[-1] if output.strip() else ""
    say(f"    {'well' if not code else 'NOT WELL'} after {time.monotonic() - started:.0f} s: {last}")
    return 1 if code else 0


@contextmanager
def _peers(name: str) -> Iterator[dict[str, str]]:
    """The servers that a drill needs beside the portal, as an environment; gone afterwards."""
    if name in ON_POSTGRESQL:
        with temporary_postgres() as url:
            yield {"DATABASE_URL": url}
    elif name == "objects":
        with temporary_swift() as address:
            yield {"PORTAL_TEST_S3": address}
    else:
        yield {}


if __name__ == "__main__":
    sys.exit(main())
