"""Words of cases as keyed digests."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_submission_key_digests"),
        ("search", "0004_index_beside"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseFollowed",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cases.case",
                        verbose_name="办件",
                    ),
                ),
                ("seq", models.PositiveIntegerField(verbose_name="事件序号")),
            ],
            options={
                "verbose_name": "办件用词进度",
                "verbose_name_plural": "办件用词进度",
            },
        ),
        migrations.CreateModel(
            name="CaseWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=24, verbose_name="词的摘要")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.case",
                        verbose_name="办件",
                    ),
                ),
            ],
            options={
                "verbose_name": "办件用词",
                "verbose_name_plural": "办件用词",
                "constraints": [
                    models.UniqueConstraint(fields=("digest", "case"), name="search_case_word_once")
                ],
            },
        ),
    ]
