"""The check of a file, which notices had: their table is taken over as it is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_case_link"),
        ("files", "0001_initial"),
        ("publishing", "0003_take_downs"),
        ("notices", "0009_filecheck_moves"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[],
            state_operations=[
                migrations.CreateModel(
                    name="FileCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("findings", models.JSONField(default=list, verbose_name="发现")),
                        ("remarks", models.JSONField(default=list, verbose_name="公开件中的个人信息")),
                        ("needs_person", models.BooleanField(default=False, verbose_name="须人工核对")),
                        (
                            "problem",
                            models.CharField(blank=True, max_length=300, verbose_name="不能公开的原因"),
                        ),
                        (
                            "copy_name",
                            models.CharField(blank=True, max_length=200, verbose_name="公开件名称"),
                        ),
                        ("added_by", models.BigIntegerField(verbose_name="添加人")),
                        ("checked_at", models.DateTimeField(verbose_name="检查时间")),
                        ("confirmed_at", models.DateTimeField(null=True, verbose_name="核对时间")),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "copy",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="published_copies",
                                to="files.storedfile",
                                verbose_name="公开件",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="check_result",
                                to="cases.casefile",
                                verbose_name="附件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "附件检查",
                        "verbose_name_plural": "附件检查",
                        "ordering": ["file"],
                    },
                ),
            ],
        )
    ]
