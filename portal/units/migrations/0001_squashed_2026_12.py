"""The tables of 2026-12 at once, for a new database; one that began earlier goes up by what this replaces."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import portal.migrating


class Migration(migrations.Migration):
    replaces = [
        ("units", "0001_initial"),
        ("units", "0002_fee_account"),
        ("units", "0003_full_names"),
        ("units", "0004_review_channel"),
        ("units", "0005_terms_after_terms"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        portal.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Account",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, unique=True, verbose_name="电子邮箱")),
                        ("display_name", models.CharField(blank=True, max_length=40, verbose_name="姓名")),
                        ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                        ("is_staff", models.BooleanField(default=False, verbose_name="可进入管理后台")),
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="注册时间"),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "账号",
                        "verbose_name_plural": "账号",
                    },
                ),
                migrations.CreateModel(
                    name="Unit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=40, unique=True, verbose_name="代码")),
                        ("name", models.CharField(max_length=80, unique=True, verbose_name="名称")),
                        ("short_name", models.CharField(max_length=40, verbose_name="简称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("government", "人民政府"),
                                    ("office", "政府办公室"),
                                    ("department", "工作部门"),
                                    ("county", "县（市、区）人民政府"),
                                    ("township", "乡镇（街道）"),
                                ],
                                max_length=20,
                                verbose_name="类别",
                            ),
                        ),
                        ("series_word", models.CharField(max_length=20, verbose_name="机关代字")),
                        ("address", models.CharField(blank=True, max_length=120, verbose_name="办公地址")),
                        ("postcode", models.CharField(blank=True, max_length=6, verbose_name="邮政编码")),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="联系电话")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="电子邮箱")),
                        (
                            "office_hours",
                            models.CharField(blank=True, max_length=80, verbose_name="办公时间"),
                        ),
                        (
                            "fee_account",
                            models.CharField(blank=True, max_length=200, verbose_name="信息处理费缴纳方式"),
                        ),
                        (
                            "review_body",
                            models.CharField(blank=True, max_length=80, verbose_name="行政复议机关"),
                        ),
                        (
                            "review_also",
                            models.CharField(
                                blank=True, max_length=80, verbose_name="可选的另一行政复议机关"
                            ),
                        ),
                        (
                            "review_channel",
                            models.CharField(blank=True, max_length=200, verbose_name="行政复议互联网渠道"),
                        ),
                        ("court", models.CharField(blank=True, max_length=80, verbose_name="管辖法院")),
                        ("takes_requests", models.BooleanField(default=True, verbose_name="受理依申请公开")),
                        ("sort", models.PositiveIntegerField(default=0, verbose_name="排序")),
                        ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="units.unit",
                                verbose_name="上级",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "机构",
                        "verbose_name_plural": "机构",
                        "ordering": ["sort", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["government", "office", "department", "county", "township"])
                                ),
                                name="units_unit_kind_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appointment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("clerk", "经办人"),
                                    ("reviewer", "审核人"),
                                    ("secrecy_reviewer", "保密审查员"),
                                    ("approver", "签发人"),
                                    ("publisher", "发布员"),
                                    ("supervisor", "监督员"),
                                    ("system_admin", "系统管理员"),
                                    ("security_admin", "安全管理员"),
                                    ("audit_admin", "审计管理员"),
                                ],
                                max_length=20,
                                verbose_name="角色",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="起始日")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="终止日")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="账号",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="units.unit",
                                verbose_name="机构",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "任职",
                        "verbose_name_plural": "任职",
                        "ordering": ["unit_id", "role", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account", "unit", "role", "starts_on"),
                                name="units_appointment_begins_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("role__in", ["system_admin", "security_admin", "audit_admin"])
                                ),
                                fields=("account",),
                                name="units_appointment_one_admin_role",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "clerk",
                                            "reviewer",
                                            "secrecy_reviewer",
                                            "approver",
                                            "publisher",
                                            "supervisor",
                                            "system_admin",
                                            "security_admin",
                                            "audit_admin",
                                        ],
                                    )
                                ),
                                name="units_appointment_role_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="units_appointment_ends_after_start",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
