"""Making a backup: under another name first, proved, then renamed, so that half of one is never seen."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from portal.backup import disk, manifest
from portal.backup.checking import check_backup, looks_whole
from portal.backup.engines import engine
from portal.backup.faults import BackupFault
from portal.backup.manifest import Entry, Manifest
from portal.backup.state import key_fingerprints
from portal.files import bucket

PARTIAL = ".partial"
CLOCKS = timedelta(minutes=5)  # a file server's clock may lie behind


@dataclass(frozen=True)
class Made:
    """A finished backup: its folder, its manifest, and which older ones were taken away."""

    folder: Path
    manifest: Manifest
    removed: list[str]


def make_backup(home: Path, *, at: datetime, keep: int) -> Made:
    """Write a new backup into `home` and keep the newest `keep` good ones.

    Raises BackupFault, and leaves nothing behind, if it cannot be written and proved.
    """
    if keep < 1:
        raise BackupFault("At least one backup must be kept.")
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(home):
            return _make(home, at, keep)
    except (OSError, DatabaseError) as error:
        raise BackupFault(f"The backup could not be written: {error}.") from error


def backups(home: Path) -> list[Path]:
    """The finished backups in that folder, oldest first, whether good or not."""
    if not home.is_dir():
        return []
    return sorted(path for path in home.iterdir() if manifest.FOLDER.fullmatch(path.name) and path.is_dir())


def _make(home: Path, at: datetime, keep: int) -> Made:
    local = timezone.localtime(at)
    target = home / f"portal-{local:%Y%m%dT%H%M%S}"
    if target.exists():
        raise BackupFault(f"{target.name} exists already; wait a second.")
    for left in home.glob(f"portal-*{PARTIAL}"):  # of a run that was killed: we hold the lock
        shutil.rmtree(left)
    work = home / f"{target.name}{PARTIAL}"
    work.mkdir(mode=0o700)
    try:
        made = _fill(work, local, _previous(home))
        disk.sync_tree(work)
        # Every file of the store was read once: as a copy was made of it, or where the older copy was proved.
        check_backup(work, proved=made.files.keys() - {made.database})
        work.rename(target)
        disk.sync_file(home)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return Made(target, made, _prune(home, keep))


def _fill(work: Path, local: datetime, previous: tuple[Path, Manifest] | None) -> Manifest:
    """Files, then the database, then the files that came meanwhile: whatever the database names is there."""
    files = _take_files(work, previous, {})
    name = manifest.DATABASES[connection.vendor]
    state = engine().dump(work / name)
    files = _take_files(work, previous, files)
    files[name] = Entry(*disk.digest_of(work / name))
    made = Manifest(
        made_at=local.isoformat(timespec="seconds"),
        engine=connection.vendor,
        migrations=state.migrations,
        counts=state.counts,
        head_count=state.head_count,
        heads=state.heads,
        files=files,
        keys=key_fingerprints(),
        missing_files=[sha256 for sha256 in state.stored if _name(sha256) not in files],
    )
    disk.write_text(work / manifest.NAME, manifest.dump(made))
    return made


def _take_files(
    work: Path, previous: tuple[Path, Manifest] | None, taken: dict[str, Entry]
) -> dict[str, Entry]:
    files = dict(taken)
    if bucket.in_use():
        return _take_from_store(work, previous, files)
    for path in sorted(Path(settings.PORTAL_FILES_DIR).glob("??/??/*")):
        name = _name(path.name)
        if name in files or not manifest.ENTRY.fullmatch(name):
            continue
        try:
            files[name] = _take(path, work / name, name, previous)
        except FileNotFoundError:
            continue  # swept out just now; if the database still names it, it is listed as missing
    return files


def _take_from_store(
    work: Path, previous: tuple[Path, Manifest] | None, files: dict[str, Entry]
) -> dict[str, Entry]:
    """As from the disk; the store says since when an object is what it is."""
    for kept in bucket.everything():
        name = _name(kept.sha256)
        if name in files or not manifest.ENTRY.fullmatch(name):
            continue
        entry = _linked(work / name, name, previous, size=kept.size, changed=kept.at)
        try:
            files[name] = entry or Entry(*disk.write(work / name, bucket.get(kept.sha256)))
        except FileNotFoundError:
            continue
    return files


def _linked(
    target: Path, name: str, previous: tuple[Path, Manifest] | None, *, size: int, changed: float
) -> Entry | None:
    if previous is None:
        return None
    folder, older = previous
    entry = older.files.get(name)
    begun = datetime.fromisoformat(older.made_at) - CLOCKS
    if entry is None or entry.size != size or changed >= begun.timestamp():
        return None
    if _seen(folder / name) != (entry.sha256, entry.size):
        return None
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.link(folder / name, target)
    return entry


def _take(path: Path, target: Path, name: str, previous: tuple[Path, Manifest] | None) -> Entry:
    if previous is not None:
        folder, older = previous
        entry = older.files.get(name)
        if (
            entry is not None
            and _unchanged(path, entry, older)
            and _seen(folder / name) == (entry.sha256, entry.size)
        ):
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                os.link(folder / name, target)
                return entry
            except OSError:
                pass  # a disk without links, or too many of them: a copy is as good
    return Entry(*disk.copy(path, target))


def _unchanged(path: Path, entry: Entry, older: Manifest) -> bool:
    """Whether a stored file is what it was: untouched since the older backup began, by a time that nobody can set back, or
    the same byte for byte."""
    found = path.stat()
    begun = datetime.fromisoformat(older.made_at) - CLOCKS
    if found.st_size == entry.size and found.st_ctime < begun.timestamp():
        return True
    return disk.digest_of(path) == (entry.sha256, entry.size)


def _seen(path: Path) -> tuple[str, int] | None:
    try:
        return disk.digest_of(path)
    except OSError:
        return None


def _name(sha256: str) -> str:
    return f"files/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _previous(home: Path) -> tuple[Path, Manifest] | None:
    for folder in reversed(backups(home)):
        try:
            return folder, manifest.load(folder)
        except BackupFault:
            continue
    return None


def _prune(home: Path, keep: int) -> list[str]:
    """Remove what is older than the newest `keep` good backups; the one just made is among them."""
    found = backups(home)
    good = [folder for folder in found if looks_whole(folder)]
    if len(good) < keep:
        return []
    old = [folder for folder in found if folder < good[-keep]]
    for folder in old:
        gone = folder.with_name(folder.name + PARTIAL)  # never half a backup under a backup's name
        folder.rename(gone)
        shutil.rmtree(gone)
    return [folder.name for folder in old]


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    with (home / ".lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupFault("Another backup is being made in this folder.") from error
        yield
