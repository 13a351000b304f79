"""The way back: everything is checked first, then files and database return, with the mail held back."""

from __future__ import annotations

import hashlib
import sqlite3
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from portal.backup import disk, held
from portal.backup.checking import check_backup, check_fits
from portal.backup.engines import engine
from portal.backup.faults import BackupFault
from portal.backup.manifest import Manifest
from portal.backup.proof import differences, findings
from portal.backup.state import known_migrations
from portal.cases.guards import withhold_changes
from portal.cases.models import Case
from portal.files import bucket
from portal.files.models import StoredFile
from portal.messaging.models import Message
from portal.units.models import Account

TELLING = (Account, Case, StoredFile, Message)


@dataclass(frozen=True)
class Restored:
    """What was brought back: the old database's new place if it was kept, how much is held, what does not hold."""

    manifest: Manifest
    set_aside: Path | None
    files_written: int
    held: int
    findings: list[str]


def restore_backup(folder: Path, *, at: datetime, over_data: bool) -> Restored:
    """Bring that backup back.

    Raises BackupFault before anything is touched if the backup is not sound, does not fit this code, the
    database is in use, or it holds data and `over_data` is false.
    """
    made = check_backup(folder)
    check_fits(made)
    if not over_data and not _is_empty():
        raise BackupFault("The database is not empty. Say --yes to replace everything in it.")
    engine().refuse_if_used()
    try:
        written = _restore_files(folder, made)
        stamp = f"{timezone.localtime(at):%Y%m%dT%H%M%S}"
        aside = engine().restore(folder / made.database, [held.STATEMENTS[made.engine]], stamp)
    except (OSError, sqlite3.DatabaseError) as error:
        raise BackupFault(f"The backup could not be restored: {error}.") from error
    wrong = list(differences(made))
    if known_migrations() - set(made.migrations):
        call_command("migrate", interactive=False, verbosity=0)
    withhold_changes()  # tables made anew came with the rights of any table
    # Another history: every machine's search index is made anew, whatever number it had followed to.
    apps.get_model("search", "SearchState")._default_manager.update(history=uuid.uuid4())
    Session.objects.all().delete()  # who had logged out since the backup stays logged out
    return Restored(made, aside, written, held.held_jobs().count(), [*wrong, *findings()])


def _is_empty() -> bool:
    """Whether the live database has no account, case, file or message; a database that cannot be read is not empty."""
    try:
        with connection.cursor() as cursor:
            there = set(connection.introspection.table_names(cursor))
        return not any(model._meta.db_table in there and model._default_manager.exists() for model in TELLING)
    except DatabaseError:
        return False


def _restore_files(folder: Path, made: Manifest) -> int:
    """Put back each stored file that is not there byte for byte; gives how many. None is taken away."""
    if bucket.in_use():
        return _restore_into_store(folder, made)
    home = Path(settings.PORTAL_FILES_DIR)
    written = 0
    for name, entry in sorted(made.files.items()):
        if name == made.database:
            continue
        target = home / name.removeprefix("files/")
        if target.is_file() and disk.digest_of(target) == (entry.sha256, entry.size):
            continue
        fresh = target.with_name(f".{target.name}.tmp")
        fresh.unlink(missing_ok=True)
        disk.copy(folder / name, fresh)
        fresh.rename(target)
        disk.sync_file(target.parent)
        written += 1
    return written


def _restore_into_store(folder: Path, made: Manifest) -> int:
    written = 0
    for name, entry in sorted(made.files.items()):
        if name == made.database:
            continue
        sha256 = Path(name).name
        kept = bucket.find(sha256)
        if kept is not None and hashlib.sha256(bucket.get(sha256)).hexdigest() == entry.sha256:
            continue
        bucket.put(sha256, (folder / name).read_bytes())
        written += 1
    return written
