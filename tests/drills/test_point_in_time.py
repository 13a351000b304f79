"""Point in time: a wrong bulk change is undone by bringing a base copy up to the moment before it; the files of deploy/ do it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
sys.path.insert(0, str(ROOT / "scripts"))
import postgres as pg  # noqa: E402

pytestmark = pytest.mark.skipif("PORTAL_DRILL" not in os.environ, reason="make drill NAMES=point_in_time")


def as_owner(*words: object, **more: str) -> str:
    """A program as the user that owns the cluster; what it said."""
    user = pg._unprivileged()
    env = {**os.environ, "PATH": f"{pg.programs()}:{os.environ['PATH']}", **more}
    command = pg._as_other_user(user, [str(word) for word in words])
    done = subprocess.run(
        command, capture_output=True, text=True, env=env, cwd="/", stdin=subprocess.DEVNULL, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


@contextmanager
def running(data: Path, port: int, *words: str) -> Iterator[str]:
    """A server on that folder."""
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data.parent} {' '.join(words)}"
    )
    as_owner("pg_ctl", "-D", data, "-w", "-t", "60", "-l", data.parent / "log", "-o", options, "start")
    try:
        yield f"host=127.0.0.1 port={port} user=portal dbname=postgres"
    finally:
        as_owner("pg_ctl", "-D", data, "-w", "-m", "fast", "stop")


def archiving(wal: Path) -> list[str]:
    """The settings of deploy/postgresql/archive.conf with this archive."""
    lines = (ROOT / "deploy/postgresql/archive.conf").read_text(encoding="utf-8").splitlines()
    kept = [
        line.replace("/var/backups/portal-wal", str(wal))
        for line in lines
        if line and not line.startswith("#")
    ]
    return ["\n".join(kept) + "\n"]


def test_wrong_change_is_undone_to_the_second(capsys: pytest.CaptureFixture[str]) -> None:
    home = Path(tempfile.mkdtemp(prefix="portal-pitr-"))
    user = pg._unprivileged()
    try:
        if user:
            os.chown(home, user.pw_uid, user.pw_gid)
        tools = home / "tools"
        shutil.copytree(ROOT / "deploy/postgresql", tools)
        home.chmod(0o755)
        as_owner("mkdir", home / "wal", home / "base")
        as_owner(
            "initdb",
            "-D",
            home / "data",
            "-U",
            "portal",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        with (home / "data/postgresql.auto.conf").open("a") as conf:
            conf.write("".join(archiving(home / "wal")))
        port = pg.free_port()
        with running(home / "data", port) as address, psycopg.connect(address, autocommit=True) as link:
            link.execute("CREATE TABLE letters (id int PRIMARY KEY, answer text)")
            link.execute("INSERT INTO letters SELECT n, 'right' FROM generate_series(1, 500) n")
            base = as_owner(
                tools / "base_copy", home / "base", "-h", "127.0.0.1", "-p", port, "-U", "portal"
            ).splitlines()[-1]
            link.execute("INSERT INTO letters SELECT n, 'right' FROM generate_series(501, 800) n")
            time.sleep(1.1)
            moment = link.execute("SELECT now()::text").fetchone()[0]  # type: ignore[index]
            time.sleep(1.1)
            link.execute("UPDATE letters SET answer = 'wrong'")
            link.execute("SELECT pg_switch_wal()")
            end = time.monotonic() + 30
            while link.execute(
                "SELECT last_archived_wal IS NULL OR last_archived_wal < pg_walfile_name(pg_current_wal_lsn() - 1) FROM pg_stat_archiver"
            ).fetchone()[0]:  # type: ignore[index]
                assert time.monotonic() < end, "the log is not archived"
                time.sleep(0.2)
        began = time.monotonic()
        as_owner(tools / "restore_to", base, home / "wal", home / "copy", moment)
        with running(home / "copy", pg.free_port()) as address:
            end = time.monotonic() + 30
            with psycopg.connect(address, autocommit=True) as link:
                while link.execute("SELECT pg_is_in_recovery()").fetchone()[0]:  # type: ignore[index]
                    assert time.monotonic() < end
                    time.sleep(0.2)
                found = link.execute("SELECT answer, count(*) FROM letters GROUP BY 1").fetchall()
        assert found == [("right", 800)]
        line = f"promised: the moment before | seen: 800 of 800 right, 0 wrong, back after {time.monotonic() - began:.0f} s\n"
        (Path(os.environ["PORTAL_DRILL"]) / "point_in_time.txt").write_text(line, encoding="utf-8")
    finally:
        shutil.rmtree(home, ignore_errors=True)
