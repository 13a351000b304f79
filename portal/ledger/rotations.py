"""Seals of rows, made anew with the newest key for those that hold."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, models, transaction

from portal.ledger import rows
from portal.ledger.checking import changed, check_seals
from portal.ledger.macs import macs, newest_kid
from portal.ledger.models import RowSeal
from portal.ledger.tables import Table, bound_tables
from portal.privacy.rotation import HOLDS, Done, declare

CHUNK = 200


def _seals(done: Done) -> Iterator[None]:
    for table in bound_tables().values():
        after = 0
        while keys := _old(table, after):
            with transaction.atomic():
                _again(table, keys, done)
            after = keys[-1]
            yield


def _old(table: Table, after: int) -> list[int]:
    seals = RowSeal.objects.filter(table=table.name, pk__gt=after).exclude(kid=newest_kid())
    return list(seals.order_by("pk").values_list("pk", flat=True)[:CHUNK])


def _again(table: Table, keys: list[int], done: Done) -> None:
    """Rows first, as every writer takes them; one that does not hold keeps the seal that says so."""
    names = list(RowSeal.objects.filter(pk__in=keys).values_list("row", flat=True))
    now = rows.read_named(connection, table, names, lock=True)
    fresh = {}
    for name, (kid, kept) in rows.seals(connection, table, names).items():
        values = now.get(name)
        if values is None or changed(table, name, values, kid, kept):
            done.broken += 1
        elif kid != newest_kid():
            fresh[name] = newest_kid(), macs(newest_kid(), table.name, name, table.columns, values)
    rows.put_seals(connection, table, fresh)
    done.again += len(fresh)


def _holds(model: type[models.Model], key: int) -> bool:
    return not check_seals(list(RowSeal.objects.filter(table=model._meta.db_table, row=str(key))))


declare("行登记", _seals)
HOLDS.append(_holds)
