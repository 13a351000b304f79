"""The token index as it was until 2026-12: FTS5 on SQLite, a tsvector table with GIN on PostgreSQL."""

from django.db import migrations

CREATE_SQLITE = (
    "CREATE VIRTUAL TABLE search_tokens USING fts5(tokens, tokenize='unicode61 remove_diacritics 0')"
)
CREATE_POSTGRES = (
    "CREATE TABLE search_tokens (id bigint PRIMARY KEY, tokens tsvector NOT NULL)",
    "CREATE INDEX search_tokens_gin ON search_tokens USING gin (tokens) WITH (fastupdate = off)",
)


def create(apps, schema_editor):
    statements = CREATE_POSTGRES if schema_editor.connection.vendor == "postgresql" else (CREATE_SQLITE,)
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_tokens")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
