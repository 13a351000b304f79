"""The docket's triggers: append-only log, known states; re-created after every migration, checked at start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage
from django.core.checks import Warning as Caution
from django.db import connections, transaction

from portal.cases.registry import KINDS
from portal.core import guards
from portal.core.guards import AppendOnly, Guard, KnownValues

LOG_TABLES = (
    AppendOnly("cases_caseevent", (("id",), ("case_id", "seq"), ("case_id", "prev"))),
    AppendOnly("cases_clockentry"),
    AppendOnly("cases_ledgeranchor"),
    AppendOnly("privacy_personaldataaccess"),
    AppendOnly("privacy_retentionrun"),
    AppendOnly("administration_adminrecord"),
)


def all_guards() -> list[Guard]:
    """Every trigger that the docket needs, those of the registered kinds included."""
    states = [KnownValues("cases_case", "kind", kind.code, "state", kind.states) for kind in KINDS.values()]
    return [*LOG_TABLES, *states]


def install_guards(using: str = "default") -> None:
    """Re-create all triggers whose tables exist."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with transaction.atomic(using=using), connection.cursor() as cursor:
        guards.install(cursor, connection.vendor, [g for g in all_guards() if g.table in tables])


def withhold_changes(using: str = "default") -> None:
    """On PostgreSQL, take from every role but the owner the right to change rows that only grow, and the record of migrations.

    New tables come with the rights that the default privileges give; run by whoever owns the tables. A table of somebody
    else's is left as it is: doctor names it.
    """
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table, kinds in _withheld().items():
            cursor.execute(_HOLDERS, [table, list(kinds)])
            for role, kind in cursor.fetchall():
                held = connection.ops.quote_name(role) if role else "PUBLIC"
                cursor.execute(f"REVOKE {kind} ON {connection.ops.quote_name(table)} FROM {held}")


def changeable(using: str = "default") -> list[str]:
    """On PostgreSQL, "role: right on table" for every right that nobody but the owner may have; none on SQLite."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return []
    found = []
    with connection.cursor() as cursor:
        for table, kinds in _withheld().items():
            cursor.execute(_HELD, [table, list(kinds)])
            found += [f"{role or 'PUBLIC'}: {kind} on {table}" for role, kind in cursor.fetchall()]
    return found


def _withheld() -> dict[str, tuple[str, ...]]:
    grown = {guard.table: ("UPDATE", "DELETE", "TRUNCATE") for guard in LOG_TABLES}
    return {**grown, "django_migrations": ("INSERT", "UPDATE", "DELETE", "TRUNCATE")}


# Rights by role on a table; none where the table is not there.
_HELD = (
    "SELECT r.rolname, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a"
    " LEFT JOIN pg_roles r ON r.oid = a.grantee"
    " WHERE c.oid = to_regclass(%s) AND a.grantee <> c.relowner AND a.privilege_type = ANY(%s) ORDER BY 1, 2"
)
_HOLDERS = _HELD.replace(" ORDER BY", " AND pg_has_role(c.relowner, 'MEMBER') ORDER BY")


def remove_guards(using: str = "default") -> None:
    """Drop all triggers; for tests that must empty the tables."""
    connection = connections[using]
    with connection.cursor() as cursor:
        guards.remove(cursor, connection.vendor, all_guards())


def missing_guards(using: str = "default") -> list[str]:
    """Names of triggers that are not there."""
    connection = connections[using]
    with connection.cursor() as cursor:
        return guards.missing(cursor, connection.vendor, all_guards())


def after_migrate(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """post_migrate receiver."""
    install_guards(using)
    withhold_changes(using)


def check_guards(
    *, app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """portal.W001 for each missing trigger (run with check --database default --fail-level WARNING).

    A warning and not an error: ``migrate`` runs this check before it re-creates the triggers, and a new release
    that brings a new lifecycle must be able to migrate. ``/readyz`` and ``verify_ledger`` do refuse.
    """
    found: list[CheckMessage] = []
    for alias in databases or []:
        if "cases_caseevent" in connections[alias].introspection.table_names():
            found += [
                Caution(f"trigger {name} is missing", hint="run manage.py migrate", id="portal.W001")
                for name in missing_guards(alias)
            ]
    return found
