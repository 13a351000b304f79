"""Sealing what was there before a table was bound, after every migration; and once more by command."""

from __future__ import annotations

from typing import Any

from django.db import connections, transaction

from portal.ledger import rows
from portal.ledger.macs import dump, macs, newest_kid
from portal.ledger.models import BoundTable
from portal.ledger.openings import witness
from portal.ledger.tables import Table, bound_tables


def bind(connection: Any, table: Table, *, again: bool = False) -> int:
    """Seal the rows that have no seal, and the columns that have none; with `again` all. Gives how many seals were written."""
    written = 0
    for found in rows.every(connection, table):
        kept = {} if again else rows.seals(connection, table, list(found))
        fresh = {}
        for name, values in found.items():
            kid, old = kept.get(name, (newest_kid(), {}))
            whole = macs(kid, table.name, name, table.columns, values)
            seal = kid, whole | {column: old[column] for column in whole if column in old}
            if seal != kept.get(name):
                fresh[name] = seal
        rows.put_seals(connection, table, fresh)
        written += len(fresh)
    return written


def bind_all(using: str = "default", *, names: tuple[str, ...] = (), again: bool = False) -> dict[str, int]:
    """Bind the tables of these names, or those that are not bound yet or have other columns now; gives seals written."""
    known = dict(BoundTable.objects.using(using).values_list("table", "columns"))
    done: dict[str, int] = {}
    for table in bound_tables().values():
        columns = dump(dict.fromkeys(table.columns, ""))
        if (table.name not in names) if names else known.get(table.name) == columns:
            continue
        with transaction.atomic(using=using):
            done[table.name] = bind(connections[using], table, again=again)
            BoundTable.objects.using(using).update_or_create(table=table.name, defaults={"columns": columns})
            if table.name == "ledger_caseopening" and table.name not in known:
                _witness_all(using)
    return done


def _witness_all(using: str) -> None:
    """The cases that were opened before openings were kept."""
    case = bound_tables()["cases_case"].model
    for public_id in case._base_manager.using(using).order_by("pk").values_list("public_id", flat=True):
        witness(public_id)


def not_bound() -> list[str]:
    """Names of tables that ought to be bound and are not."""
    known = set(BoundTable.objects.values_list("table", flat=True))
    return [name for name in bound_tables() if name not in known]


def after_migrate(sender: Any, using: str = "default", **kwargs: Any) -> None:
    """post_migrate receiver: what the migrations wrote, and tables and columns that are new."""
    connection: Any = connections[using]
    if BoundTable._meta.db_table not in connection.introspection.table_names():
        return
    written, connection.written_by_migrations = connection.written_by_migrations, {}
    for name, keys in written.items():
        _seal_again(connection, bound_tables()[name], list(keys))
    bind_all(using)


def _seal_again(connection: Any, table: Table, keys: list[rows.Key]) -> None:
    found = rows.read(connection, table, keys)
    kid = newest_kid()
    seals = {
        name: (kid, macs(kid, table.name, name, table.columns, values)) for name, values in found.items()
    }
    gone = [name for name in map(rows.name_of, keys) if name not in found]
    with transaction.atomic(using=connection.alias):
        rows.put_seals(connection, table, seals)
        rows.drop_seals(connection, table, gone)
