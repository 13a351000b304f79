# Written by hand: data only.

from typing import Any

from django.db import migrations
from django.db.models import Max

# Series whose numbers run over the whole city; before, each unit counted for itself and two could get the same number.
SERIES = (
    "article",
    "consultation",
    "course",
    "error_report",
    "hearing",
    "poll",
    "topic",
)


def raise_counters(apps: Any, schema_editor: Any) -> None:
    """The government office's counter goes on after the highest number of any unit."""
    counter = apps.get_model("cases", "NumberCounter")
    office = apps.get_model("units", "Unit").objects.filter(code="city-office").first()
    if office is None:
        return
    rows = counter.objects.filter(series__in=SERIES).values("series", "year").annotate(most=Max("last"))
    for row in rows.order_by("series", "year"):
        counter.objects.update_or_create(
            unit=office, series=row["series"], year=row["year"], defaults={"last": row["most"]}
        )


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_legal_hold"), ("units", "0002_fee_account")]
    operations = [migrations.RunPython(raise_counters, migrations.RunPython.noop)]
