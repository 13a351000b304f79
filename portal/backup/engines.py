"""Which engine's hands do the work."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, cast

from django.db import connection

from portal.backup import postgres, sqlite
from portal.backup.state import State


class Engine(Protocol):
    """What a database engine offers to backups."""

    def dump(self, target: Path) -> State:
        """Write the live database into a new file; gives the state of what was written."""

    def check(self, path: Path) -> None:
        """BackupFault if the file is not a sound database."""

    def refuse_if_used(self) -> None:
        """BackupFault if somebody else is using the live database."""

    def restore(self, source: Path, statements: list[str], stamp: str) -> Path | None:
        """Replace the live database, statements included, at once; gives where the old one lies, if kept."""


ENGINES = {"sqlite": cast(Engine, sqlite), "postgresql": cast(Engine, postgres)}


def engine() -> Engine:
    """The live database's engine."""
    return ENGINES[connection.vendor]
