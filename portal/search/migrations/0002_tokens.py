"""The token index: FTS5 on SQLite, a tsvector table with GIN on PostgreSQL."""

from django.db import migrations

from portal.search.backends import CREATE_POSTGRES, CREATE_SQLITE, DROP_POSTGRES, DROP_SQLITE


def create(apps, schema_editor):
    statements = CREATE_POSTGRES if schema_editor.connection.vendor == "postgresql" else (CREATE_SQLITE,)
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute(DROP_POSTGRES if schema_editor.connection.vendor == "postgresql" else DROP_SQLITE)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
