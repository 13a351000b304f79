# ruff: noqa: S608 (table and column names are fixed in code, never user text)
"""Database triggers as SQL: append-only tables, and columns that take only known values.

Plain strings and a cursor; no Django. Names are fixed by the caller, never user text. Triggers are
re-created after every migration, because a table rebuild on SQLite silently drops them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol


class Guard(Protocol):
    """One rule on one table."""

    @property
    def table(self) -> str: ...

    def names(self, vendor: str) -> list[str]:
        """The triggers that must exist."""
        ...

    def create(self, vendor: str) -> list[str]:
        """Statements that make the triggers; the old ones are gone by then."""
        ...


@dataclass(frozen=True)
class AppendOnly:
    """Rows of `table` are never changed, deleted, or replaced; `unique` are its unique column sets."""

    table: str
    unique: tuple[tuple[str, ...], ...] = (("id",),)

    def names(self, vendor: str) -> list[str]:
        """The triggers that must exist."""
        ends = (
            ("no_update", "no_delete", "no_replace") if vendor == "sqlite" else ("no_change", "no_truncate")
        )
        return [f"{self.table}_{end}" for end in ends]

    def create(self, vendor: str) -> list[str]:
        """Statements that make the triggers."""
        if vendor == "sqlite":
            same = " OR ".join(
                "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in columns) + ")"
                for columns in self.unique
            )
            return [
                f'CREATE TRIGGER {self.table}_no_update BEFORE UPDATE ON "{self.table}" '
                "BEGIN SELECT RAISE(ABORT, 'append-only'); END",
                f'CREATE TRIGGER {self.table}_no_delete BEFORE DELETE ON "{self.table}" '
                "BEGIN SELECT RAISE(ABORT, 'append-only'); END",
                f'CREATE TRIGGER {self.table}_no_replace BEFORE INSERT ON "{self.table}" '
                f'WHEN EXISTS (SELECT 1 FROM "{self.table}" WHERE {same}) '
                "BEGIN SELECT RAISE(ABORT, 'append-only'); END",
            ]
        return [
            "CREATE OR REPLACE FUNCTION portal_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append-only: %', TG_OP USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$",
            f'CREATE TRIGGER {self.table}_no_change BEFORE UPDATE OR DELETE ON "{self.table}" '
            "FOR EACH ROW EXECUTE FUNCTION portal_append_only()",
            f'CREATE TRIGGER {self.table}_no_truncate BEFORE TRUNCATE ON "{self.table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION portal_append_only()",
        ]


@dataclass(frozen=True)
class KnownValues:
    """Where `when_column` is `when_value`, `column` holds one of `values`."""

    table: str
    when_column: str
    when_value: str
    column: str
    values: tuple[str, ...]

    def names(self, vendor: str) -> list[str]:
        """The triggers that must exist."""
        stem = f"{self.table}_{self.when_value}_{self.column}"
        return [f"{stem}_ins", f"{stem}_upd"] if vendor == "sqlite" else [f"{stem}_chk"]

    def create(self, vendor: str) -> list[str]:
        """Statements that make the triggers."""
        allowed = ", ".join(f"'{value}'" for value in self.values)
        wrong = f'NEW."{self.when_column}" = \'{self.when_value}\' AND NEW."{self.column}" NOT IN ({allowed})'
        if vendor == "sqlite":
            insert, update = self.names(vendor)
            return [
                f'CREATE TRIGGER {name} BEFORE {event} ON "{self.table}" WHEN {wrong} '
                "BEGIN SELECT RAISE(ABORT, 'unknown state'); END"
                for name, event in ((insert, "INSERT"), (update, "UPDATE"))
            ]
        (name,) = self.names(vendor)
        return [
            "CREATE OR REPLACE FUNCTION portal_known_values() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'unknown state' USING ERRCODE = 'check_violation'; END $$",
            f'CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON "{self.table}" FOR EACH ROW WHEN ({wrong}) '
            "EXECUTE FUNCTION portal_known_values()",
        ]


def existing(cursor: Any, vendor: str) -> set[str]:
    """Names of all triggers in the database."""
    if vendor == "sqlite":
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    else:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
    return {row[0] for row in cursor.fetchall()}


def remove(cursor: Any, vendor: str, guards: Iterable[Guard]) -> None:
    """Drop the guards' triggers where they exist."""
    present = existing(cursor, vendor)
    for guard in guards:
        for name in guard.names(vendor):
            if name in present:
                suffix = "" if vendor == "sqlite" else f' ON "{guard.table}"'
                cursor.execute(f"DROP TRIGGER {name}{suffix}")


def install(cursor: Any, vendor: str, guards: Iterable[Guard]) -> None:
    """Re-create the guards' triggers."""
    guards = list(guards)
    remove(cursor, vendor, guards)
    for guard in guards:
        for statement in guard.create(vendor):
            cursor.execute(statement)


def missing(cursor: Any, vendor: str, guards: Iterable[Guard]) -> list[str]:
    """Names of triggers that ought to be there and are not."""
    present = existing(cursor, vendor)
    return [name for guard in guards for name in guard.names(vendor) if name not in present]
