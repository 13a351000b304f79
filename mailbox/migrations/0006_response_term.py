# Written by hand: data only.

from typing import Any

from django.db import migrations


def write(apps: Any, schema_editor: Any) -> None:
    apps.get_model("mailbox", "Term").objects.get_or_create(
        code="response",
        defaults={"title": "对集中反映的事项公开回应", "days": 5, "source": "通行做法，待核"},
    )


class Migration(migrations.Migration):
    dependencies = [("mailbox", "0005_follow_ups")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
