# Written by hand: data only.

from typing import Any

from django.db import migrations

SOURCE = "通行做法，待核"
ROWS = (("proposal_screening", "审核市民提议的议题", 5), ("proposal_answer", "答复建言献策议题", 15))


def write(apps: Any, schema_editor: Any) -> None:
    term = apps.get_model("consultations", "ConsultationTerm")
    for code, title, days in ROWS:
        term.objects.get_or_create(
            code=code,
            defaults={
                "title": title,
                "days": days,
                "unit": "workday",
                "may_be_shorter": False,
                "source": SOURCE,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("consultations", "0003_hearing_terms")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
