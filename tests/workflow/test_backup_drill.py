"""The drill: a portal that is being written to is backed up, destroyed, restored, proved; nothing is mailed again."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from portal.backup import checking
from portal.backup.engines import ENGINES
from portal.backup.faults import BackupFault

pytestmark = pytest.mark.slow
ROOT = Path(settings.BASE_DIR)

WRITER = """
import os, sys, time
from pathlib import Path
import django
django.setup()
from django.db import transaction
from django.utils import timezone
from portal.files.actions import store_bytes
from portal.messaging import actions
from portal.messaging.actions import Recipient, notify
from portal.units.actions import load_organisation
from portal.units.choices import Role
from portal.units.models import Unit
from tests.cast import person
from tests.factories.requests_app import PHONE, handled
actions.after_quiet_hours = lambda at: at  # the drill is the same by day and by night
load_organisation()
unit = Unit.objects.get(code="city-office")
clerk = person("clerk", unit, Role.CLERK)
made = 0
while made < 3 or (made < 300 and not Path(sys.argv[1]).exists()):
    handled(unit, clerk)
    store_bytes(os.urandom(3000), media_type="text/plain")
    with transaction.atomic():
        notify(recipient=Recipient(email="somebody@test.invalid", phone=PHONE), key=f"drill-{made}",
               subject="回执", body="已收到。", link="/", at=timezone.now())
    made += 1
    if made == 3:
        print("ready", flush=True)
    elif made > 3:
        time.sleep(0.3)
print(made, flush=True)
"""

AFTERWARDS = """
import json
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from pathlib import Path
from portal.cases.models import Case
from portal.files.models import StoredFile
from portal.jobs.outbox import run_due
from portal.messaging import tasks
from portal.messaging.models import Message
tasks.after_quiet_hours = lambda at: at
def mailed():
    folder = Path(settings.EMAIL_FILE_PATH)
    texts = Path(settings.VAR_DIR) / "sms.jsonl"
    mails = sum(path.read_text().count("Message-ID") for path in folder.glob("*")) if folder.is_dir() else 0
    return mails + (len(texts.read_text().splitlines()) if texts.exists() else 0)
run_due(1000)
before = mailed()
call_command("release_held", "--yes", verbosity=0)
run_due(1000)
print(json.dumps({"before": before, "after": mailed(), "cases": Case.objects.count(),
                  "files": [len(f.read()) for f in StoredFile.objects.all()],
                  "unsent": Message.objects.filter(sent_at=None).count()}))
"""


@pytest.fixture
def database_url(tmp_path: Path, transactional_db: None) -> Iterator[str]:
    """A migrated database of the drill's own, on the engine that this run tests."""
    connection.close()
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        path = tmp_path / "drill.sqlite3"
        with closing(sqlite3.connect(config["NAME"])) as source, closing(sqlite3.connect(path)) as copy:
            source.backup(copy)
        yield f"sqlite:///{path}"
        return
    import psycopg

    name = f"drill_{secrets.token_hex(4)}"
    login = {key.lower(): config[key] for key in ("HOST", "PORT", "USER", "PASSWORD")}
    with psycopg.connect(dbname="postgres", autocommit=True, **login) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{config["NAME"]}"')
    yield f"postgres://{login['user']}:{login['password']}@{login['host']}:{login['port']}/{name}"
    with psycopg.connect(dbname="postgres", autocommit=True, **login) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def env(database_url: str, tmp_path: Path) -> dict[str, str]:
    """The environment of the drilled portal: database, files, mails all its own."""
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PYTHONPATH": str(ROOT),
        "PORTAL_ENV": "test",
        "PORTAL_VAR_DIR": str(tmp_path / "var"),
        "PORTAL_FILES_DIR": str(tmp_path / "files"),
    }


def run(env: dict[str, str], *command: str) -> dict[str, Any]:
    """What a command prints as JSON; its own words if it fails."""
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:] + done.stdout[-500:]
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def destroy(env: dict[str, str]) -> None:
    """Lose the files, and the database's tables or the head of its file."""
    shutil.rmtree(env["PORTAL_FILES_DIR"])
    url = env["DATABASE_URL"]
    if url.startswith("sqlite"):
        with open(url.removeprefix("sqlite:///"), "r+b") as handle:
            handle.write(os.urandom(8192))
        return
    import psycopg

    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("DROP SCHEMA public CASCADE")
        admin.execute("CREATE SCHEMA public")


def assert_cut_dump_is_refused(dump: Path, cut: Path) -> None:
    """The engine itself notices a dump of which the second half is gone, whatever the checksums say."""
    data = dump.read_bytes()
    cut.write_bytes(data[: len(data) // 2])
    with pytest.raises(BackupFault):
        ENGINES[connection.vendor].check(cut)


def test_restore_after_destruction_brings_back_everything_and_mails_nothing(
    env: dict[str, str], tmp_path: Path
) -> None:
    if connection.vendor == "postgresql" and not all(map(shutil.which, ("pg_dump", "pg_restore", "psql"))):
        pytest.skip("NO DRILL ON POSTGRESQL: pg_dump, pg_restore and psql are not installed")
    stop, home = tmp_path / "stop", tmp_path / "backups"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(stop)], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    try:
        assert writer.stdout.readline().strip() == "ready"
        made = run(env, "manage.py", "backup", str(home), "--json")
    finally:
        stop.touch()
        written = int(writer.stdout.read().strip() or 0)
        writer.wait(30)
    assert made["head_count"] >= 3
    assert made["missing_files"] == 0
    assert written > made["head_count"], "the writer did not write while the backup was made"
    [folder] = [path for path in home.iterdir() if path.is_dir()]
    listed = checking.check_backup(folder)
    assert_cut_dump_is_refused(folder / listed.database, tmp_path / "cut")

    destroy(env)
    started = time.monotonic()
    done = run(env, "manage.py", "restore", str(folder), "--yes", "--json")
    assert time.monotonic() - started < 60
    assert done["ok"] is True
    assert (done["head_count"], done["heads"]) == (made["head_count"], made["heads"])
    assert done["held"] >= 6

    after = run(env, "-c", AFTERWARDS)
    assert after["before"] == 0
    assert after["after"] == done["held"]
    assert after["unsent"] == 0
    assert after["cases"] == made["head_count"] == listed.counts["cases_case"]
    # Papers whose job was waiting are drawn after the restore: they come on top.
    assert after["files"].count(3000) == listed.counts["files_storedfile"]
