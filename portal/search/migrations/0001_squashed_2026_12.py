"""The tables of 2026-12 at once, for a new database; one that began earlier goes up by what this replaces."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import portal.migrating
from portal.search.words import shipped_pairs


def write(apps, schema_editor):
    apps.get_model("search", "SearchState").objects.create(pk=1, change=0)
    words = apps.get_model("search", "PlainWord")
    words.objects.bulk_create(
        [
            words(plain=plain, official=" ".join(official), source="随平台提供")
            for plain, official in shipped_pairs()
        ]
    )


class Migration(migrations.Migration):
    replaces = [
        ("search", "0001_initial"),
        ("search", "0002_tokens"),
        ("search", "0003_initials"),
        ("search", "0004_index_beside"),
        ("search", "0005_case_words"),
    ]

    initial = True

    dependencies = [
        ("cases", "0001_squashed_2026_12"),
        ("units", "0001_squashed_2026_12"),
    ]

    operations = [
        portal.migrating.CreateModels(
            operations=[
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
                    name="PlainWord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("plain", models.CharField(max_length=40, unique=True, verbose_name="通俗说法")),
                        (
                            "official",
                            models.CharField(max_length=120, verbose_name="正式用语（多个用空格隔开）"),
                        ),
                        ("source", models.CharField(blank=True, max_length=80, verbose_name="来源")),
                        ("in_use", models.BooleanField(default=True, verbose_name="启用")),
                    ],
                    options={
                        "verbose_name": "通俗说法",
                        "verbose_name_plural": "通俗说法",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="SearchRemoval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("entry", models.BigIntegerField(unique=True, verbose_name="条目")),
                        ("change", models.BigIntegerField(db_index=True, verbose_name="变更序号")),
                    ],
                    options={
                        "verbose_name": "检索条目撤出",
                        "verbose_name_plural": "检索条目撤出",
                    },
                ),
                migrations.CreateModel(
                    name="SearchState",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("change", models.BigIntegerField(default=0, verbose_name="变更序号")),
                        ("history", models.UUIDField(default=uuid.uuid4, verbose_name="来历")),
                        ("words", models.BigIntegerField(default=0, verbose_name="词表版本")),
                    ],
                    options={
                        "verbose_name": "检索状态",
                        "verbose_name_plural": "检索状态",
                    },
                ),
                migrations.CreateModel(
                    name="AskedQuery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=40, unique=True, verbose_name="搜索词")),
                        ("asked", models.PositiveIntegerField(default=0, verbose_name="次数")),
                        ("opened", models.PositiveIntegerField(default=0, verbose_name="打开结果次数")),
                        ("found", models.PositiveIntegerField(default=0, verbose_name="最近一次结果数")),
                        ("last_on", models.DateField(verbose_name="最近一次")),
                        ("settled", models.BooleanField(default=False, verbose_name="已处理")),
                    ],
                    options={
                        "verbose_name": "搜索词统计",
                        "verbose_name_plural": "搜索词统计",
                        "ordering": ["-asked", "pk"],
                        "indexes": [models.Index(fields=["-asked", "id"], name="search_asked_most")],
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
                migrations.CreateModel(
                    name="SearchEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=30, verbose_name="类别")),
                        ("key", models.CharField(max_length=80, unique=True, verbose_name="来源键")),
                        ("title", models.CharField(max_length=200, verbose_name="标题")),
                        ("body", models.TextField(verbose_name="正文")),
                        ("folded", models.TextField(verbose_name="比对文本")),
                        (
                            "initials",
                            models.CharField(blank=True, max_length=200, verbose_name="标题拼音首字母"),
                        ),
                        ("published_on", models.DateField(verbose_name="公开日期")),
                        ("url", models.CharField(max_length=200, verbose_name="地址")),
                        (
                            "chip",
                            models.CharField(
                                choices=[
                                    ("service", "办事"),
                                    ("policy", "政策"),
                                    ("open", "公开"),
                                    ("talk", "互动"),
                                    ("answer", "问答"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="频道",
                            ),
                        ),
                        (
                            "validity",
                            models.CharField(blank=True, default="", max_length=10, verbose_name="有效性"),
                        ),
                        ("attached", models.TextField(blank=True, default="", verbose_name="附件文字")),
                        ("change", models.BigIntegerField(db_index=True, default=0, verbose_name="变更序号")),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                to="units.unit",
                                verbose_name="机关",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "检索条目",
                        "verbose_name_plural": "检索条目",
                        "ordering": ["-published_on", "-id"],
                        "indexes": [models.Index(fields=["-published_on", "-id"], name="search_by_date")],
                    },
                ),
            ],
        ),
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
