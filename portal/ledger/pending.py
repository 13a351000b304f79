"""What a transaction has written into bound rows, sealed before it is committed.

A row is compared with its seal as it was before the first write: a column that somebody changed behind the portal's back
and that the portal now writes again unchanged keeps the seal that it does not fit, so that a lawful step does not wash it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portal.ledger import rows
from portal.ledger.macs import Values, mac, macs, newest_kid
from portal.ledger.tables import Table

Seal = tuple[str, dict[str, str]]


class Pending:
    """The rows of one connection's transaction, with what stood there before."""

    def __init__(self) -> None:
        self._tables: dict[str, Table] = {}
        self._rows: dict[str, dict[str, tuple[rows.Key, Values | None]]] = {}

    def __bool__(self) -> bool:
        return bool(self._rows)

    def note(self, table: Table, keys: Iterable[rows.Key], before: dict[str, Values] | None = None) -> None:
        """These rows are written; the first time counts."""
        self._tables[table.name] = table
        noted = self._rows.setdefault(table.name, {})
        for key in keys:
            name = rows.name_of(key)
            if name not in noted:
                noted[name] = (key, (before or {}).get(name))

    def unknown(self, table: Table, keys: Iterable[rows.Key]) -> list[rows.Key]:
        """Those of the keys that are not noted yet."""
        noted = self._rows.get(table.name, {})
        return [key for key in keys if rows.name_of(key) not in noted]

    def settle(self, connection: Any) -> None:
        """Seal everything noted, as it stands now."""
        tables, self._rows = self._rows, {}
        for name, noted in tables.items():
            _seal(connection, self._tables[name], noted)


def _seal(connection: Any, table: Table, noted: dict[str, tuple[rows.Key, Values | None]]) -> None:
    now = rows.read(connection, table, [key for key, _ in noted.values()])
    kept = rows.seals(connection, table, list(noted))
    fresh: dict[str, Seal] = {}
    for name, values in now.items():
        seal = renewed(table, name, noted[name][1], values, kept.get(name))
        if seal is not None and seal != kept.get(name):
            fresh[name] = seal
    rows.put_seals(connection, table, fresh)
    rows.drop_seals(connection, table, [name for name in kept if name not in now])


def renewed(table: Table, row: str, before: Values | None, now: Values, kept: Seal | None) -> Seal | None:
    """The seal of a row that the portal wrote; None for one that was there before and that nobody sealed."""
    if kept is None:
        return None if before is not None else _new(table, row, now)
    if before is None:
        return _new(table, row, now)
    kid, old = kept
    wounds = {
        column: old[column]
        for column, was, value in zip(table.columns, before, now, strict=True)
        if column in old and value == was and mac(kid, table.name, row, column, was) != old[column]
    }
    if not wounds:
        return _new(table, row, now)
    return kid, macs(kid, table.name, row, table.columns, now) | wounds


def _new(table: Table, row: str, now: Values) -> Seal:
    kid = newest_kid()
    return kid, macs(kid, table.name, row, table.columns, now)
