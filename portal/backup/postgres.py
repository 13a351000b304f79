"""PostgreSQL: pg_dump from one snapshot, pg_restore in one transaction; the password only in the environment."""

from __future__ import annotations

import os
import shutil
import subprocess  # nosec B404
import tempfile
from pathlib import Path

from django.db import connection, transaction

from portal.backup import disk
from portal.backup.faults import BackupFault
from portal.backup.state import State, live_query, read_state

EMPTY = (
    "SET client_min_messages = warning",
    "DROP SCHEMA public CASCADE",
    "CREATE SCHEMA public",
)
OPTIONS = {
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


def dump(target: Path) -> State:
    """Dump the live database; gives the state of the very snapshot that was dumped."""
    with transaction.atomic():
        live_query_only("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        snapshot = live_query("SELECT pg_export_snapshot()")[0][0]
        _run("pg_dump", "--format=custom", "--no-owner", "--no-acl",
             f"--snapshot={snapshot}", f"--file={target}")  # fmt: skip
        state = read_state(live_query)
    target.chmod(0o600)
    disk.sync_file(target)
    return state


def check(path: Path) -> None:
    """Let pg_restore read the dump to its end, without a server; BackupFault if it cannot."""
    if "TABLE DATA" not in _run("pg_restore", "--list", str(path)):
        raise BackupFault("The database in the backup holds no table.")
    _run("pg_restore", f"--file={os.devnull}", str(path))


def refuse_if_used() -> None:
    """BackupFault if another session is connected to the live database."""
    others = live_query(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )[0][0]
    if others:
        raise BackupFault(
            f"{others} other sessions are connected to the database. Stop the web server and the worker."
        )


def restore(source: Path, statements: list[str], stamp: str) -> Path | None:
    """Replace the schema `public` by the dump and run the statements, all in one transaction.

    Grants to other roles are not in the dump; the owner's default privileges (deploy/postgresql/roles.sql) give them again.
    """
    with tempfile.TemporaryDirectory(prefix="portal-restore-") as folder:
        script = Path(folder) / "database.sql"
        _run("pg_restore", "--no-owner", "--no-acl", f"--file={script}", str(source))
        connection.close()
        before = [word for line in EMPTY for word in ("-c", line)]
        # The dump leaves the session without a search path.
        after = [word for line in ("SET search_path TO public", *statements) for word in ("-c", line)]
        _run("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
             f"--dbname={connection.settings_dict['NAME']}", *before, "-f", str(script), *after)  # fmt: skip
    return None


def live_query_only(sql: str) -> None:
    """Run a statement that gives no rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _environment() -> dict[str, str]:
    config = connection.settings_dict
    values = {
        "PGHOST": config["HOST"],
        "PGPORT": config["PORT"],
        "PGUSER": config["USER"],
        "PGPASSWORD": config["PASSWORD"],
        "PGDATABASE": config["NAME"],
        "PGCONNECT_TIMEOUT": "10",
    }
    for option, variable in OPTIONS.items():
        values[variable] = config.get("OPTIONS", {}).get(option, "")
    return {**os.environ, **{name: str(value) for name, value in values.items() if value}}


def _run(program: str, *arguments: str) -> str:
    """What the program printed; BackupFault with its own last words if it fails."""
    binary = shutil.which(program)
    if binary is None:
        raise BackupFault(f"{program} is not installed; it comes with Debian's package postgresql-client.")
    done = subprocess.run(  # nosec B603
        [binary, *arguments],
        env=_environment(),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        words = [line for line in done.stderr.strip().splitlines() if line.strip()] or ["no reason given"]
        raise BackupFault(f"{program} failed: {words[0]}")
    return done.stdout
