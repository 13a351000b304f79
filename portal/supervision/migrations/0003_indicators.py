# Written by hand: data only.

from typing import Any

from django.db import migrations

SOURCE = "《玉溪市政府信息公开发布制度》第十六条，权重为通行做法，待核"
INDICATORS = (
    ("timeliness", "按期办结", 50),
    ("columns", "栏目更新", 20),
    ("links", "链接可用", 10),
    ("orders", "督办按期报告", 20),
)


def write(apps: Any, schema_editor: Any) -> None:
    indicator = apps.get_model("supervision", "Indicator")
    for code, title, weight in INDICATORS:
        indicator.objects.get_or_create(
            code=code, defaults={"title": title, "weight": weight, "source": SOURCE}
        )


class Migration(migrations.Migration):
    dependencies = [("supervision", "0002_assessment")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
