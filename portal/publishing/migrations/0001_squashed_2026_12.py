"""The tables of 2026-12 at once, for a new database; one that began earlier goes up by what this replaces."""

import uuid

import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

import portal.migrating


class Migration(migrations.Migration):
    replaces = [
        ("publishing", "0001_initial"),
        ("publishing", "0002_leader_step"),
        ("publishing", "0003_take_downs"),
    ]

    initial = True

    dependencies = [
        ("cases", "0001_squashed_2026_12"),
        ("files", "0001_initial"),
        ("units", "0001_squashed_2026_12"),
    ]

    operations = [
        portal.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Release",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, unique=True, verbose_name="公开标识"
                            ),
                        ),
                        ("kind", models.CharField(max_length=30, verbose_name="答复类型")),
                        ("kind_label", models.CharField(max_length=40, verbose_name="答复类型名称")),
                        ("title", models.CharField(max_length=160, verbose_name="标题")),
                        ("question", models.TextField(verbose_name="申请内容")),
                        ("answer", models.TextField(verbose_name="答复内容")),
                        ("content_sha256", models.CharField(max_length=64, verbose_name="内容摘要")),
                        (
                            "state",
                            django_fsm.FSMField(
                                choices=[
                                    ("proposed", "待保密审查"),
                                    ("cleared", "待发布"),
                                    ("published", "已公开"),
                                    ("rejected", "未予公开"),
                                    ("retracted", "已撤下"),
                                ],
                                default="proposed",
                                max_length=12,
                                protected=True,
                                verbose_name="状态",
                            ),
                        ),
                        ("received_on", models.DateField(verbose_name="收到申请日期")),
                        ("answered_on", models.DateField(verbose_name="答复日期")),
                        ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                        ("published_at", models.DateTimeField(null=True, verbose_name="公开时间")),
                        (
                            "retracted_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="撤下理由"),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="releases",
                                to="cases.case",
                                verbose_name="办件",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="releases",
                                to="units.unit",
                                verbose_name="机关",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公开答复",
                        "verbose_name_plural": "公开答复",
                        "ordering": ["-published_at", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "published")),
                                fields=["-published_at", "-id"],
                                name="publishing_public_list",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["proposed", "cleared", "published", "rejected", "retracted"],
                                    )
                                ),
                                name="publishing_release_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), _negated=True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="publishing_release_has_time",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["rejected", "retracted"]), _negated=True),
                                fields=("case",),
                                name="publishing_one_release",
                            ),
                        ],
                    },
                    bases=(django_fsm.FSMModelMixin, models.Model),
                ),
                migrations.CreateModel(
                    name="Review",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("purpose", models.CharField(max_length=20, verbose_name="事项")),
                        ("round", models.PositiveSmallIntegerField(verbose_name="轮次")),
                        ("content_sha256", models.CharField(max_length=64, verbose_name="送审内容摘要")),
                        ("opened_at", models.DateTimeField(verbose_name="送审时间")),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="cases.case",
                                verbose_name="办件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "审核",
                        "verbose_name_plural": "审核",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "purpose", "round"), name="publishing_review_round"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at__isnull", True)),
                                fields=("case", "purpose"),
                                name="publishing_one_open_review",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignOff",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("draft", "拟稿"),
                                    ("review", "审核"),
                                    ("secrecy", "保密审查"),
                                    ("leader", "分管领导审定"),
                                    ("approve", "签发"),
                                ],
                                max_length=10,
                                verbose_name="环节",
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[("pass", "同意"), ("return", "退回修改")],
                                max_length=8,
                                verbose_name="意见",
                            ),
                        ),
                        ("comment", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                        ("content_sha256", models.CharField(max_length=64, verbose_name="所签内容摘要")),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="签署人",
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_offs",
                                to="publishing.review",
                                verbose_name="审核",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "签署",
                        "verbose_name_plural": "签署",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("review", "account"), name="publishing_one_person_one_step"
                            ),
                            models.UniqueConstraint(
                                fields=("review", "step"), name="publishing_one_step_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("step__in", ["draft", "review", "secrecy", "leader", "approve"])
                                ),
                                name="publishing_step_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("verdict__in", ["pass", "return"])),
                                name="publishing_verdict_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TakeDown",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=200, verbose_name="撤下理由")),
                        ("at", models.DateTimeField(verbose_name="撤下时间")),
                        ("lifted_at", models.DateTimeField(null=True, verbose_name="恢复公开时间")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="take_downs",
                                to="cases.case",
                                verbose_name="办件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "撤下",
                        "verbose_name_plural": "撤下",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_at__isnull", True)),
                                fields=("case",),
                                name="publishing_one_open_take_down",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="publishing_take_down_has_reason",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
