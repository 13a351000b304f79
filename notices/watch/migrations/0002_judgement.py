# What a person judged for the inspection sheet.

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("watch", "0001_watch"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InspectionJudgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[("clean", "没有发现"), ("found", "存在问题")],
                        max_length=8,
                        verbose_name="评判",
                    ),
                ),
                (
                    "severe",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("wording", "出现严重表述错误"),
                            ("secret", "泄露国家秘密"),
                            ("harmful", "发布或者链接反动、暴力、色情等内容"),
                            ("attack", "网站被攻击、篡改，未及时有效处置"),
                            ("faked", "弄虚作假，如伪造发布日期"),
                            ("uproar", "网站管理不当引发严重负面舆情"),
                        ],
                        max_length=10,
                        verbose_name="问题类别",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="依据和情况")),
                ("label", models.CharField(max_length=60, verbose_name="评判人姓名")),
                ("at", models.DateTimeField(verbose_name="评判时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="评判人",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查单评判",
                "verbose_name_plural": "检查单评判",
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="watch_judged_with_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("severe", ""), ("verdict", "clean")),
                            models.Q(("verdict", "found"), models.Q(("severe", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="watch_found_has_kind",
                    ),
                ],
            },
        ),
    ]
