"""The index goes out of the database: what stands here is the record that it follows, and the words it knows."""

import uuid

from django.db import migrations, models

from portal.search.words import shipped_pairs

CREATE_SQLITE = (
    "CREATE VIRTUAL TABLE search_tokens USING fts5(tokens, tokenize='unicode61 remove_diacritics 0')"
)
CREATE_POSTGRES = (
    "CREATE TABLE search_tokens (id bigint PRIMARY KEY, tokens tsvector NOT NULL)",
    "CREATE INDEX search_tokens_gin ON search_tokens USING gin (tokens) WITH (fastupdate = off)",
)


def number_and_fill(apps, schema_editor):
    """Every row gets a change number in the order of the rows; the plain words that come with the portal."""
    entries = apps.get_model("search", "SearchEntry")
    last = 0
    for last, number in enumerate(entries.objects.order_by("pk").values_list("pk", flat=True), 1):
        entries.objects.filter(pk=number).update(change=last)
    apps.get_model("search", "SearchState").objects.create(pk=1, change=last)
    words = apps.get_model("search", "PlainWord")
    words.objects.bulk_create(
        [
            words(plain=plain, official=" ".join(official), source="随平台提供")
            for plain, official in shipped_pairs()
        ]
    )


def take_away(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_tokens")


def put_back(apps, schema_editor):
    statements = CREATE_POSTGRES if schema_editor.connection.vendor == "postgresql" else (CREATE_SQLITE,)
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_initials"),
    ]

    operations = [
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
                ("official", models.CharField(max_length=120, verbose_name="正式用语（多个用空格隔开）")),
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
        migrations.AddField(
            model_name="searchentry",
            name="attached",
            field=models.TextField(blank=True, default="", verbose_name="附件文字"),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="change",
            field=models.BigIntegerField(db_index=True, default=0, verbose_name="变更序号"),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="chip",
            field=models.CharField(
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
        migrations.AddField(
            model_name="searchentry",
            name="validity",
            field=models.CharField(blank=True, default="", max_length=10, verbose_name="有效性"),
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
        migrations.RunPython(number_and_fill, migrations.RunPython.noop),
        migrations.RunPython(take_away, put_back),
    ]
