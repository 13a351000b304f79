"""Enter the State Council's notices of 2004 to 2026."""

from datetime import timedelta

from django.db import migrations

from portal.holidays.data.notices import shipped_notices


def enter(apps, schema_editor):
    """One row a notice, one a day; years that are there already stay as they are."""
    notice_model = apps.get_model("holidays", "HolidayNotice")
    day_model = apps.get_model("holidays", "HolidayDay")
    for year, shipped in sorted(shipped_notices().items()):
        row, added = notice_model.objects.get_or_create(
            year=year, defaults={"document": shipped.notice.source, "source_note": shipped.note}
        )
        if not added:
            continue
        days = [
            day_model(notice=row, date=first + timedelta(days=offset), kind="off", name=name)
            for first, last, name in shipped.notice.days_off
            for offset in range((last - first).days + 1)
        ]
        days += [
            day_model(notice=row, date=day, kind="work", name=name) for day, name in shipped.notice.work_on
        ]
        day_model.objects.bulk_create(days)


def keep(apps, schema_editor):
    """Going back leaves the rows: 0001 drops the tables."""


class Migration(migrations.Migration):
    dependencies = [("holidays", "0001_notices")]

    operations = [migrations.RunPython(enter, keep)]
