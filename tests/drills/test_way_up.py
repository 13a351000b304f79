"""A database of an earlier build, demo and all, comes up: no row is lost and the ledger verifies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.scratch import base
from tests.pristine import Pristine
from tests.servers import manage

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif("PORTAL_DRILL" not in os.environ, reason="make drill runs it"),
]
ROOT = Path(__file__).resolve().parents[2]
# Made anew by Django at every migrate, or gone out of the database: the index that lies beside it, a table that moved.
OTHERWISE = ("django_", "auth_permission", "sqlite_", "search_tokens", "notices_filecheck")
COUNT = """
import json
from django.db import connection
with connection.cursor() as cursor:
    counts = {}
    for name in connection.introspection.table_names(cursor):
        cursor.execute(f'SELECT COUNT(*) FROM "{name}"')
        counts[name] = cursor.fetchone()[0]
print(json.dumps(counts))
"""


def counts(env: dict[str, str]) -> dict[str, int]:
    """Rows of each table."""
    said = manage(env, "shell", "-v", "0", "-c", COUNT)
    assert said.returncode == 0, said.stderr
    found: dict[str, int] = json.loads(said.stdout.strip().splitlines()[-1])
    return {name: rows for name, rows in found.items() if not name.startswith(OTHERWISE)}


def test_demo_of_an_earlier_build_comes_up(pristine: Pristine, tmp_path: Path) -> None:
    with pristine.copy(tmp_path, empty=True) as url:
        env = {
            **os.environ,
            "DATABASE_URL": url,
            "PORTAL_ENV": "test",
            "PORTAL_FILES_DIR": str(tmp_path / "files"),
            "PORTAL_VAR_DIR": str(tmp_path / "var"),
            "PORTAL_FONT_DIR": str(ROOT / "var" / "fonts"),
        }
        with base() as tree:
            for words in (["migrate", "-v", "0"], ["load_organisation"], ["load_catalogue"], ["seed_demo"]):
                command = [sys.executable, "manage.py", *words]
                subprocess.run(command, cwd=tree, env=env, check=True, capture_output=True)
        before = counts(env)
        assert before["cases_case"] > 50
        up = manage(env, "migrate", "-v", "0")
        assert up.returncode == 0, up.stderr
        after = counts(env)
        lost = {name: (rows, after.get(name)) for name, rows in before.items() if after.get(name, 0) < rows}
        assert not lost
        proof = manage(env, "verify_ledger")
        assert proof.returncode == 0, proof.stdout
    Path(os.environ["PORTAL_DRILL"], "way_up.txt").write_text(
        f"{sum(before.values())} rows in {len(before)} tables came up: {proof.stdout}", encoding="utf-8"
    )
