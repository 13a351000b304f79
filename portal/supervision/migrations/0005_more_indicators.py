# Written by hand: data only.

from typing import Any

from django.db import migrations

SOURCE = "《玉溪市政府网站群管理办法（试行）》第二十四条、《玉溪市政府信息公开发布制度》第十六条，权重为通行做法，待核"
ADDED = (
    ("quality", "答复质量（抽查）", 20),
    ("satisfaction", "群众满意", 15),
    ("remedies", "复议、诉讼未被纠正", 10),
)
# Shipped weight before and after; one that an administrator has changed stays.
LIGHTER = (("timeliness", 50, 30), ("columns", 20, 10), ("links", 10, 5), ("orders", 20, 10))


def write(apps: Any, schema_editor: Any) -> None:
    indicator = apps.get_model("supervision", "Indicator")
    for code, title, weight in ADDED:
        indicator.objects.get_or_create(
            code=code, defaults={"title": title, "weight": weight, "source": SOURCE}
        )
    for code, before, after in LIGHTER:
        indicator.objects.filter(code=code, weight=before).update(weight=after)


def take_back(apps: Any, schema_editor: Any) -> None:
    indicator = apps.get_model("supervision", "Indicator")
    indicator.objects.filter(code__in=[code for code, _, _ in ADDED]).delete()
    for code, before, after in LIGHTER:
        indicator.objects.filter(code=code, weight=after).update(weight=before)


class Migration(migrations.Migration):
    dependencies = [("supervision", "0004_panel")]
    operations = [migrations.RunPython(write, take_back)]
