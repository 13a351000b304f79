"""SQLite: the online backup of a live database, never a copy of its files; and the way back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from portal.backup import disk
from portal.backup.faults import BackupFault
from portal.backup.state import State, read_state

PARTS = ("", "-wal", "-shm", "-journal")


def live_path() -> Path:
    """The live database file."""
    return Path(str(connection.settings_dict["NAME"]))


def dump(target: Path) -> State:
    """Copy the live database in one consistent step while others go on writing; gives the copy's state."""
    with closing(_open(live_path(), "ro")) as source, closing(sqlite3.connect(target)) as copy:
        target.chmod(0o600)
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, complete in itself
    disk.sync_file(target)
    with opened(target) as copy:
        return read_state(lambda sql: copy.execute(sql).fetchall())


def check(path: Path) -> None:
    """Open the copy and let SQLite look at every page; BackupFault if anything is wrong."""
    try:
        with opened(path) as copy:
            found = copy.execute("PRAGMA integrity_check").fetchall()
    except sqlite3.DatabaseError as error:
        raise BackupFault(f"The database in the backup cannot be opened: {error}.") from error
    if found != [("ok",)]:
        raise BackupFault(f"The database in the backup is damaged: {found[0][0]}.")


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The copy, opened so that nothing can be written beside it."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
        yield copy


def refuse_if_used() -> None:
    """BackupFault if another program has the live database open. An unreadable file is nobody's."""
    path = live_path()
    connection.close()
    if not path.exists():
        return
    try:
        with closing(_open(path, "rw", timeout=1.0)) as live:
            live.execute("PRAGMA journal_mode=DELETE")  # needs to be alone, and empties the -wal file
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise BackupFault(
                "Another program has the database open. Stop the web server and the worker."
            ) from error
    except sqlite3.DatabaseError:
        return


def restore(source: Path, statements: list[str], stamp: str) -> Path | None:
    """Put the copy in the live file's place; gives where the old database was set aside, if there was one.

    The statements (holding back the mail) run in the new file before it gets the live name.
    """
    path = live_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    connection.close()
    fresh = path.with_name(f"{path.name}.restoring")
    fresh.unlink(missing_ok=True)
    disk.copy(source, fresh)
    with closing(sqlite3.connect(fresh)) as copy:
        for statement in statements:
            copy.execute(statement)
        copy.commit()
    disk.sync_file(fresh)
    aside = path.with_name(f"{path.name}.before-restore-{stamp}")
    found = [part for part in PARTS if path.with_name(path.name + part).exists()]
    for part in found:
        path.with_name(path.name + part).rename(aside.with_name(aside.name + part))
    fresh.rename(path)
    disk.sync_file(path.parent)
    return aside if "" in found else None


def _open(path: Path, mode: str, timeout: float = 20.0) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=timeout)
