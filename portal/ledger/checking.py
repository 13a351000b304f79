"""What does not hold of rows and seals: a changed column, a row that is gone, a row put in by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from portal.ledger import rows
from portal.ledger.macs import Values, load, mac
from portal.ledger.models import BoundTable, RowSeal
from portal.ledger.tables import Table, bound_tables

NAMED = 20


def changed(table: Table, row: str, values: Values, kid: str, kept: dict[str, str]) -> list[str]:
    """The columns that are not what the portal wrote; all of them if the seal's key is gone."""
    return [
        column
        for column, value in zip(table.columns, values, strict=True)
        if mac(kid, table.name, row, column, value) != kept.get(column)
    ]


def check_seals(found: Sequence[RowSeal]) -> dict[int, list[str]]:
    """What does not hold, in words, by id of the seal."""
    wrong: dict[int, list[str]] = {}
    for name in {seal.table for seal in found}:
        table = bound_tables().get(name)
        if table is None:
            continue
        mine = [seal for seal in found if seal.table == name]
        now = _read(table, [seal.row for seal in mine])
        for seal in mine:
            reasons = _reasons(table, seal, now.get(seal.row))
            if reasons:
                wrong[seal.pk] = reasons
    return wrong


def _read(table: Table, names: list[str]) -> dict[str, Values]:
    return rows.read_named(connection, table, names)


def _reasons(table: Table, seal: RowSeal, values: Values | None) -> list[str]:
    if values is None:
        return [f"{table.title}（{table.name}）第{seal.row}行被删除"]
    columns = changed(table, seal.row, values, seal.kid, load(seal.columns))
    return [f"{table.title}（{table.name}）第{seal.row}行{'、'.join(columns)}被改动"] if columns else []


def check_table(bound: BoundTable) -> Iterator[str]:
    """Rows of a table that nobody sealed."""
    table = bound_tables().get(bound.table)
    if table is not None:
        for row in rows.without_seal(connection, table, NAMED):
            yield f"{table.title}（{table.name}）第{row}行不是由系统写入"


def seals_of(names: dict[str, list[Any]]) -> list[RowSeal]:
    """The seals of these rows, by table and primary key."""
    return [
        seal
        for table, keys in names.items()
        for seal in RowSeal.objects.filter(table=table, row__in=[str(key) for key in keys])
    ]
