"""The set-up says in one sentence what is missing when it may not install it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from django.conf import settings

SCRIPTS = Path(settings.BASE_DIR) / "scripts"


def test_missing_library_without_root_names_the_package_and_fails() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import libraries; "
        "libraries.NEEDED = {'libnot-there.so.9': 'libnot-there9'}; "
        "libraries.can_install = lambda: False; libraries.ensure()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(SCRIPTS)], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "请先安装：libnot-there9" in done.stdout + done.stderr


def test_help_lists_every_command() -> None:
    root = Path(settings.BASE_DIR)
    listed = subprocess.run(["make", "help"], cwd=root, capture_output=True, text=True, check=True).stdout
    wanted = [
        "setup",
        "run",
        "worker",
        "test",
        "test-unit",
        "test-browser",
        "check",
        "bench",
        "walkthrough",
        "clean",
    ]
    assert [name for name in wanted if f"make {name}" not in listed] == []
