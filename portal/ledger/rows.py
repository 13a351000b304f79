# ruff: noqa: S608 (table and column names are the models' own, never user text)
"""Rows and seals as text, read and written by plain SQL that both engines understand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from portal.ledger.macs import Values, dump, load
from portal.ledger.models import RowSeal, random_id
from portal.ledger.tables import Table

Key = tuple[Any, ...]
CHUNK = 400
SEALS = RowSeal._meta.db_table


def name_of(key: Key) -> str:
    """A primary key as a seal names it."""
    return ",".join(str(part) for part in key)


def keys_in(connection: Any, table: Table, values: Iterable[Sequence[Any]]) -> list[Key]:
    """Primary keys of the model as the database has them."""
    fields = table.model._meta.pk_fields
    return [
        tuple(field.get_db_prep_value(part, connection) for field, part in zip(fields, value, strict=True))
        for value in values
    ]


def _quoted(connection: Any, names: Iterable[str]) -> list[str]:
    return [connection.ops.quote_name(name) for name in names]


def _as_text(columns: Iterable[str]) -> str:
    return ", ".join(f"CAST({column} AS TEXT)" for column in columns)


def _among(connection: Any, table: Table, keys: Sequence[Key]) -> tuple[str, list[Any]]:
    columns = _quoted(connection, table.keys)
    if len(columns) == 1:
        return f"{columns[0]} IN ({', '.join(['%s'] * len(keys))})", [key[0] for key in keys]
    one = "(" + " AND ".join(f"{column} = %s" for column in columns) + ")"
    return " OR ".join([one] * len(keys)), [part for key in keys for part in key]


def read(connection: Any, table: Table, keys: Sequence[Key], *, lock: bool = False) -> dict[str, Values]:
    """The sealed columns of these rows as text, by name of the row; locked as an UPDATE would lock them."""
    found: dict[str, Values] = {}
    wanted = _as_text(_quoted(connection, (*table.keys, *table.columns)))
    ends = " FOR NO KEY UPDATE" if lock and connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for start in range(0, len(keys), CHUNK):
            where, parameters = _among(connection, table, keys[start : start + CHUNK])
            cursor.execute(
                f"SELECT {wanted} FROM {connection.ops.quote_name(table.name)} WHERE {where}{ends}",
                parameters,
            )
            found |= _named(table, cursor.fetchall())
    return found


def _named(table: Table, rows: Iterable[Sequence[Any]]) -> dict[str, Values]:
    width = len(table.keys)
    return {name_of(tuple(row[:width])): tuple(row[width:]) for row in rows}


def read_named(
    connection: Any, table: Table, names: Sequence[str], *, lock: bool = False
) -> dict[str, Values]:
    """The sealed columns of the rows of these names; one whose name is no key of the table is not there."""
    fields = table.model._meta.pk_fields
    keys = []
    for name in names:
        parts = name.split(",")
        try:
            keys += keys_in(connection, table, [[f.to_python(p) for f, p in zip(fields, parts, strict=True)]])
        except Exception:  # noqa: S112 (whatever a hand has written there)
            continue
    return read(connection, table, keys, lock=lock)


def every(connection: Any, table: Table) -> Iterator[dict[str, Values]]:
    """All rows of the table, some at a time."""
    keys = ", ".join(_quoted(connection, table.keys))
    name = connection.ops.quote_name(table.name)
    after: Key | None = None
    while True:
        where = f"WHERE ({keys}) > ({', '.join(['%s'] * len(table.keys))})" if after is not None else ""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {keys} FROM {name} {where} ORDER BY {keys} LIMIT {CHUNK}", after or ())
            found = [tuple(row) for row in cursor.fetchall()]
        if not found:
            return
        yield read(connection, table, found)
        after = found[-1]


def without_seal(connection: Any, table: Table, most: int) -> list[str]:
    """Names of rows that nobody sealed, at most so many."""
    keys = [f"CAST(t.{column} AS TEXT)" for column in _quoted(connection, table.keys)]
    name = " || ',' || ".join(keys)
    own = connection.ops.quote_name("table")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {name} FROM {connection.ops.quote_name(table.name)} t WHERE NOT EXISTS "
            f"(SELECT 1 FROM {SEALS} s WHERE s.{own} = %s AND s.{connection.ops.quote_name('row')} = {name}) "
            f"LIMIT {most}",
            [table.name],
        )
        return [row[0] for row in cursor.fetchall()]


def seals(connection: Any, table: Table, names: Sequence[str]) -> dict[str, tuple[str, dict[str, str]]]:
    """Key id and digests by name of the row."""
    own, row = _quoted(connection, ("table", "row"))
    found: dict[str, tuple[str, dict[str, str]]] = {}
    with connection.cursor() as cursor:
        for start in range(0, len(names), CHUNK):
            part = list(names[start : start + CHUNK])
            cursor.execute(
                f"SELECT {row}, kid, columns FROM {SEALS} WHERE {own} = %s AND {row} IN "
                f"({', '.join(['%s'] * len(part))})",
                [table.name, *part],
            )
            found |= {name: (kid, load(columns)) for name, kid, columns in cursor.fetchall()}
    return found


def put_seals(connection: Any, table: Table, found: dict[str, tuple[str, dict[str, str]]]) -> None:
    """Write seals, over the old ones of the same rows."""
    own, row = _quoted(connection, ("table", "row"))
    rows = [(random_id(), table.name, name, kid, dump(macs)) for name, (kid, macs) in found.items()]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), CHUNK):
            part = rows[start : start + CHUNK]
            cursor.execute(
                f"INSERT INTO {SEALS} (id, {own}, {row}, kid, columns) VALUES "
                f"{', '.join(['(%s, %s, %s, %s, %s)'] * len(part))} ON CONFLICT ({own}, {row}) "
                "DO UPDATE SET kid = excluded.kid, columns = excluded.columns",
                [value for values in part for value in values],
            )


def drop_seals(connection: Any, table: Table, names: Sequence[str]) -> None:
    """Take away the seals of rows that are gone."""
    own, row = _quoted(connection, ("table", "row"))
    with connection.cursor() as cursor:
        for start in range(0, len(names), CHUNK):
            part = list(names[start : start + CHUNK])
            cursor.execute(
                f"DELETE FROM {SEALS} WHERE {own} = %s AND {row} IN ({', '.join(['%s'] * len(part))})",
                [table.name, *part],
            )
