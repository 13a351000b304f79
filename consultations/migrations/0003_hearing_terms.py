# Written by hand: data only.

from typing import Any

from django.db import migrations

SOURCE = "《重大行政决策程序暂行条例》第十六条“提前公布”，天数为通行做法，待核"
ROWS = (("hearing_notice", "听证会公告提前", 15), ("hearing_sign_up", "听证会报名时间", 5))


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
    dependencies = [("consultations", "0002_first_rows")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
