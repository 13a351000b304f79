"""The tables of 2026-12 at once, for a new database; one that began earlier goes up by what this replaces."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import consultations.models.desk_steps
import consultations.models.feedback_steps
import consultations.models.running_steps
import portal.migrating
import portal.privacy.fields
import portal.publishing.models.takedown

ROWS = {
    "ConsultationTerm": (
        {
            "code": "period_decision",
            "title": "重大行政决策征求意见",
            "days": 30,
            "unit": "day",
            "may_be_shorter": True,
            "source": "《重大行政决策程序暂行条例》第十五条",
        },
        {
            "code": "period_rules",
            "title": "政府规章草案征求意见",
            "days": 30,
            "unit": "day",
            "may_be_shorter": True,
            "source": "《规章制定程序条例》第十五条",
        },
        {
            "code": "period_normative",
            "title": "行政规范性文件征求意见",
            "days": 7,
            "unit": "workday",
            "may_be_shorter": False,
            "source": "通行做法，待核",
        },
        {
            "code": "period_other",
            "title": "其他文件和事项征求意见",
            "days": 7,
            "unit": "workday",
            "may_be_shorter": False,
            "source": "通行做法，待核",
        },
        {
            "code": "feedback",
            "title": "公布意见采纳情况",
            "days": 30,
            "unit": "day",
            "may_be_shorter": False,
            "source": "通行做法，待核",
        },
        {
            "code": "hearing_notice",
            "title": "听证会公告提前",
            "days": 15,
            "unit": "workday",
            "may_be_shorter": False,
            "source": "《重大行政决策程序暂行条例》第十六条“提前公布”，天数为通行做法，待核",
        },
        {
            "code": "hearing_sign_up",
            "title": "听证会报名时间",
            "days": 5,
            "unit": "workday",
            "may_be_shorter": False,
            "source": "《重大行政决策程序暂行条例》第十六条“提前公布”，天数为通行做法，待核",
        },
        {
            "code": "proposal_screening",
            "title": "审核市民提议的议题",
            "days": 5,
            "unit": "workday",
            "may_be_shorter": False,
            "source": "通行做法，待核",
        },
        {
            "code": "proposal_answer",
            "title": "答复建言献策议题",
            "days": 15,
            "unit": "workday",
            "may_be_shorter": False,
            "source": "通行做法，待核",
        },
    ),
    "HeldWords": (
        {
            "code": "comments",
            "title": "意见中须人工查看的词语",
            "words": "加微信\n加QQ\n扫码\n兼职\n刷单\n贷款\n代开发票\n博彩\n赌场\n色情\n去死\n傻逼\n他妈的\n王八蛋\n狗官\n贪官",
            "source": "内部管理要求，待核",
        },
    ),
}


def write(apps, schema_editor):
    for name, rows in ROWS.items():
        model = apps.get_model("consultations", name)
        model.objects.bulk_create([model(**row) for row in rows])


class Migration(migrations.Migration):
    replaces = [
        ("consultations", "0001_consultations"),
        ("consultations", "0002_first_rows"),
        ("consultations", "0003_hearing_terms"),
        ("consultations", "0004_proposal_terms"),
        ("consultations", "0005_held_words"),
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
                    name="HeldWords",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=30, unique=True, verbose_name="代码")),
                        ("title", models.CharField(max_length=60, verbose_name="名称")),
                        ("words", models.TextField(blank=True, verbose_name="词语")),
                        ("source", models.CharField(max_length=200, verbose_name="来源")),
                    ],
                    options={
                        "verbose_name": "须人工查看的词语",
                        "verbose_name_plural": "须人工查看的词语",
                    },
                ),
                migrations.CreateModel(
                    name="ConsultationTerm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=30, unique=True, verbose_name="代码")),
                        ("title", models.CharField(max_length=60, verbose_name="期限")),
                        ("days", models.PositiveSmallIntegerField(verbose_name="天数")),
                        (
                            "unit",
                            models.CharField(
                                choices=[("workday", "工作日"), ("day", "日")],
                                max_length=8,
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "may_be_shorter",
                            models.BooleanField(default=False, verbose_name="说明理由的可以缩短"),
                        ),
                        ("source", models.CharField(max_length=200, verbose_name="来源")),
                    ],
                    options={
                        "verbose_name": "征集期限",
                        "verbose_name_plural": "征集期限",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("days__gte", 1), ("days__lte", 180)),
                                name="consultations_term_in_range",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("unit__in", ["workday", "day"])),
                                name="consultations_term_unit_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DraftVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="版本序号")),
                        (
                            "stage",
                            models.CharField(
                                choices=[("comment", "征求意见稿"), ("revised", "修改稿")],
                                max_length=8,
                                verbose_name="文本",
                            ),
                        ),
                        ("title", models.CharField(max_length=160, verbose_name="文本标题")),
                        ("text", models.TextField(verbose_name="全文")),
                        ("sha256", models.CharField(max_length=64, verbose_name="全文摘要")),
                        ("source", models.CharField(max_length=160, verbose_name="来源")),
                        ("added_at", models.DateTimeField(verbose_name="录入时间")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "征集文本",
                        "verbose_name_plural": "征集文本",
                        "ordering": ["consultation", "number"],
                    },
                ),
                migrations.CreateModel(
                    name="Clause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ref", models.CharField(max_length=60, verbose_name="标识")),
                        ("parent_ref", models.CharField(blank=True, max_length=60, verbose_name="上级")),
                        ("position", models.PositiveIntegerField(verbose_name="次序")),
                        ("depth", models.PositiveSmallIntegerField(verbose_name="层级")),
                        ("kind", models.CharField(max_length=12, verbose_name="种类")),
                        ("label", models.CharField(blank=True, max_length=40, verbose_name="编号")),
                        ("citation", models.CharField(blank=True, max_length=120, verbose_name="引用名称")),
                        ("heading", models.CharField(blank=True, max_length=200, verbose_name="标题")),
                        ("text", models.TextField(blank=True, verbose_name="内容")),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="clauses",
                                to="consultations.draftversion",
                                verbose_name="版本",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "条款",
                        "verbose_name_plural": "条款",
                        "ordering": ["version", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "ref"), name="consultations_clause_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicConsultation",
                    fields=[
                        (
                            "case_ptr",
                            models.OneToOneField(
                                auto_created=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                parent_link=True,
                                primary_key=True,
                                serialize=False,
                                to="cases.case",
                            ),
                        ),
                        (
                            "policy_kind",
                            models.CharField(
                                choices=[
                                    ("decision", "重大行政决策"),
                                    ("rules", "政府规章草案"),
                                    ("normative", "行政规范性文件"),
                                    ("other", "其他文件和事项"),
                                ],
                                max_length=10,
                                verbose_name="事项类别",
                            ),
                        ),
                        ("background", models.TextField(verbose_name="起草说明")),
                        ("contact_name", models.CharField(max_length=40, verbose_name="联系人")),
                        ("contact_phone", models.CharField(max_length=40, verbose_name="联系电话")),
                        (
                            "contact_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="电子邮箱"),
                        ),
                        ("contact_address", models.CharField(max_length=120, verbose_name="通信地址")),
                        ("opens_on", models.DateField(verbose_name="开始日")),
                        ("closes_on", models.DateField(verbose_name="截止日")),
                        (
                            "shorter_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="缩短征集期的理由"),
                        ),
                        (
                            "access",
                            models.CharField(
                                choices=[
                                    ("anyone", "任何人，不需要注册"),
                                    ("account", "注册用户"),
                                    ("verified", "已核实邮箱的注册用户"),
                                ],
                                default="anyone",
                                max_length=10,
                                verbose_name="谁可以提意见",
                            ),
                        ),
                        (
                            "display",
                            models.CharField(
                                choices=[
                                    ("by_rule", "系统检查没有问题的即时显示，其余审核后显示"),
                                    ("reviewed", "全部审核后显示"),
                                    ("hidden", "不逐条显示，只公布采纳情况"),
                                ],
                                default="by_rule",
                                max_length=10,
                                verbose_name="意见如何显示",
                            ),
                        ),
                        ("announced_at", models.DateTimeField(null=True, verbose_name="签发时间")),
                        (
                            "extended_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="延长征集期的理由"),
                        ),
                        (
                            "cancel_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="终止的理由"),
                        ),
                        ("feedback_summary", models.TextField(blank=True, verbose_name="采纳情况综述")),
                        ("fed_back_at", models.DateTimeField(null=True, verbose_name="反馈时间")),
                    ],
                    options={
                        "verbose_name": "意见征集",
                        "verbose_name_plural": "意见征集",
                        "indexes": [models.Index(fields=["-closes_on"], name="consultations_by_close")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("closes_on__gt", models.F("opens_on"))),
                                name="consultations_days_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("policy_kind__in", ["decision", "rules", "normative", "other"])
                                ),
                                name="consultations_policy_kind_known",
                            ),
                        ],
                    },
                    bases=(
                        consultations.models.desk_steps.DeskSteps,
                        consultations.models.running_steps.RunningSteps,
                        consultations.models.feedback_steps.FeedbackSteps,
                        portal.publishing.models.takedown.TakeDownSteps,
                        "cases.case",
                    ),
                ),
                migrations.AddField(
                    model_name="draftversion",
                    name="consultation",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="consultations.publicconsultation",
                        verbose_name="意见征集",
                    ),
                ),
                migrations.CreateModel(
                    name="CommentGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text_digest", models.CharField(max_length=64, verbose_name="文本摘要")),
                        ("bare_text", models.TextField(verbose_name="比对文本")),
                        ("senders", models.PositiveIntegerField(default=0, verbose_name="条数")),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="groups",
                                to="consultations.publicconsultation",
                                verbose_name="意见征集",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "相同意见",
                        "verbose_name_plural": "相同意见",
                        "ordering": ["consultation", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("consultation", "text_digest"), name="consultations_group_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Comment",
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
                        ("number", models.PositiveIntegerField(verbose_name="序号")),
                        (
                            "attitude",
                            models.CharField(
                                blank=True,
                                choices=[("support", "赞成"), ("change", "建议修改"), ("oppose", "不赞成")],
                                max_length=8,
                                verbose_name="态度",
                            ),
                        ),
                        (
                            "writer",
                            models.CharField(
                                choices=[
                                    ("person", "个人"),
                                    ("company", "企业"),
                                    ("association", "社会组织"),
                                    ("expert", "专家、科研机构"),
                                    ("public_body", "机关、事业单位"),
                                ],
                                default="person",
                                max_length=12,
                                verbose_name="以何身份",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="意见内容")),
                        (
                            "name",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="姓名或者名称"),
                        ),
                        ("email", portal.privacy.fields.SealedTextField(blank=True, verbose_name="电子邮箱")),
                        (
                            "token_hash",
                            models.CharField(max_length=64, unique=True, verbose_name="查看链接摘要"),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("web", "网上提交"),
                                    ("post", "来信"),
                                    ("mail", "电子邮件"),
                                    ("phone", "电话"),
                                    ("meeting", "座谈会、实地走访"),
                                ],
                                default="web",
                                max_length=8,
                                verbose_name="渠道",
                            ),
                        ),
                        ("evidence", models.CharField(blank=True, max_length=200, verbose_name="收到情况")),
                        ("came_on", models.DateField(verbose_name="收到日")),
                        ("at", models.DateTimeField(verbose_name="提交时间")),
                        ("origin", models.CharField(blank=True, max_length=64, verbose_name="来源摘要")),
                        ("passed", models.BooleanField(default=False, verbose_name="系统检查通过")),
                        ("withdrawn_at", models.DateTimeField(null=True, verbose_name="本人撤回时间")),
                        ("removed_at", models.DateTimeField(null=True, verbose_name="移除时间")),
                        (
                            "removed_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="移除的理由"),
                        ),
                        ("text_hidden", models.BooleanField(default=False, verbose_name="内容已隐去")),
                        (
                            "hidden_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="隐去的理由"),
                        ),
                        ("reviewed_at", models.DateTimeField(null=True, verbose_name="审核时间")),
                        (
                            "account",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="账号",
                            ),
                        ),
                        (
                            "clause",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="consultations.clause",
                                verbose_name="条款",
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="comments",
                                to="consultations.commentgroup",
                                verbose_name="相同意见",
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="consultations.publicconsultation",
                                verbose_name="意见征集",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "意见",
                        "verbose_name_plural": "意见",
                        "ordering": ["consultation", "number"],
                        "indexes": [
                            models.Index(fields=["consultation", "clause"], name="consultations_by_clause"),
                            models.Index(
                                fields=["consultation", "origin", "at"], name="consultations_by_origin"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("consultation", "number"), name="consultations_comment_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("channel__in", ["web", "post", "mail", "phone", "meeting"])
                                ),
                                name="consultations_channel_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("removed_at__isnull", True),
                                    models.Q(("removed_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="consultations_removed_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("text_hidden", False),
                                    models.Q(("hidden_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="consultations_hidden_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Disposition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("adopted", "采纳"),
                                    ("partly", "部分采纳"),
                                    ("rejected", "未采纳"),
                                    ("existing", "已有规定"),
                                    ("unrelated", "与本次征集无关"),
                                ],
                                max_length=10,
                                verbose_name="采纳情况",
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="理由、说明")),
                        ("decided_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "comment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="disposition",
                                to="consultations.comment",
                                verbose_name="意见",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="consultations.clause",
                                verbose_name="对应的修改",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "采纳情况",
                        "verbose_name_plural": "采纳情况",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "outcome__in",
                                        ["adopted", "partly", "rejected", "existing", "unrelated"],
                                    )
                                ),
                                name="consultations_outcome_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("outcome__in", ["partly", "rejected", "existing"]), _negated=True
                                    ),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="consultations_refused_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome__in", ("adopted", "partly")), _negated=True),
                                    ("target__isnull", False),
                                    _connector="OR",
                                ),
                                name="consultations_adopted_somewhere",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClauseChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "change",
                            models.CharField(
                                choices=[
                                    ("kept", "未改"),
                                    ("changed", "修改"),
                                    ("moved", "移动"),
                                    ("split", "拆分"),
                                    ("removed", "删除"),
                                    ("added", "新增"),
                                    ("merged", "合并"),
                                ],
                                max_length=8,
                                verbose_name="变化",
                            ),
                        ),
                        ("position", models.PositiveIntegerField(verbose_name="次序")),
                        (
                            "new",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="came_from",
                                to="consultations.clause",
                            ),
                        ),
                        (
                            "old",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="became",
                                to="consultations.clause",
                            ),
                        ),
                        (
                            "earlier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes_after",
                                to="consultations.draftversion",
                            ),
                        ),
                        (
                            "later",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes_before",
                                to="consultations.draftversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "条款变化",
                        "verbose_name_plural": "条款变化",
                        "ordering": ["later", "position"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "change__in",
                                        ["kept", "changed", "moved", "split", "removed", "added", "merged"],
                                    )
                                ),
                                name="consultations_change_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("old__isnull", False), ("new__isnull", False), _connector="OR"
                                ),
                                name="consultations_change_of_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("earlier", models.F("later")), _negated=True),
                                name="consultations_change_between_two",
                            ),
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="draftversion",
                    constraint=models.UniqueConstraint(
                        fields=("consultation", "number"), name="consultations_version_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="draftversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("stage__in", ["comment", "revised"])),
                        name="consultations_stage_known",
                    ),
                ),
            ],
        ),
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
