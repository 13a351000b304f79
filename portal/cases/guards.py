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
