"""Making backups: nothing half-written, small when little changed, the last good one never lost."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from portal.backup import making, manifest
from portal.backup.checking import check_backup
from portal.backup.faults import BackupFault
from portal.backup.making import backups, make_backup
from portal.backup.queries import last_backup
from portal.backup.state import State
from portal.files import vault
from tests.cast import moment

AT = moment("2026-03-01")


class Dumping:
    """An engine that writes a few bytes for a database, so that only the folder's handling is tried."""

    stored: list[str] = []
    fault = ""

    def dump(self, target: Path) -> State:
        """Write the bytes, or fail like a full disk."""
        target.write_bytes(b"database")
        if self.fault:
            raise OSError(28, self.fault)
        return State(["cases.0001_initial"], {"cases_case": 2}, 2, "ab" * 32, self.stored)

    def check(self, path: Path) -> None:
        """Take it as sound."""


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Dumping:
    """The engine that the code under test gets."""
    made = Dumping()
    monkeypatch.setattr(making, "engine", lambda: made)
    monkeypatch.setattr("portal.backup.checking.ENGINES", {connection.vendor: made})
    return made


def test_backup_holds_every_stored_file_and_can_be_checked(engine: Dumping, tmp_path: Path) -> None:
    engine.stored = [vault.write(b"one"), vault.write(b"two")]
    made = make_backup(tmp_path / "b", at=AT, keep=14)
    assert made.folder.name == "portal-20260301T100000"
    assert made.manifest.missing_files == []
    assert made.manifest.summary()["files"] == 2
    assert check_backup(made.folder) == made.manifest
    assert made.folder.stat().st_mode & 0o777 == 0o700


def test_second_backup_links_what_did_not_change(engine: Dumping, tmp_path: Path) -> None:
    sha256 = vault.write(b"one")
    first = make_backup(tmp_path / "b", at=AT, keep=14)
    second = make_backup(tmp_path / "b", at=AT + timedelta(days=1), keep=14)
    name = f"files/{sha256[:2]}/{sha256[2:4]}/{sha256}"
    assert os.path.samefile(first.folder / name, second.folder / name)
    assert not os.path.samefile(second.folder / name, vault.path_of(sha256))


def test_second_backup_does_not_link_a_file_that_rotted_in_the_first(engine: Dumping, tmp_path: Path) -> None:
    sha256 = vault.write(b"one")
    first = make_backup(tmp_path / "b", at=AT, keep=14)
    (first.folder / f"files/{sha256[:2]}/{sha256[2:4]}/{sha256}").write_bytes(b"rotten")
    second = make_backup(tmp_path / "b", at=AT + timedelta(days=1), keep=14)
    assert check_backup(second.folder)


def test_file_missing_in_the_store_is_listed(engine: Dumping, tmp_path: Path) -> None:
    engine.stored = ["f" * 64]
    assert make_backup(tmp_path / "b", at=AT, keep=14).manifest.missing_files == ["f" * 64]


def test_failed_backup_leaves_nothing_behind(engine: Dumping, tmp_path: Path) -> None:
    engine.fault = "No space left on device"
    with pytest.raises(BackupFault, match="No space left"):
        make_backup(tmp_path / "b", at=AT, keep=14)
    assert [path.name for path in (tmp_path / "b").iterdir()] == [".lock"]


def test_left_over_of_a_killed_run_is_no_backup_and_is_swept(engine: Dumping, tmp_path: Path) -> None:
    left = tmp_path / "b" / "portal-20260228T100000.partial"
    left.mkdir(parents=True)
    assert backups(tmp_path / "b") == []
    make_backup(tmp_path / "b", at=AT, keep=14)
    assert not left.exists()


def test_only_the_newest_are_kept(engine: Dumping, tmp_path: Path) -> None:
    for day in range(4):
        made = make_backup(tmp_path / "b", at=AT + timedelta(days=day), keep=2)
    assert [path.name[7:15] for path in backups(tmp_path / "b")] == ["20260303", "20260304"]
    assert made.removed == ["portal-20260302T100000"]


def test_damaged_backups_do_not_count_as_kept(engine: Dumping, tmp_path: Path) -> None:
    good = make_backup(tmp_path / "b", at=AT, keep=2).folder
    bad = make_backup(tmp_path / "b", at=AT + timedelta(days=1), keep=2).folder
    (bad / manifest.NAME).unlink()
    make_backup(tmp_path / "b", at=AT + timedelta(days=2), keep=2)
    assert good.exists()


def test_keep_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BackupFault, match="At least one"):
        make_backup(tmp_path / "b", at=AT, keep=0)


def test_two_backups_at_once_are_refused(engine: Dumping, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with making._alone(tmp_path / "b"), pytest.raises(BackupFault, match="Another backup"):
        make_backup(tmp_path / "b", at=AT, keep=1)


def test_last_backup_is_the_newest_that_can_be_read(engine: Dumping, tmp_path: Path) -> None:
    assert last_backup(tmp_path / "b") is None
    make_backup(tmp_path / "b", at=AT, keep=14)
    (tmp_path / "b" / "portal-20260401T100000").mkdir()
    newest: Any = last_backup(tmp_path / "b")
    assert (newest.name, newest.made_at) == ("portal-20260301T100000", AT)


def test_each_file_is_read_once_and_what_is_new_is_copied(
    engine: Dumping, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three files, then one more: three reads while copying; then three of the older copies and one of the new file."""
    read: list[str] = []
    digest, copy = making.disk.digest_of, making.disk.copy

    def noted(path: Path) -> tuple[str, int]:
        read.append(path.name)
        return digest(path)

    def copied(source: Path, target: Path) -> tuple[str, int]:
        read.append(source.name)
        return copy(source, target)

    monkeypatch.setattr(making.disk, "digest_of", noted)
    monkeypatch.setattr(making.disk, "copy", copied)
    old = [vault.write(data) for data in (b"one", b"two", b"three")]
    now = timezone.now() + timedelta(hours=1)
    make_backup(tmp_path / "b", at=now, keep=14)
    assert sorted(name for name in read if len(name) == 64) == sorted(old)
    read.clear()
    new = vault.write(b"four")
    second = make_backup(tmp_path / "b", at=now + timedelta(hours=1), keep=14)
    assert sorted(name for name in read if len(name) == 64) == sorted([*old, new])
    assert check_backup(second.folder).summary()["files"] == 4


def test_file_sealed_with_a_new_key_is_copied_anew(engine: Dumping, tmp_path: Path, settings: Any) -> None:
    """Its age stays as it was; the time of its last change does not."""
    sha256 = vault.write(b"one")
    at = timezone.now() - timedelta(days=3)
    first = make_backup(tmp_path / "b", at=at, keep=14)
    settings.PORTAL_FIELD_KEYS = f"{settings.PORTAL_FIELD_KEYS},k2:{'n' * 40}"
    assert vault.seal_again(sha256)
    second = make_backup(tmp_path / "b", at=at + timedelta(days=1), keep=14)
    name = f"files/{sha256[:2]}/{sha256[2:4]}/{sha256}"
    assert (first.folder / name).read_bytes() != (second.folder / name).read_bytes()
