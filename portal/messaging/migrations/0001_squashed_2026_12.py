"""The tables of 2026-12 at once, for a new database; one that began earlier goes up by what this replaces."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.migrating
import portal.privacy.fields


class Migration(migrations.Migration):
    replaces = [
        ("messaging", "0001_initial"),
        ("messaging", "0002_secret_link"),
        ("messaging", "0003_secret_text"),
        ("messaging", "0004_takes_replies"),
        ("messaging", "0005_known_addresses"),
        ("messaging", "0006_peers_and_reports"),
    ]

    initial = True

    dependencies = [
        ("units", "0001_squashed_2026_12"),
    ]

    operations = [
        portal.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="KnownAddress",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, unique=True, verbose_name="地址摘要")),
                        ("mailed_at", models.DateTimeField(verbose_name="最近一次发出")),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="确认时间"),
                        ),
                    ],
                    options={
                        "verbose_name": "收件地址",
                        "verbose_name_plural": "收件地址",
                    },
                ),
                migrations.CreateModel(
                    name="Peer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[("site", "站内信"), ("mail", "电子邮件"), ("sms", "短信")],
                                max_length=8,
                                unique=True,
                                verbose_name="方式",
                            ),
                        ),
                        ("failures", models.PositiveIntegerField(default=0, verbose_name="连续失败")),
                        ("closed_until", models.DateTimeField(blank=True, null=True, verbose_name="暂停至")),
                        ("last_error", models.CharField(blank=True, max_length=200, verbose_name="最近错误")),
                        ("failed_at", models.DateTimeField(blank=True, null=True, verbose_name="最近失败")),
                    ],
                    options={
                        "verbose_name": "邮件服务器、短信网关",
                        "verbose_name_plural": "邮件服务器、短信网关",
                    },
                ),
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=120, unique=True, verbose_name="唯一键")),
                        (
                            "channel",
                            models.CharField(
                                choices=[("site", "站内信"), ("mail", "电子邮件"), ("sms", "短信")],
                                max_length=8,
                                verbose_name="方式",
                            ),
                        ),
                        ("address", portal.privacy.fields.SealedTextField(blank=True, verbose_name="地址")),
                        ("subject", models.CharField(max_length=120, verbose_name="标题")),
                        ("body", models.TextField(verbose_name="正文")),
                        ("link", models.CharField(blank=True, max_length=200, verbose_name="链接")),
                        (
                            "secret_link",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="保密链接"),
                        ),
                        (
                            "secret_text",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="保密内容"),
                        ),
                        ("takes_replies", models.BooleanField(default=False, verbose_name="可以回复")),
                        ("created_at", models.DateTimeField(verbose_name="时间")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="发出时间")),
                        ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="阅读时间")),
                        (
                            "gateway_id",
                            models.CharField(
                                blank=True, db_default="", default="", max_length=36, verbose_name="网关编号"
                            ),
                        ),
                        (
                            "report",
                            models.CharField(
                                blank=True,
                                choices=[("delivered", "已送达"), ("failed", "未送达")],
                                db_default="",
                                default="",
                                max_length=10,
                                verbose_name="送达回执",
                            ),
                        ),
                        (
                            "report_reason",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=120,
                                verbose_name="未送达原因",
                            ),
                        ),
                        ("reported_at", models.DateTimeField(blank=True, null=True, verbose_name="回执时间")),
                        (
                            "account",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="messages",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="收件账号",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "消息",
                        "verbose_name_plural": "消息",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["account", "-id"], name="messaging_inbox"),
                            models.Index(
                                condition=models.Q(("gateway_id", ""), _negated=True),
                                fields=["gateway_id"],
                                name="messaging_by_gateway",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
