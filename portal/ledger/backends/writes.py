"""The three statements that change rows, as Django compiles them, each telling the connection which rows it changed.

Every write of the ORM comes through here: save, update, bulk_create, bulk_update, a cascade, the admin, a migration.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.constants import OnConflict
from django.db.models.expressions import Col
from django.db.models.lookups import Exact
from django.db.models.sql.query import Query

from portal.ledger import rows
from portal.ledger.tables import Table, bound_tables


def _table(compiler: Any) -> Table | None:
    """The bound table that the statement writes; rows written by a migration are remembered until the models fit."""
    return bound_tables().get(compiler.query.get_meta().db_table)


def _by_migration(compiler: Any) -> bool:
    return bool(compiler.query.model.__module__ == "__fake__")


def _remember(compiler: Any, table: Table, keys: Sequence[rows.Key]) -> None:
    compiler.connection.written_by_migrations.setdefault(table.name, set()).update(keys)


def _affected(compiler: Any, table: Table) -> list[rows.Key]:
    """The keys of the rows that the statement's condition takes, before it runs."""
    meta = compiler.query.get_meta()
    children = compiler.query.where.children
    if len(children) == 1 and isinstance(children[0], Exact) and not compiler.query.where.negated:
        left, right = children[0].lhs, children[0].rhs
        if isinstance(left, Col) and left.target is meta.pk and not hasattr(right, "as_sql"):
            return rows.keys_in(compiler.connection, table, [(right,)])
    query = compiler.query.chain(klass=Query)
    query.get_initial_alias()
    query.select_related = False
    query.clear_ordering(force=True)
    query.extra, query.select = {}, ()
    query.add_fields([field.name for field in meta.pk_fields])
    found = query.get_compiler(compiler.using).results_iter()
    return rows.keys_in(compiler.connection, table, list(found))


class SealedInsert:
    """INSERT."""

    query: Any
    connection: Any
    using: str

    def execute_sql(self, returning_fields: Any = None) -> Any:
        """As Django's."""
        table = _table(self)
        if table is None:
            return super().execute_sql(returning_fields)  # type: ignore[misc]
        if self.query.on_conflict == OnConflict.UPDATE:
            raise NotImplementedError(f"{table.name} is bound: its rows are written one way only")
        spared = self.query.on_conflict == OnConflict.IGNORE
        with transaction.atomic(using=self.using, savepoint=False):
            there = self._like_these(table) if spared else []
            found = super().execute_sql(returning_fields)  # type: ignore[misc]
            if spared:  # what stood there before is not written, and keeps the seal that it has
                keys = [key for key in self._like_these(table) if key not in there]
            else:
                keys = rows.keys_in(self.connection, table, self._keys(returning_fields or [], found))
            if _by_migration(self):
                _remember(self, table, keys)
            else:
                self.connection.pending.note(table, keys)
                self.connection.settle()
        return found

    def _like_these(self, table: Table) -> list[rows.Key]:
        """The keys of the rows that say what the statement would insert, as the rows between two models do."""
        fields = [field for field in self.query.get_meta().local_concrete_fields if not field.primary_key]
        wanted = Q(pk__in=[])
        for instance in self.query.objs:
            wanted |= Q(**{field.attname: getattr(instance, field.attname) for field in fields})
        found = self.query.model._base_manager.using(self.using).filter(wanted)
        names = [field.attname for field in self.query.get_meta().pk_fields]
        return rows.keys_in(self.connection, table, list(found.values_list(*names)))

    def _keys(self, returned: Sequence[Any], found: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
        at = {field.attname: index for index, field in enumerate(returned)}
        keys = []
        for index, instance in enumerate(self.query.objs):
            values = []
            for field in self.query.get_meta().pk_fields:
                value = getattr(instance, field.attname)
                values.append(found[index][at[field.attname]] if value is None else value)
            keys.append(tuple(values))
        return keys


class SealedUpdate:
    """UPDATE."""

    query: Any
    connection: Any
    using: str

    def execute_sql(self, result_type: Any) -> Any:
        """As Django's."""
        table = _table(self)
        written = {field.column for field, _, _ in self.query.values}
        if table is None or not written & {*table.columns, *table.keys}:
            return super().execute_sql(result_type)  # type: ignore[misc]
        with transaction.atomic(using=self.using, savepoint=False):
            keys = _affected(self, table)
            if _by_migration(self):
                _remember(self, table, keys)
            elif fresh := self.connection.pending.unknown(table, keys):
                before = rows.read(self.connection, table, fresh, lock=True)
                self.connection.pending.note(table, fresh, before)
            done = super().execute_sql(result_type)  # type: ignore[misc]
            self.connection.settle()
        return done


class SealedDelete:
    """DELETE."""

    query: Any
    connection: Any
    using: str

    def execute_sql(self, *args: Any, **kwargs: Any) -> Any:
        """As Django's."""
        table = _table(self)
        if table is None:
            return super().execute_sql(*args, **kwargs)  # type: ignore[misc]
        with transaction.atomic(using=self.using, savepoint=False):
            keys = _affected(self, table)
            done = super().execute_sql(*args, **kwargs)  # type: ignore[misc]
            if _by_migration(self):
                _remember(self, table, keys)
            else:
                self.connection.pending.note(table, keys)
                self.connection.settle()
        return done
