"""A worker whose clock runs a day ahead for a while leaves no schedule behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.servers import manage

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif("PORTAL_DRILL" not in os.environ, reason="make drill runs it"),
    pytest.mark.skipif(shutil.which("faketime") is None, reason="Debian's faketime is not installed"),
]
ROOT = Path(__file__).resolve().parents[2]
AHEAD = """
from datetime import timedelta
from django.utils import timezone
from django_q.models import Schedule
rows = Schedule.objects.filter(schedule_type="I", minutes__lte=5)
print(rows.count(), rows.filter(next_run__gt=timezone.now() + timedelta(minutes=6)).count())
"""


def worker(env: dict[str, str], seconds: float, *before: str) -> None:
    """A worker for so long, its clock put as `before` says."""
    program = subprocess.Popen(
        [*before, sys.executable, "manage.py", "worker"], cwd=ROOT, env=env, start_new_session=True
    )
    time.sleep(seconds)
    os.killpg(program.pid, signal.SIGTERM)
    program.wait(60)


def ahead(env: dict[str, str]) -> list[int]:
    """How many schedules run every few minutes, and how many of them lie further ahead than that."""
    told = manage(env, "shell", "-v", "0", "-c", AHEAD)
    return [int(word) for word in told.stdout.split()]


def test_a_day_ahead_and_back(database_url: str, tmp_path: Path) -> None:
    env = {
        **os.environ,
        "DATABASE_URL": database_url,
        "PORTAL_ENV": "test",
        "PORTAL_VAR_DIR": str(tmp_path / "var"),
        "PORTAL_FILES_DIR": str(tmp_path / "files"),
    }
    worker(env, 40, "faketime", "-f", "+1d")
    wrong = ahead(env)
    worker(env, 40)
    right = ahead(env)
    Path(os.environ["PORTAL_DRILL"], "clock.txt").write_text(
        f"{wrong[0]} schedules of a few minutes: a day ahead {wrong[1]}, after a right worker {right[1]}\n",
        encoding="utf-8",
    )
    assert (wrong[1] > 0, right[1]) == (True, 0)
