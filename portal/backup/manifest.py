"""The list of what a backup holds; it carries its own digest, so that it cannot rot unseen."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from portal.backup.faults import BackupFault

FORMAT = 1
NAME = "manifest.json"
FOLDER = re.compile(r"portal-\d{8}T\d{6}")
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
ENTRY = re.compile(r"database\.sqlite3|database\.dump|files/([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{60}")


@dataclass(frozen=True)
class Entry:
    """One file of a backup: SHA-256 and size of its bytes as they lie there."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    `made_at` is ISO 8601 with offset. `counts` are rows by table; `heads` is the digest over the last event of
    every case, `head_count` their number. `missing_files` were gone from the store already when it was made.
    `keys` are fingerprints of the keys that the sealed fields and files need; the keys are never in a backup.
    """

    made_at: str
    engine: str
    migrations: list[str]
    counts: dict[str, int]
    head_count: int
    heads: str
    files: dict[str, Entry]
    keys: list[str]
    missing_files: list[str] = field(default_factory=list)
    format: int = FORMAT

    @property
    def database(self) -> str:
        """The database's file name in the backup."""
        return DATABASES[self.engine]

    def summary(self) -> dict[str, Any]:
        """The parts fit to be printed in one line."""
        return {
            "made_at": self.made_at,
            "engine": self.engine,
            "migrations": len(self.migrations),
            "rows": sum(self.counts.values()),
            "head_count": self.head_count,
            "heads": self.heads,
            "files": sum(name.startswith("files/") for name in self.files),
            "bytes": sum(entry.size for entry in self.files.values()),
            "missing_files": len(self.missing_files),
        }


def dump(manifest: Manifest) -> str:
    """The manifest as text, its digest included."""
    content = asdict(manifest)
    return json.dumps({**content, "digest": _digest(content)}, indent=1, sort_keys=True) + "\n"


def load(folder: Path) -> Manifest:
    """The manifest of that folder; BackupFault if it is missing, damaged or written by newer code."""
    path = folder / NAME
    if not path.is_file() or path.is_symlink():
        raise BackupFault(f"{folder.name} is not a complete backup: {NAME} is missing.")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        version = content["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupFault(f"The backup is damaged: {NAME} cannot be read.") from error
    if isinstance(version, int) and version > FORMAT:
        raise BackupFault(f"The backup has format {version}; this code knows formats up to {FORMAT}.")
    if content.pop("digest", None) != _digest(content):
        raise BackupFault(f"The backup is damaged: {NAME} does not match its own digest.")
    try:
        files = {name: Entry(**entry) for name, entry in content.pop("files").items()}
        made = Manifest(files=files, **content)
        known = made.database in files and all(ENTRY.fullmatch(name) for name in files)
    except (TypeError, KeyError, AttributeError) as error:
        raise BackupFault(f"The backup is damaged: {NAME} lacks a part.") from error
    if not known:
        raise BackupFault(f"The backup is damaged: {NAME} names files that do not belong in a backup.")
    return made


def _digest(content: dict[str, Any]) -> str:
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
