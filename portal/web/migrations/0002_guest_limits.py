"""How much guests may hand in: limits that an administrator changes, and the count behind them."""

import django.core.validators
from django.db import migrations, models

import portal.web.models

SOURCE = "内部管理要求，待核"
LIMITS = (
    ("address_hour", "同一网络地址每小时", "address", 60, 20, 200),
    ("address_day", "同一网络地址每天", "address", 1440, 60, 600),
    ("network_hour", "同一网络（IPv4 /24、IPv6 /48）每小时", "network", 60, 60, 400),
    ("network_day", "同一网络（IPv4 /24、IPv6 /48）每天", "network", 1440, 240, 1600),
    ("email_day", "填写同一电子邮箱每天", "email", 1440, 5, 5),
    ("unproved_hour", "没有自动验证的，同一网络地址每小时", "unproved", 60, 10, 10),
    ("upload_day", "提交前上传的文件（兆），同一网络地址每天", "upload", 1440, 200, 2000),
    ("upload_account_day", "提交前上传的文件（兆），已核实邮箱的账号每天", "upload_account", 1440, 400, 400),
    ("login_pair", "密码、验证码错误，同一网络地址对同一账号", "login_pair", 5, 10, 10),
    ("login_address", "密码、验证码错误，同一网络地址对所有账号", "login_address", 10, 40, 400),
    ("account_day", "已核实邮箱的账号每天", "account", 1440, 100, 100),
)


def fill(apps, schema_editor):
    GuestLimit = apps.get_model("portal_web", "GuestLimit")
    for code, title, scope, minutes, most, most_known in LIMITS:
        GuestLimit.objects.create(
            code=code,
            title=title,
            scope=scope,
            minutes=minutes,
            most=most,
            most_known=most_known,
            source=SOURCE,
        )
    apps.get_model("portal_web", "KnownNetworks").objects.create(
        code="shared", title="机关、学校等出口网段", networks="", source=SOURCE
    )


class Migration(migrations.Migration):
    dependencies = [("portal_web", "0001_spent_proofs")]

    operations = [
        migrations.CreateModel(
            name="GuestLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=30, unique=True, verbose_name="代码")),
                ("title", models.CharField(max_length=60, verbose_name="限度")),
                ("scope", models.SlugField(max_length=20, verbose_name="按什么计")),
                (
                    "minutes",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="分钟数"
                    ),
                ),
                ("most", models.PositiveIntegerField(verbose_name="最多次数")),
                ("most_known", models.PositiveIntegerField(verbose_name="已登记网络最多次数")),
                ("source", models.CharField(max_length=200, verbose_name="来源")),
            ],
            options={
                "verbose_name": "访客提交限度",
                "verbose_name_plural": "访客提交限度",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="KnownNetworks",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=30, unique=True, verbose_name="代码")),
                ("title", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "networks",
                    models.TextField(
                        blank=True, validators=[portal.web.models.check_networks], verbose_name="网段"
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="来源")),
            ],
            options={"verbose_name": "已登记的网络", "verbose_name_plural": "已登记的网络"},
        ),
        migrations.CreateModel(
            name="GuestEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="来处摘要")),
                ("at", models.DateTimeField(verbose_name="时间")),
            ],
            options={
                "verbose_name": "访客提交记录",
                "verbose_name_plural": "访客提交记录",
                "indexes": [models.Index(fields=["digest", "at"], name="web_guest_entry")],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
