"""The token index of each database: FTS5 on SQLite, a GIN index on PostgreSQL; both take and give row ids."""

from __future__ import annotations

from typing import Protocol

from django.db import connection

CREATE_SQLITE = (
    "CREATE VIRTUAL TABLE search_tokens USING fts5(tokens, tokenize='unicode61 remove_diacritics 0')"
)
DROP_SQLITE = "DROP TABLE search_tokens"
CREATE_POSTGRES = (
    "CREATE TABLE search_tokens (id bigint PRIMARY KEY, tokens tsvector NOT NULL)",
    "CREATE INDEX search_tokens_gin ON search_tokens USING gin (tokens) WITH (fastupdate = off)",
)
IN_TITLE, SPELT = (
    "ㄊ",
    "ㄆ",
)  # letters that no token of a text begins with: it is of the title, of its initials
DROP_POSTGRES = "DROP TABLE search_tokens"


class Backend(Protocol):
    """What the finder asks of a database."""

    def put(self, row_id: int, tokens: list[str]) -> None:
        """Index a row anew."""

    def remove(self, row_id: int) -> None:
        """Take a row out."""

    def matching(self, tokens: list[str]) -> tuple[str, list[object]]:
        """A sub-select of row ids having all tokens, with its parameters."""


class SqliteBackend:
    """FTS5; every token is quoted, so that none is read as an operator."""

    def put(self, row_id: int, tokens: list[str]) -> None:
        """Index a row anew."""
        self.remove(row_id)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_tokens(rowid, tokens) VALUES (%s, %s)", [row_id, " ".join(tokens)]
            )

    def remove(self, row_id: int) -> None:
        """Take a row out."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_tokens WHERE rowid = %s", [row_id])

    def matching(self, tokens: list[str]) -> tuple[str, list[object]]:
        """A sub-select of row ids having all tokens."""
        quoted = " AND ".join('"' + token.replace('"', '""') + '"' for token in tokens)
        return "SELECT rowid FROM search_tokens WHERE search_tokens MATCH %s", [quoted]


class PostgresBackend:
    """array_to_tsvector: the tokens as they are, no dictionary."""

    def put(self, row_id: int, tokens: list[str]) -> None:
        """Index a row anew."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_tokens(id, tokens) VALUES (%s, array_to_tsvector(%s::text[])) "
                "ON CONFLICT (id) DO UPDATE SET tokens = EXCLUDED.tokens",
                [row_id, tokens],
            )

    def remove(self, row_id: int) -> None:
        """Take a row out."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_tokens WHERE id = %s", [row_id])

    def matching(self, tokens: list[str]) -> tuple[str, list[object]]:
        """A sub-select of row ids having all tokens."""
        quoted = " & ".join("'" + token.replace("\\", "\\\\").replace("'", "''") + "'" for token in tokens)
        return "SELECT id FROM search_tokens WHERE tokens @@ %s::tsquery", [quoted]


def backend() -> Backend:
    """The backend of the default database."""
    return PostgresBackend() if connection.vendor == "postgresql" else SqliteBackend()
