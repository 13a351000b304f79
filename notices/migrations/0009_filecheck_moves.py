"""The check of a file moves to the room that all rooms publish through: its table takes the new name."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("notices", "0008_fill_versions")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable("FileCheck", "publishing_filecheck")],
            state_operations=[],
        )
    ]
