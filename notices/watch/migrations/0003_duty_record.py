"""A changed turn stays in the record; one log a unit and day; what the watch looks at besides."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

SORTS = [
    ("words", "发布内容与发布时的摘要不一致"),
    ("missing", "发布记录对应的内容不存在"),
    ("unknown", "内容没有对应的发布记录"),
    ("release", "公开答复与核准的摘要不一致"),
    ("page", "网页显示的内容与发布内容不一致"),
    ("file", "附件与发布时不一致"),
    ("state", "公开状态、有效性或者撤下情况与办理记录不一致"),
    ("home", "首页内容与本平台的首页不一致"),
]


def name_logs(apps, schema_editor):
    """Each log gets its unit and day as a key; of two for the same day the first."""
    model, seen = apps.get_model("watch", "DutyLog"), set()
    for log in model.objects.order_by("pk").iterator():
        key = f"{log.unit_id}:{log.day.isoformat()}"
        if key not in seen:
            seen.add(key)
            model.objects.filter(pk=log.pk).update(key=key)


class Migration(migrations.Migration):
    dependencies = [
        ("watch", "0002_judgement"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            "tamperalarm", "sort", models.CharField(choices=SORTS, max_length=8, verbose_name="类别")
        ),
        migrations.AddField(
            "dutyturn",
            "put_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="安排人",
            ),
        ),
        migrations.AddField("dutyturn", "put_at", models.DateTimeField(null=True, verbose_name="安排时间")),
        migrations.AddField(
            "dutyturn", "replaced_at", models.DateTimeField(null=True, verbose_name="改变时间")
        ),
        migrations.RemoveConstraint("dutyturn", "watch_turn_once"),
        migrations.AddConstraint(
            "dutyturn",
            models.UniqueConstraint(
                fields=["unit", "day"], condition=Q(replaced_at__isnull=True), name="watch_turn_once"
            ),
        ),
        migrations.AddField(
            "dutylog",
            "key",
            models.CharField(max_length=40, null=True, unique=True, verbose_name="单位和日期"),
        ),
        migrations.RunPython(name_logs, migrations.RunPython.noop),
    ]
