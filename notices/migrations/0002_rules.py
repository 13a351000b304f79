# Written by hand: data only.

from typing import Any

from django.db import migrations

SHEET = "国办秘函〔2019〕19号，细节待核"
RULES = (
    ("home", "首页信息更新", 14, 4, SHEET),
    ("news", "动态要闻类栏目更新", 14, 4, SHEET),
    ("notice", "通知公告类栏目更新", 183, 30, SHEET),
    ("document", "政策文件类栏目更新", 183, 30, SHEET),
    ("enforcement", "行政执法结果更新", 31, 7, "《玉溪市政府信息公开发布制度》第十三条第二项"),
)


def write(apps: Any, schema_editor: Any) -> None:
    rule = apps.get_model("notices", "AliveRule")
    for code, title, days, warn, source in RULES:
        rule.objects.get_or_create(
            code=code, defaults={"title": title, "days": days, "warn_days": warn, "source": source}
        )


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_articles")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
