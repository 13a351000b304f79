"""How long a term is that was told as a date: rows whose date is the one the form proposed get its length."""

from typing import Any

from django.db import migrations, models

from portal.holidays.calendars import shipped_calendar

ROWS = (("Supplement", "asked_on", "answer_by", "supplement"), ("Assignment", "given_on", "due_on", "assist"))


def fill(apps: Any, schema_editor: Any) -> None:
    """By the shipped notices; a date that they do not give counts as picked by hand."""
    days = shipped_calendar()
    terms = dict(apps.get_model("mailbox", "Term").objects.values_list("code", "days"))
    for name, since, field, code in ROWS:
        proposed = terms.get(code)
        rows = apps.get_model("mailbox", name).objects.only("pk", since, field)
        if name == "Assignment":
            rows = rows.filter(part="assist")
        for row in rows.iterator() if proposed else ():
            if days.add(getattr(row, since), proposed) == getattr(row, field):
                row.workdays = proposed
                row.save(update_fields=["workdays"])


class Migration(migrations.Migration):
    dependencies = [
        ("mailbox", "0007_contact_in_one_way"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="workdays",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="期限工作日数（0：按日历选定）"),
        ),
        migrations.AddField(
            model_name="supplement",
            name="workdays",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="期限工作日数（0：按日历选定）"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
