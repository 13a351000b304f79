from typing import Any

from django.db import migrations, models

from portal.holidays.calendars import assemble, stored_notices


def begin(apps: Any, schema_editor: Any) -> None:
    """The stored dates are counted by the calendar as it is now; what differs all the same is for `mended_dates`."""
    apps.get_model("cases", "CountedBy").objects.create(pk=1, digest=assemble(stored_notices()).digest())


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_void_and_reopen"),
        ("holidays", "0002_shipped_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="CountedBy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="日历摘要")),
                ("since", models.DateTimeField(null=True, verbose_name="启用时间")),
            ],
            options={
                "verbose_name": "计时所用日历",
                "verbose_name_plural": "计时所用日历",
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
