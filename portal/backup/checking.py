"""Is a backup whole and sound? Nothing here writes."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from django.db import connection

from portal.backup import disk, manifest
from portal.backup.engines import ENGINES
from portal.backup.faults import BackupFault
from portal.backup.manifest import Manifest
from portal.backup.state import key_fingerprints, known_migrations


def check_backup(folder: Path, *, proved: Collection[str] = ()) -> Manifest:
    """The manifest of a backup in which every byte is as it was written and the database opens.

    Of the files in `proved`, which were read just now, only the size is looked at again.
    Raises BackupFault with the first thing that does not hold.
    """
    if not folder.is_dir():
        raise BackupFault(f"There is no backup folder {folder.name}.")
    made = manifest.load(folder)
    check_names(folder, made)
    for name, entry in sorted(made.files.items()):
        if name in proved and (folder / name).stat().st_size == entry.size:
            continue
        if disk.digest_of(folder / name) != (entry.sha256, entry.size):
            raise BackupFault(f"The backup is damaged: {name} is not what was written.")
    ENGINES[made.engine].check(folder / made.database)
    return made


def check_names(folder: Path, made: Manifest) -> None:
    """BackupFault if a file is missing, too many, or no plain file."""
    found: set[str] = set()
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise BackupFault(f"The backup is damaged: {name} is no plain file.")
        if path.is_file():
            found.add(name)
    found.discard(manifest.NAME)
    for name in sorted(set(made.files) - found):
        raise BackupFault(f"The backup is incomplete: {name} is missing.")
    for name in sorted(found - set(made.files)):
        raise BackupFault(f"The backup holds a file that is not in its list: {name}.")


def looks_whole(folder: Path) -> bool:
    """Whether the list can be read and every file has its size; quick, for deciding what to keep."""
    try:
        made = manifest.load(folder)
        check_names(folder, made)
    except (BackupFault, OSError):
        return False
    return all((folder / name).stat().st_size == entry.size for name, entry in made.files.items())


def check_fits(made: Manifest) -> None:
    """BackupFault if this code, this engine or these keys are not the ones for that backup."""
    if made.engine != connection.vendor:
        raise BackupFault(f"The backup is of {made.engine}; this portal runs on {connection.vendor}.")
    newer = sorted(set(made.migrations) - known_migrations())
    if newer:
        raise BackupFault(
            f"The backup is newer than this code: it knows nothing of {newer[0]}. Install that release first."
        )
    if not set(made.keys) <= set(key_fingerprints()):
        raise BackupFault(
            "PORTAL_FIELD_KEYS is not the one of this backup; its sealed data could not be read."
        )
