"""What a database holds, in figures that can be compared before and after."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from portal.cases.models import Case
from portal.files.models import StoredFile
from portal.jobs.models import OutboxJob
from portal.jobs.outbox import HOLD

Query = Callable[[str], Iterable[tuple[Any, ...]]]
# The hold that a restore writes is no part of what was there before.
_ONLY = {OutboxJob._meta.db_table: f" WHERE topic <> '{HOLD}'"}


@dataclass(frozen=True)
class State:
    """Applied migrations, rows by table, the heads of the event log, and the digests of the stored files."""

    migrations: list[str]
    counts: dict[str, int]
    head_count: int
    heads: str
    stored: list[str]


def read_state(query: Query) -> State:
    """The state as that query function sees it; the caller keeps it to one snapshot."""
    quote = connection.ops.quote_name
    cases = quote(Case._meta.db_table)
    # Table names come from the models, never from a person.
    heads = sorted(
        f"{uuid.UUID(str(public_id))} {seq} {digest}"
        for public_id, seq, digest in query(f"SELECT public_id, last_seq, last_digest FROM {cases}")  # noqa: S608  # nosec B608
    )
    migrations = query("SELECT app, name FROM django_migrations ORDER BY app, name")
    counts = {
        table: int(next(iter(query(f"SELECT count(*) FROM {quote(table)}{_ONLY.get(table, '')}")))[0])  # noqa: S608  # nosec B608
        for table in tables()
    }
    stored = query(f"SELECT sha256 FROM {quote(StoredFile._meta.db_table)} ORDER BY sha256")  # noqa: S608  # nosec B608
    return State(
        migrations=[f"{app}.{name}" for app, name in migrations],
        counts=counts,
        head_count=len(heads),
        heads=hashlib.sha256("\n".join(heads).encode()).hexdigest(),
        stored=[row[0] for row in stored],
    )


def tables() -> list[str]:
    """The tables that are there now, sorted; an older schema than the code's is read as it is."""
    with connection.cursor() as cursor:
        return sorted(connection.introspection.table_names(cursor))


def live_query(sql: str) -> list[tuple[Any, ...]]:
    """Run a query on the live connection."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def known_migrations() -> set[str]:
    """Every migration that this code brings, replaced ones included."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    names = {f"{app}.{name}" for app, name in loader.disk_migrations}
    for migration in loader.disk_migrations.values():
        names.update(f"{app}.{name}" for app, name in migration.replaces)
    return names


def key_fingerprints() -> list[str]:
    """Short fingerprints of the field keys in use; enough to tell keys apart, of no use to find them."""
    parts = [part.strip() for part in settings.PORTAL_FIELD_KEYS.split(",") if part.strip()]
    return [hmac.new(part.encode(), b"portal backup", hashlib.sha256).hexdigest()[:16] for part in parts]
