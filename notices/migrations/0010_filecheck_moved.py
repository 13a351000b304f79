"""The check of a file belongs to another room now; the table is there already."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("notices", "0009_filecheck_moves"), ("publishing", "0004_filecheck")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[], state_operations=[migrations.DeleteModel("FileCheck")]
        )
    ]
