"""When the last backup was made, for the operator's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from portal.backup import manifest
from portal.backup.faults import BackupFault
from portal.backup.making import backups


@dataclass(frozen=True)
class LastBackup:
    """The newest backup whose list can be read."""

    name: str
    made_at: datetime
    files: int
    bytes: int


def last_backup(home: Path) -> LastBackup | None:
    """The newest backup in that folder; None if there is none. Reads one small file, proves nothing."""
    for folder in reversed(backups(home)):
        try:
            made = manifest.load(folder)
        except BackupFault:
            continue
        summary = made.summary()
        return LastBackup(
            folder.name, datetime.fromisoformat(made.made_at), summary["files"], summary["bytes"]
        )
    return None
