"""Whether the database has every migration of this release."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

_migrated = False


def unapplied() -> list[str]:
    """The migrations of this release that the database lacks, "app.name". Raises DatabaseError if it cannot be asked.

    Asked of the database until it lacks none, then remembered: migrations are not taken back under a running server, and
    reading all of them takes longer than the page that asks.
    """
    global _migrated
    if _migrated:
        return []
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    _migrated = not plan
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def is_migrated() -> bool:
    """True as well while the database cannot be asked: then that is what is wrong."""
    try:
        return _migrated or not unapplied()
    except DatabaseError:
        return True
