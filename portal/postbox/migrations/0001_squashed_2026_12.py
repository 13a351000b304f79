"""The tables of 2026-12 at once, for a new database; one that began earlier goes up by what this replaces."""

import django.db.models.deletion
from django.db import migrations, models

import portal.migrating


class Migration(migrations.Migration):
    replaces = [("postbox", "0001_initial"), ("postbox", "0002_the_tray"), ("postbox", "0003_erased_at")]

    initial = True

    dependencies = [
        ("files", "0001_initial"),
    ]

    operations = [
        portal.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="InboundMail",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=64, unique=True, verbose_name="唯一键")),
                        ("id_digest", models.CharField(blank=True, db_index=True, default="", max_length=64)),
                        ("sender_index", models.CharField(blank=True, default="", max_length=64)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("letter", "来信"),
                                    ("automatic", "自动回复"),
                                    ("list", "邮件列表"),
                                    ("bounce", "退信"),
                                    ("forged", "发件人未通过验证"),
                                    ("unreadable", "无法读取"),
                                ],
                                max_length=12,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="未自动办理的原因"
                            ),
                        ),
                        ("in_tray", models.BooleanField(default=False, verbose_name="待信箱办公室处理")),
                        ("thread", models.JSONField(default=list, verbose_name="所回复的邮件")),
                        ("arrived_at", models.DateTimeField(verbose_name="收到时间")),
                        ("taken_at", models.DateTimeField(null=True, verbose_name="处理时间")),
                        ("outcome", models.CharField(blank=True, max_length=60, verbose_name="处理结果")),
                        (
                            "decided_by",
                            models.CharField(blank=True, default="", max_length=80, verbose_name="处理人"),
                        ),
                        (
                            "erased_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="原件清除时间"),
                        ),
                        (
                            "stored",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="files.storedfile",
                                verbose_name="原件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "来信邮件",
                        "verbose_name_plural": "来信邮件",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("in_tray", True)), fields=["-id"], name="postbox_tray"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["letter", "automatic", "list", "bounce", "forged", "unreadable"],
                                    )
                                ),
                                name="postbox_mail_kind_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FailedAddress",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("address_index", models.CharField(max_length=64, unique=True)),
                        ("failed_at", models.DateTimeField(verbose_name="退信时间")),
                        (
                            "mail",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="postbox.inboundmail",
                                verbose_name="退信",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "退信地址",
                        "verbose_name_plural": "退信地址",
                    },
                ),
            ],
        ),
    ]
