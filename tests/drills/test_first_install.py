"""deploy/install on a bare Debian in a root of its own, as a person would run it: packages, release, tables, then once more."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
sys.path.insert(0, str(ROOT / "scripts"))
from postgres import temporary_postgres  # noqa: E402

pytestmark = pytest.mark.skipif("PORTAL_DRILL" not in os.environ, reason="make drill NAMES=install")


def test_bare_root_becomes_a_portal_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    """Release laid with packages of its own, tables by the owner from the first migration on, doctor at the end."""
    (tmp_path / "var/lib/portal").mkdir(parents=True)
    (tmp_path / "var/lib/portal/fonts").symlink_to(settings.PORTAL_FONT_DIR)
    told = []
    with temporary_postgres() as url:
        words = ["--root", str(tmp_path), "--site", "portal.example", "--admin-url", url]
        env = {
            name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DJANGO_"))
        }
        for _ in range(2):
            began = time.monotonic()
            done = subprocess.run(
                [ROOT / "deploy/install", *words], capture_output=True, text=True, env=env, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr
            told.append(
                f"{done.stdout.splitlines()[-1].removeprefix('==> ')} in {time.monotonic() - began:.0f} s"
            )
        assert done.stdout.splitlines()[-1] == "==> nothing was to be changed"
        home = (tmp_path / "opt/portal").resolve()
        assert home.parent.name == "portal-releases"
        assert not (home / ".git").exists()
        look = subprocess.run(
            [ROOT / "deploy/manage", "--root", tmp_path, "doctor", "--all"],
            capture_output=True,
            text=True,
            env=env,
            check=False,
        )
        assert look.returncode == 1
        assert "后台任务进程：没有运行过" in look.stdout
        assert "版本" in look.stdout
        moved = subprocess.run(
            [ROOT / "deploy/upgrade", "--root", tmp_path, "--admin-url", url],
            capture_output=True,
            text=True,
            env=env,
            check=False,
        )
        assert moved.returncode == 0, moved.stdout + moved.stderr
        assert len(list((tmp_path / "var/backups/portal").glob("portal-*"))) == 1
    line = f"promised: run twice is run once | seen: first {told[0]}, second {told[1]}; upgrade with a backup went through\n"
    (Path(os.environ["PORTAL_DRILL"]) / "install.txt").write_text(line, encoding="utf-8")
