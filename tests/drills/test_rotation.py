"""rotate_keys is killed again and again; it is gone on with until it ends, and nothing but the new key is needed then."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import manage

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif("PORTAL_DRILL" not in os.environ, reason="make drill runs it"),
]
ROOT = Path(__file__).resolve().parents[2]
OLD, NEW = "test-only-field_keys-" + "0" * 32, "b:" + "1" * 40
WRITE = """
from portal.files.actions import store_bytes
from tests.factories.mailbox import submitted
for number in range(300):
    submitted(name=f"王小明{number}")
for number in range(60):
    store_bytes(f"{number}".encode() * 200, media_type="text/plain")
"""


def test_rotation_killed_again_and_again(database_url: str, tmp_path: Path) -> None:
    env = {
        **os.environ,
        "DATABASE_URL": database_url,
        "PORTAL_ENV": "test",
        "PORTAL_FIELD_KEYS": OLD,
        "PORTAL_FILES_DIR": str(tmp_path / "files"),
        "PYTHONPATH": str(ROOT),
    }
    assert manage(env, "load_organisation").returncode == 0
    written = manage(env, "shell", "-v", "0", "-c", WRITE)
    assert written.returncode == 0, written.stderr
    env["PORTAL_FIELD_KEYS"] = f"{OLD},{NEW}"
    chooser, kills = random.Random(5), 0
    while True:
        program = subprocess.Popen([sys.executable, "manage.py", "rotate_keys"], cwd=ROOT, env=env)
        try:
            assert program.wait(chooser.uniform(3, 6) + kills) == 0
            break
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()
            kills += 1
            assert manage(env, "verify_ledger").returncode == 0
    env["PORTAL_FIELD_KEYS"] = NEW
    proof = manage(env, "verify_ledger")
    Path(os.environ["PORTAL_DRILL"], "rotation.txt").write_text(
        f"killed {kills} times; with the new key alone: {proof.stdout}", encoding="utf-8"
    )
    assert proof.returncode == 0, proof.stdout
