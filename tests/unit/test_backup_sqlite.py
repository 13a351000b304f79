"""SQLite's part of a backup: consistent while others write, and never under another program's feet."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from portal.backup import sqlite
from portal.backup.faults import BackupFault
from portal.backup.state import State

EMPTY = State([], {}, 0, "", [])


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small live database in WAL mode, of two tables that always grow together."""
    path = tmp_path / "live.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.executescript("CREATE TABLE one (n INTEGER); CREATE TABLE two (n INTEGER);")
    monkeypatch.setattr(sqlite, "live_path", lambda: path)
    monkeypatch.setattr(sqlite, "read_state", lambda query: EMPTY)
    return path


def test_fifty_backups_while_writing_are_all_sound(live: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(live, timeout=20)) as database:
            number = 0
            while not stop.is_set():
                number += 1
                with database:
                    database.execute("INSERT INTO one VALUES (?)", (number,))
                    database.execute("INSERT INTO two VALUES (?)", (number,))

    writer = threading.Thread(target=write)
    writer.start()
    seen = []
    try:
        for turn in range(50):
            copy = tmp_path / f"copy{turn}.sqlite3"
            sqlite.dump(copy)
            sqlite.check(copy)
            with sqlite.opened(copy) as database:
                [both] = database.execute("SELECT (SELECT count(*) FROM one), (SELECT count(*) FROM two)")
            seen.append(both)
    finally:
        stop.set()
        writer.join()
    assert all(one == two for one, two in seen)
    assert seen == sorted(seen)
    assert seen[-1] > seen[0]


def test_copy_is_one_file_and_checking_adds_none(live: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    folder.mkdir()
    sqlite.dump(folder / "database.sqlite3")
    sqlite.check(folder / "database.sqlite3")
    assert [path.name for path in folder.iterdir()] == ["database.sqlite3"]


def test_restore_under_an_open_connection_is_refused(live: Path) -> None:
    with closing(sqlite3.connect(live)) as other:
        other.execute("SELECT * FROM one").fetchall()
        with pytest.raises(BackupFault, match="Stop the web server"):
            sqlite.refuse_if_used()
    sqlite.refuse_if_used()


def test_unreadable_database_is_in_nobodys_use(live: Path) -> None:
    live.write_bytes(b"no database" * 1000)
    sqlite.refuse_if_used()


def test_restore_keeps_the_old_database_aside(live: Path, tmp_path: Path) -> None:
    sqlite.dump(tmp_path / "copy.sqlite3")
    with closing(sqlite3.connect(live)) as database, database:
        database.execute("INSERT INTO one VALUES (1)")
    aside = sqlite.restore(tmp_path / "copy.sqlite3", ["INSERT INTO two VALUES (9)"], "20260301T030000")
    assert aside == live.with_name("live.sqlite3.before-restore-20260301T030000")
    with closing(sqlite3.connect(live)) as now, closing(sqlite3.connect(aside)) as before:
        assert now.execute("SELECT * FROM one").fetchall() == []
        assert now.execute("SELECT * FROM two").fetchall() == [(9,)]
        assert before.execute("SELECT * FROM one").fetchall() == [(1,)]
