"""The tables of 2026-12 at once, for a new database; one that began earlier goes up by what this replaces."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
import django_fsm
from django.conf import settings
from django.db import migrations, models

import portal.migrating
import portal.privacy.fields
from portal.holidays.calendars import assemble, stored_notices


def begin(apps, schema_editor):
    digest = assemble(stored_notices()).digest()
    apps.get_model("cases", "CountedBy").objects.create(pk=1, digest=digest)


class Migration(migrations.Migration):
    replaces = [
        ("cases", "0001_initial"),
        ("cases", "0002_open_by_closing_day"),
        ("cases", "0003_act_by"),
        ("cases", "0004_case_link"),
        ("cases", "0005_legal_hold"),
        ("cases", "0006_city_numbers"),
        ("cases", "0007_proof_round"),
        ("cases", "0008_internal_terms"),
        ("cases", "0009_void_and_reopen"),
        ("cases", "0010_counted_by"),
        ("cases", "0011_submission_key_digests"),
    ]

    initial = True

    dependencies = [
        ("files", "0001_initial"),
        ("holidays", "0002_shipped_notices"),
        ("units", "0001_squashed_2026_12"),
    ]

    operations = [
        portal.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="CountedBy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, verbose_name="日历摘要")),
                        ("since", models.DateTimeField(null=True, verbose_name="启用时间")),
                    ],
                    options={
                        "verbose_name": "计时所用日历",
                        "verbose_name_plural": "计时所用日历",
                    },
                ),
                migrations.CreateModel(
                    name="LedgerAnchor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        ("through_event", models.BigIntegerField(verbose_name="截至事件")),
                        ("cases", models.PositiveIntegerField(verbose_name="办件数")),
                        ("root", models.CharField(max_length=64, verbose_name="根摘要")),
                        ("prev", models.CharField(max_length=64, verbose_name="前锚")),
                        ("signature", models.CharField(max_length=200, verbose_name="签名")),
                    ],
                    options={
                        "verbose_name": "台账锚",
                        "verbose_name_plural": "台账锚",
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ProofRound",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("started_at", models.DateTimeField(unique=True, verbose_name="开始时间")),
                        ("claimed_until", models.DateTimeField(null=True, verbose_name="占用至")),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="完成时间")),
                        ("stage", models.PositiveSmallIntegerField(default=0, verbose_name="阶段")),
                        ("after", models.BigIntegerField(default=0, verbose_name="已到")),
                        ("done", models.JSONField(default=dict, verbose_name="已核验")),
                        ("findings", models.PositiveIntegerField(default=0, verbose_name="不符数")),
                        ("first", models.JSONField(default=list, verbose_name="前若干条不符")),
                        ("last_anchor", models.BigIntegerField(default=0, verbose_name="核验到的锚")),
                    ],
                    options={
                        "verbose_name": "台账核验",
                        "verbose_name_plural": "台账核验",
                        "ordering": ["-started_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Case",
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
                        ("kind", models.CharField(max_length=30, verbose_name="业务")),
                        (
                            "number",
                            models.CharField(max_length=30, null=True, unique=True, verbose_name="编号"),
                        ),
                        ("title", models.CharField(max_length=160, verbose_name="标题")),
                        ("state", django_fsm.FSMField(max_length=30, protected=True, verbose_name="状态")),
                        (
                            "phase",
                            models.CharField(
                                choices=[
                                    ("intake", "待登记"),
                                    ("in_progress", "办理中"),
                                    ("paused", "计时停止"),
                                    ("closed", "已办结"),
                                ],
                                default="intake",
                                max_length=12,
                                verbose_name="阶段",
                            ),
                        ),
                        ("received_on", models.DateField(blank=True, null=True, verbose_name="收到日")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="到期日")),
                        ("due_provisional", models.BooleanField(default=False, verbose_name="到期日为暂定")),
                        ("internal_due_on", models.DateField(blank=True, null=True, verbose_name="内部期限")),
                        (
                            "internal_due_for",
                            models.CharField(blank=True, max_length=20, verbose_name="内部期限事由"),
                        ),
                        (
                            "internal_since",
                            models.DateField(blank=True, null=True, verbose_name="内部期限起算日"),
                        ),
                        (
                            "internal_days",
                            models.PositiveSmallIntegerField(default=0, verbose_name="内部期限工作日数"),
                        ),
                        ("act_by", models.DateField(blank=True, null=True, verbose_name="最早须办日")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="办结日")),
                        ("outcome", models.CharField(blank=True, max_length=30, verbose_name="结果")),
                        ("code_hash", models.CharField(blank=True, max_length=64, verbose_name="查询码摘要")),
                        ("version", models.PositiveIntegerField(default=0, verbose_name="版本")),
                        ("last_seq", models.PositiveIntegerField(default=0, verbose_name="末事件序号")),
                        (
                            "last_digest",
                            models.CharField(blank=True, max_length=64, verbose_name="末事件摘要"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="提交时间")),
                        (
                            "applicant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="own_cases",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="申请人账号",
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assigned_cases",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="经办人",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="units.unit",
                                verbose_name="承办机关",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "办件",
                        "verbose_name_plural": "办件",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("closed_on__isnull", True)),
                                fields=["unit", "act_by", "id"],
                                name="cases_inbox",
                            ),
                            models.Index(
                                condition=models.Q(("closed_on__isnull", True)),
                                fields=["act_by", "id"],
                                name="cases_board",
                            ),
                            models.Index(fields=["applicant", "-id"], name="cases_mine"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("phase__in", ["intake", "in_progress", "paused", "closed"])
                                ),
                                name="cases_case_phase_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_on__isnull", False), ("phase", "closed")),
                                    models.Q(
                                        models.Q(("phase", "closed"), _negated=True),
                                        ("closed_on__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="cases_case_closed_has_day",
                            ),
                        ],
                    },
                    bases=(django_fsm.FSMModelMixin, models.Model),
                ),
                migrations.CreateModel(
                    name="CaseEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("seq", models.PositiveIntegerField(verbose_name="序号")),
                        ("kind", models.CharField(max_length=40, verbose_name="步骤")),
                        ("actor_kind", models.CharField(max_length=10, verbose_name="行为人类别")),
                        ("actor_id", models.BigIntegerField(null=True, verbose_name="行为人账号")),
                        ("actor_label", models.CharField(max_length=60, verbose_name="行为人")),
                        ("unit_id", models.BigIntegerField(null=True, verbose_name="机关")),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        ("from_state", models.CharField(max_length=30, verbose_name="原状态")),
                        ("to_state", models.CharField(max_length=30, verbose_name="新状态")),
                        ("facts", models.JSONField(default=dict, verbose_name="事实")),
                        ("prev", models.CharField(max_length=64, verbose_name="前链")),
                        ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                        (
                            "recorded_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), verbose_name="入库时间"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="cases.case",
                                verbose_name="办件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "办件事件",
                        "verbose_name_plural": "办件事件",
                        "ordering": ["case_id", "seq"],
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "seq"), name="cases_event_seq"),
                            models.UniqueConstraint(fields=("case", "prev"), name="cases_event_no_fork"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseFile",
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
                        ("name", models.CharField(max_length=80, verbose_name="文件名")),
                        ("role", models.CharField(default="attachment", max_length=20, verbose_name="用途")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("quarantined", "待安全检查"),
                                    ("clean", "已通过检查"),
                                    ("rejected", "未通过检查"),
                                ],
                                default="quarantined",
                                max_length=12,
                                verbose_name="检查",
                            ),
                        ),
                        ("problem", models.CharField(blank=True, max_length=120, verbose_name="问题")),
                        ("added_at", models.DateTimeField(verbose_name="添加时间")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="cases.case",
                                verbose_name="办件",
                            ),
                        ),
                        (
                            "stored",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="files.storedfile",
                                verbose_name="文件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "办件附件",
                        "verbose_name_plural": "办件附件",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["quarantined", "clean", "rejected"])),
                                name="cases_file_status_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="时间")),
                        (
                            "source",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="goes_on_as",
                                to="cases.case",
                                verbose_name="原办件",
                            ),
                        ),
                        (
                            "target",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comes_from",
                                to="cases.case",
                                verbose_name="转出的办件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "办件关联",
                        "verbose_name_plural": "办件关联",
                    },
                ),
                migrations.CreateModel(
                    name="ClockEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=10, verbose_name="种类")),
                        ("on", models.DateField(verbose_name="日期")),
                        ("days", models.PositiveSmallIntegerField(default=0, verbose_name="工作日数")),
                        ("until", models.DateField(null=True, verbose_name="最迟至")),
                        ("key", models.CharField(blank=True, max_length=60, verbose_name="事项键")),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                        ("basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                        ("since", models.DateField(null=True, verbose_name="等待期起算日")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clock_entries",
                                to="cases.case",
                                verbose_name="办件",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clock_entries",
                                to="cases.caseevent",
                                verbose_name="事件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "计时记录",
                        "verbose_name_plural": "计时记录",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "start",
                                            "pause",
                                            "resume",
                                            "extend",
                                            "restart",
                                            "suspend",
                                            "stop",
                                            "void",
                                            "reopen",
                                        ],
                                    )
                                ),
                                name="cases_clock_kind_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CodeFailure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("receipt", models.CharField(max_length=64, verbose_name="回执摘要")),
                        ("address", models.CharField(max_length=64, verbose_name="地址摘要")),
                        ("at", models.DateTimeField(verbose_name="时间")),
                    ],
                    options={
                        "verbose_name": "查询失败",
                        "verbose_name_plural": "查询失败",
                        "indexes": [
                            models.Index(fields=["receipt", "at"], name="cases_failure_receipt"),
                            models.Index(fields=["address", "at"], name="cases_failure_address"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EventPayload",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("salt", models.CharField(max_length=32, verbose_name="盐")),
                        ("text", portal.privacy.fields.SealedTextField(verbose_name="内容")),
                        (
                            "event",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payload",
                                to="cases.caseevent",
                                verbose_name="事件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "事件内容",
                        "verbose_name_plural": "事件内容",
                    },
                ),
                migrations.CreateModel(
                    name="LegalHold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=200, verbose_name="理由")),
                        ("at", models.DateTimeField(verbose_name="登记时间")),
                        ("lifted_at", models.DateTimeField(null=True, verbose_name="解除时间")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holds",
                                to="cases.case",
                                verbose_name="办件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "暂缓清除",
                        "verbose_name_plural": "暂缓清除",
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("lifted_at__isnull", True)),
                                fields=("case",),
                                name="cases_one_open_hold",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NumberCounter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("series", models.CharField(max_length=40, verbose_name="序列")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                        ("last", models.PositiveIntegerField(default=0, verbose_name="末号")),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="units.unit",
                                verbose_name="机关",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "编号计数",
                        "verbose_name_plural": "编号计数",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("unit", "series", "year"), name="cases_counter_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Submission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("scope", models.CharField(max_length=40, verbose_name="范围")),
                        ("key", models.CharField(max_length=64, verbose_name="幂等键摘要")),
                        ("fingerprint", models.CharField(max_length=64, verbose_name="内容摘要")),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="submissions",
                                to="cases.case",
                                verbose_name="办件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "提交记录",
                        "verbose_name_plural": "提交记录",
                        "constraints": [
                            models.UniqueConstraint(fields=("scope", "key"), name="cases_submission_once")
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
