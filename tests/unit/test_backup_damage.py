"""A backup that is not byte for byte what was written is refused, and nothing is touched."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from portal.backup import disk, manifest, restoring
from portal.backup.checking import check_backup, check_fits, looks_whole
from portal.backup.faults import BackupFault
from portal.backup.manifest import Entry, Manifest
from portal.backup.state import key_fingerprints
from tests.cast import moment

STORED = "files/ab/cd/abcd" + "0" * 60


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """The smallest sound backup: a SQLite database with one table, and one stored file."""
    folder = tmp_path / "portal-20260301T030000"
    (folder / STORED).parent.mkdir(parents=True)
    (folder / STORED).write_bytes(os.urandom(200))
    with closing(sqlite3.connect(folder / "database.sqlite3")) as database:
        database.execute("CREATE TABLE thing (name TEXT)")
        database.executemany("INSERT INTO thing VALUES (?)", [(f"thing {n}" * 50,) for n in range(500)])
        database.commit()
    write_manifest(folder, manifest_of(folder))
    return folder


def manifest_of(folder: Path, **changes: Any) -> Manifest:
    """The list of what lies in the folder now."""
    files = {
        path.relative_to(folder).as_posix(): Entry(*disk.digest_of(path))
        for path in folder.rglob("*")
        if path.is_file() and path.name != manifest.NAME
    }
    plain = Manifest("2026-03-01T03:00:00+08:00", "sqlite", [], {}, 0, "", files, key_fingerprints())
    return replace(plain, **changes)


def write_manifest(folder: Path, made: Manifest) -> None:
    """Put the list into the folder, in place of one that is there."""
    (folder / manifest.NAME).write_text(manifest.dump(made), encoding="utf-8")


def flip_in_database(folder: Path) -> None:
    flip(folder / "database.sqlite3", 5000)


def flip_in_file(folder: Path) -> None:
    flip(folder / STORED, 100)


def flip_in_manifest(folder: Path) -> None:
    path = folder / manifest.NAME
    path.write_text(path.read_text().replace("2026-03-01T03", "2026-03-01T04"))


def flip(path: Path, offset: int) -> None:
    """Turn one bit of one byte."""
    data = bytearray(path.read_bytes())
    data[offset] ^= 1
    path.write_bytes(data)


def lose_file(folder: Path) -> None:
    (folder / STORED).unlink()


def lose_database(folder: Path) -> None:
    (folder / "database.sqlite3").unlink()


def lose_manifest(folder: Path) -> None:
    (folder / manifest.NAME).unlink()


def cut_database(folder: Path) -> None:
    os.truncate(folder / "database.sqlite3", 8192)


def cut_manifest(folder: Path) -> None:
    os.truncate(folder / manifest.NAME, 60)


def add_file(folder: Path) -> None:
    (folder / "files" / "more").write_text("x")


def link_file(folder: Path) -> None:
    data = (folder / STORED).rename(folder.parent / "elsewhere")
    (folder / STORED).symlink_to(data)


def name_outside(folder: Path) -> None:
    """A list, sound in itself, that would write outside of the store."""
    (folder.parent / "outside").write_text("x")
    made = manifest_of(folder)
    files = {**made.files, "files/../../outside": Entry(*disk.digest_of(folder.parent / "outside"))}
    write_manifest(folder, replace(made, files=files))


def cut_before_listing(folder: Path) -> None:
    """A dump that was cut off before its checksum was taken: only opening it shows the damage."""
    cut_database(folder)
    write_manifest(folder, manifest_of(folder))


def newer_format(folder: Path) -> None:
    write_manifest(folder, manifest_of(folder, format=manifest.FORMAT + 1))


DAMAGE: list[tuple[Callable[[Path], None], str]] = [
    (flip_in_database, "database.sqlite3 is not what was written"),
    (flip_in_file, f"{STORED} is not what was written"),
    (flip_in_manifest, "does not match its own digest"),
    (lose_file, f"incomplete: {STORED} is missing"),
    (lose_database, "incomplete: database.sqlite3 is missing"),
    (lose_manifest, "manifest.json is missing"),
    (cut_database, "database.sqlite3 is not what was written"),
    (cut_manifest, "manifest.json cannot be read"),
    (add_file, "not in its list: files/more"),
    (link_file, "no plain file"),
    (name_outside, "do not belong in a backup"),
    (cut_before_listing, "The database in the backup"),
    (newer_format, "has format 2"),
]


def test_check_of_a_sound_backup_gives_its_list(backup: Path) -> None:
    assert check_backup(backup) == manifest_of(backup)
    assert looks_whole(backup)


@pytest.mark.parametrize(("damage", "words"), DAMAGE, ids=[damage.__name__ for damage, _ in DAMAGE])
def test_restore_of_a_damaged_backup_is_refused_and_touches_nothing(
    backup: Path, damage: Callable[[Path], None], words: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    damage(backup)
    monkeypatch.setattr(restoring, "engine", lambda: pytest.fail("the database was touched"))
    monkeypatch.setattr(restoring, "check_fits", lambda made: None)
    with pytest.raises(BackupFault, match=words):
        restoring.restore_backup(backup, at=moment("2026-03-02"), over_data=True)
    assert not Path(settings.PORTAL_FILES_DIR).exists()


def test_check_of_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BackupFault, match="no backup folder"):
        check_backup(tmp_path / "portal-20260301T030000")


def test_backup_with_an_unknown_migration_is_newer_than_the_code(backup: Path) -> None:
    made = manifest_of(backup, engine=connection.vendor, migrations=["cases.9999_from_the_future"])
    with pytest.raises(BackupFault, match="newer than this code"):
        check_fits(made)


def test_backup_of_another_engine_is_refused(backup: Path) -> None:
    other = "sqlite" if connection.vendor == "postgresql" else "postgresql"
    with pytest.raises(BackupFault, match=f"The backup is of {other}"):
        check_fits(manifest_of(backup, engine=other))


def test_backup_sealed_with_other_keys_is_refused(backup: Path) -> None:
    with pytest.raises(BackupFault, match="PORTAL_FIELD_KEYS"):
        check_fits(manifest_of(backup, engine=connection.vendor, keys=["0" * 16]))


def test_manifest_holds_no_key(backup: Path, settings: Any) -> None:
    text = (backup / manifest.NAME).read_text(encoding="utf-8")
    assert settings.PORTAL_FIELD_KEYS not in text
    assert all(part.rpartition(":")[2] not in text for part in settings.PORTAL_FIELD_KEYS.split(","))
