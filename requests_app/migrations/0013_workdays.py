"""How long a term is that was told as a date: rows whose date is the one the form proposed get its length."""

from typing import Any

from django.db import migrations, models

from portal.holidays.calendars import shipped_calendar

PROPOSED = 15


def fill(apps: Any, schema_editor: Any) -> None:
    """By the shipped notices; a date that they do not give counts as picked by hand."""
    days = shipped_calendar()
    for name, field in (("CorrectionNotice", "correct_by"), ("ReasonsInquiry", "answer_by")):
        for row in apps.get_model("requests_app", name).objects.only("pk", "told_on", field).iterator():
            if days.add(row.told_on, PROPOSED) == getattr(row, field):
                row.workdays = PROPOSED
                row.save(update_fields=["workdays"])


class Migration(migrations.Migration):
    dependencies = [
        ("requests_app", "0012_residence_permits"),
    ]

    operations = [
        migrations.AddField(
            model_name="correctionnotice",
            name="workdays",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="期限工作日数（0：按日历选定）"),
        ),
        migrations.AddField(
            model_name="reasonsinquiry",
            name="workdays",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="期限工作日数（0：按日历选定）"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
