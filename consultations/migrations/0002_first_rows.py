"""The periods of public comment with their sources."""

from django.db import migrations

ROWS = [
    ("period_decision", "重大行政决策征求意见", 30, "day", True, "《重大行政决策程序暂行条例》第十五条"),
    ("period_rules", "政府规章草案征求意见", 30, "day", True, "《规章制定程序条例》第十五条"),
    ("period_normative", "行政规范性文件征求意见", 7, "workday", False, "通行做法，待核"),
    ("period_other", "其他文件和事项征求意见", 7, "workday", False, "通行做法，待核"),
    ("feedback", "公布意见采纳情况", 30, "day", False, "通行做法，待核"),
]


def write(apps, schema_editor):
    term = apps.get_model("consultations", "ConsultationTerm")
    for code, title, days, unit, shorter, source in ROWS:
        term.objects.get_or_create(
            code=code,
            defaults={
                "title": title,
                "days": days,
                "unit": unit,
                "may_be_shorter": shorter,
                "source": source,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("consultations", "0001_consultations")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
