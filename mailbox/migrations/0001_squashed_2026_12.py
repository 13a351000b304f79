"""The tables of 2026-12 at once, for a new database; one that began earlier goes up by what this replaces."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mailbox.models.after_steps
import mailbox.models.clock_steps
import mailbox.models.group_steps
import mailbox.models.release_steps
import mailbox.models.reply_steps
import mailbox.models.screening_steps
import mailbox.models.unit_steps
import mailbox.models.withdraw_steps
import mailbox.models.writers_view
import portal.migrating
import portal.privacy.fields

ROWS = {
    "AnswerTemplate": (
        {
            "title": "咨询答复",
            "letter_kind": "inquiry",
            "body": "感谢您对我市工作的关心和支持。您反映的{{事项}}，我们高度重视，现答复如下：\n一、关于您咨询的问题：{{答复内容}}。\n二、政策依据：{{依据}}。\n如需进一步了解，请与{{承办单位}}联系，联系电话：{{联系电话}}。",
            "is_active": True,
        },
        {
            "title": "求助答复",
            "letter_kind": "help",
            "body": "感谢您对我市工作的关心和支持。您反映的{{事项}}，我们高度重视，现答复如下：\n一、核实情况：{{核实情况}}。\n二、解决办法：{{解决办法}}。\n三、办理时限：{{时限}}。\n如有问题，请与{{承办单位}}联系，联系电话：{{联系电话}}。",
            "is_active": True,
        },
        {
            "title": "投诉答复",
            "letter_kind": "complaint",
            "body": "感谢您对我市工作的关心和支持。您反映的{{事项}}，我们高度重视，现答复如下：\n一、调查核实情况：{{核实情况}}。\n二、处理情况：{{处理情况}}。\n三、下一步措施：{{措施}}。\n联系单位：{{承办单位}}，联系电话：{{联系电话}}。",
            "is_active": True,
        },
        {
            "title": "举报答复",
            "letter_kind": "report",
            "body": "您反映的情况收悉，现将办理情况告知如下：\n一、核查情况：{{核查情况}}。\n二、处理结果：{{处理结果}}。\n我们将依法对您的信息予以保密。",
            "is_active": True,
        },
        {
            "title": "建议答复",
            "letter_kind": "suggestion",
            "body": "感谢您对我市工作的关心和支持。您反映的{{事项}}，我们高度重视，现答复如下：\n一、采纳情况：{{采纳情况}}。\n二、理由和下一步打算：{{理由}}。\n欢迎您继续提出意见和建议。",
            "is_active": True,
        },
        {
            "title": "感谢回复",
            "letter_kind": "thanks",
            "body": "您的来信收悉。我们已将您的感谢转达{{被感谢的单位或者个人}}。感谢您的鼓励和支持！",
            "is_active": True,
        },
    ),
    "Term": (
        {"code": "screening", "title": "审核并交办来信", "days": 1, "source": "通行做法，待核"},
        {"code": "sign_for", "title": "承办单位签收", "days": 1, "source": "通行做法，待核"},
        {"code": "return", "title": "承办单位退办", "days": 1, "source": "通行做法，待核"},
        {"code": "reply_simple", "title": "简单事项答复", "days": 5, "source": "通行做法，待核"},
        {"code": "reply_complex", "title": "复杂事项答复", "days": 10, "source": "通行做法，待核"},
        {"code": "reply_most", "title": "答复期限合计（含延期）最长", "days": 15, "source": "通行做法，待核"},
        {"code": "check", "title": "信箱办公室核查答复", "days": 1, "source": "内部管理要求，通行做法，待核"},
        {
            "code": "assist",
            "title": "协办单位反馈（建议值，由主办单位确定）",
            "days": 3,
            "source": "内部管理要求，通行做法，待核",
        },
        {
            "code": "supplement",
            "title": "来信人补充（建议值，由主办单位确定）",
            "days": 5,
            "source": "内部管理要求，通行做法，待核",
        },
        {"code": "remind_yellow", "title": "到期前黄色提醒", "days": 3, "source": "通行做法，待核"},
        {"code": "remind_orange", "title": "到期前橙色提醒", "days": 1, "source": "通行做法，待核"},
        {"code": "remind_red", "title": "逾期后发催办单", "days": 1, "source": "通行做法，待核"},
        {"code": "remind_leader", "title": "逾期后发督办单", "days": 5, "source": "通行做法，待核"},
        {"code": "response", "title": "对集中反映的事项公开回应", "days": 5, "source": "通行做法，待核"},
    ),
}


def write(apps, schema_editor):
    for name, rows in ROWS.items():
        model = apps.get_model("mailbox", name)
        model.objects.bulk_create([model(**row) for row in rows])


class Migration(migrations.Migration):
    replaces = [
        ("mailbox", "0001_letters"),
        ("mailbox", "0002_first_rows"),
        ("mailbox", "0003_mail"),
        ("mailbox", "0004_published_letters"),
        ("mailbox", "0005_follow_ups"),
        ("mailbox", "0006_response_term"),
        ("mailbox", "0007_contact_in_one_way"),
        ("mailbox", "0008_workdays"),
    ]

    initial = True

    dependencies = [
        ("cases", "0001_squashed_2026_12"),
        ("documents", "0001_squashed_2026_12"),
        ("postbox", "0001_squashed_2026_12"),
        ("publishing", "0001_squashed_2026_12"),
        ("units", "0001_squashed_2026_12"),
    ]

    operations = [
        portal.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="AnswerTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=60, unique=True, verbose_name="名称")),
                        (
                            "letter_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("inquiry", "咨询"),
                                    ("help", "求助"),
                                    ("complaint", "投诉"),
                                    ("report", "举报"),
                                    ("suggestion", "建议"),
                                    ("thanks", "感谢"),
                                ],
                                help_text="不选为各类通用",
                                max_length=12,
                                verbose_name="适用来信类型",
                            ),
                        ),
                        (
                            "body",
                            models.TextField(
                                help_text="需要经办人填写的地方写作 {{事项}}", verbose_name="正文"
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                    ],
                    options={
                        "verbose_name": "答复模板",
                        "verbose_name_plural": "答复模板",
                        "ordering": ["letter_kind", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Letter",
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
                            "addressee",
                            models.CharField(
                                choices=[
                                    ("secretary", "市委书记"),
                                    ("mayor", "市长"),
                                    ("head", "单位负责人"),
                                ],
                                max_length=10,
                                verbose_name="写给",
                            ),
                        ),
                        (
                            "letter_kind",
                            models.CharField(
                                choices=[
                                    ("inquiry", "咨询"),
                                    ("help", "求助"),
                                    ("complaint", "投诉"),
                                    ("report", "举报"),
                                    ("suggestion", "建议"),
                                    ("thanks", "感谢"),
                                ],
                                max_length=12,
                                verbose_name="来信类型",
                            ),
                        ),
                        (
                            "place",
                            models.CharField(
                                choices=[
                                    ("hongta", "红塔区"),
                                    ("jiangchuan", "江川区"),
                                    ("chengjiang", "澄江市"),
                                    ("tonghai", "通海县"),
                                    ("huaning", "华宁县"),
                                    ("yimen", "易门县"),
                                    ("eshan", "峨山彝族自治县"),
                                    ("xinping", "新平彝族傣族自治县"),
                                    ("yuanjiang", "元江哈尼族彝族傣族自治县"),
                                    ("city", "全市或者不涉及具体地点"),
                                ],
                                max_length=12,
                                verbose_name="事项发生地",
                            ),
                        ),
                        ("topic", portal.privacy.fields.SealedTextField(verbose_name="标题")),
                        ("text", portal.privacy.fields.SealedTextField(verbose_name="内容")),
                        ("name", portal.privacy.fields.SealedTextField(verbose_name="姓名")),
                        ("name_index", models.CharField(db_index=True, max_length=64)),
                        ("phone", portal.privacy.fields.SealedTextField(blank=True, verbose_name="联系电话")),
                        ("phone_index", models.CharField(blank=True, db_index=True, max_length=64)),
                        ("email", portal.privacy.fields.SealedTextField(blank=True, verbose_name="电子邮箱")),
                        (
                            "residence",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="居住地"),
                        ),
                        ("confidential", models.BooleanField(default=False, verbose_name="内容保密")),
                        ("consent_to_publish", models.BooleanField(default=False, verbose_name="同意公开")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("web", "网上提交"),
                                    ("mail", "电子邮件"),
                                    ("phone", "电话"),
                                    ("paper", "来信、来访"),
                                ],
                                default="web",
                                max_length=8,
                                verbose_name="来信渠道",
                            ),
                        ),
                        ("evidence", models.CharField(blank=True, max_length=200, verbose_name="收到情况")),
                        ("urgent", models.BooleanField(default=False, verbose_name="紧急")),
                        (
                            "complexity",
                            models.CharField(
                                blank=True,
                                choices=[("reply_simple", "简单事项"), ("reply_complex", "复杂事项")],
                                max_length=14,
                                verbose_name="繁简",
                            ),
                        ),
                        (
                            "decline_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_government", "不属于党委、政府职责范围"),
                                    ("in_court", "已进入或者依法应当通过诉讼、仲裁、行政复议解决"),
                                    ("petition", "信访事项正在办理或者已有处理意见"),
                                    ("disclosure", "属于政府信息公开申请"),
                                    ("abuse", "内容为辱骂、恐吓"),
                                    ("anonymous_slander", "匿名诬告、诽谤"),
                                    ("advertisement", "广告、推销"),
                                    ("no_matter", "没有具体事项"),
                                ],
                                max_length=20,
                                verbose_name="不予受理的情形",
                            ),
                        ),
                        (
                            "decline_note",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="不予受理的说明"),
                        ),
                        ("assigned_on", models.DateField(null=True, verbose_name="交办日")),
                        ("returns", models.PositiveSmallIntegerField(default=0, verbose_name="退办次数")),
                        ("binding", models.BooleanField(default=False, verbose_name="已裁定承办单位")),
                        (
                            "term_days",
                            models.PositiveSmallIntegerField(default=0, verbose_name="答复期限（工作日）"),
                        ),
                        ("clock_from", models.DateField(null=True, verbose_name="本轮起算日")),
                        ("round", models.PositiveSmallIntegerField(default=1, verbose_name="办理轮次")),
                        (
                            "again_reason",
                            portal.privacy.fields.SealedTextField(
                                blank=True, verbose_name="来信人不满意的理由"
                            ),
                        ),
                        (
                            "merged_from",
                            models.CharField(blank=True, max_length=30, verbose_name="并件前的状态"),
                        ),
                        ("supervised_on", models.DateField(null=True, verbose_name="转督查之日")),
                        (
                            "supervision_verdict",
                            models.CharField(blank=True, max_length=10, verbose_name="督查结果"),
                        ),
                        (
                            "supervision_note",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="督查意见"),
                        ),
                        (
                            "addressed_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="units.unit",
                                verbose_name="写给哪个单位的负责人",
                            ),
                        ),
                        (
                            "leader",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="mailbox.letter",
                                verbose_name="主件",
                            ),
                        ),
                        (
                            "main_unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="units.unit",
                                verbose_name="主办单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "来信",
                        "verbose_name_plural": "来信",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("addressed_unit__isnull", False), ("addressee", "head")),
                                    models.Q(
                                        models.Q(("addressee", "head"), _negated=True),
                                        ("addressed_unit__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="mailbox_head_has_unit",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "letter_kind__in",
                                        ["inquiry", "help", "complaint", "report", "suggestion", "thanks"],
                                    )
                                ),
                                name="mailbox_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confidential", True), ("consent_to_publish", True), _negated=True
                                ),
                                name="mailbox_confidential_unpublished",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("leader__isnull", True), ("merged_from", "")),
                                    models.Q(
                                        ("leader__isnull", False),
                                        models.Q(("merged_from", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="mailbox_merged_from_somewhere",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("round__gte", 1), ("round__lte", 2)),
                                name="mailbox_rehandled_once",
                            ),
                        ],
                    },
                    bases=(
                        mailbox.models.screening_steps.ScreeningSteps,
                        mailbox.models.unit_steps.UnitSteps,
                        mailbox.models.clock_steps.ClockSteps,
                        mailbox.models.reply_steps.ReplySteps,
                        mailbox.models.group_steps.GroupSteps,
                        mailbox.models.after_steps.AfterSteps,
                        mailbox.models.release_steps.ReleaseSteps,
                        mailbox.models.withdraw_steps.WithdrawSteps,
                        mailbox.models.writers_view.WritersView,
                        "cases.case",
                    ),
                ),
                migrations.CreateModel(
                    name="ExtensionRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(verbose_name="办理轮次")),
                        ("days", models.PositiveSmallIntegerField(verbose_name="延长工作日数")),
                        ("reason", models.CharField(max_length=300, verbose_name="理由")),
                        ("requested_at", models.DateTimeField(verbose_name="提出时间")),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("pending", "待批准"),
                                    ("approved", "已批准"),
                                    ("refused", "未批准"),
                                ],
                                default="pending",
                                max_length=10,
                                verbose_name="决定",
                            ),
                        ),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="审批时间")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="审批人",
                            ),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="提出人",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extensions",
                                to="mailbox.letter",
                                verbose_name="来信",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "延期申请",
                        "verbose_name_plural": "延期申请",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "pending")),
                                fields=("letter",),
                                name="mailbox_one_pending_extension",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "approved")),
                                fields=("letter", "round"),
                                name="mailbox_one_extension_a_round",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(("decided_by", models.F("requested_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="mailbox_extension_two_people",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("decision__in", ["pending", "approved", "refused"])),
                                name="mailbox_extension_decision_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "part",
                            models.CharField(
                                choices=[("main", "主办"), ("assist", "协办")],
                                max_length=8,
                                verbose_name="职责",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "待办"),
                                    ("signed", "已签收"),
                                    ("contributed", "已反馈"),
                                    ("returned", "已退办"),
                                    ("cancelled", "已取消"),
                                    ("done", "已办结"),
                                ],
                                default="waiting",
                                max_length=12,
                                verbose_name="进度",
                            ),
                        ),
                        ("given_on", models.DateField(verbose_name="交办日")),
                        ("due_on", models.DateField(verbose_name="期限")),
                        (
                            "workdays",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="期限工作日数（0：按日历选定）"
                            ),
                        ),
                        ("asked", portal.privacy.fields.SealedTextField(blank=True, verbose_name="协办事项")),
                        (
                            "contribution",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="反馈内容"),
                        ),
                        ("ended_on", models.DateField(null=True, verbose_name="结束日")),
                        (
                            "end_reason",
                            portal.privacy.fields.SealedTextField(
                                blank=True, verbose_name="退办或取消的理由"
                            ),
                        ),
                        (
                            "contributed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="反馈人",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="units.unit",
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="mailbox.letter",
                                verbose_name="来信",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "交办",
                        "verbose_name_plural": "交办",
                        "ordering": ["id"],
                        "indexes": [models.Index(fields=["unit", "state"], name="mailbox_parts_of_unit")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("part", "main"), ("state__in", ("waiting", "signed"))),
                                fields=("letter",),
                                name="mailbox_one_main_unit",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("part", "assist"), ("state__in", ("waiting", "signed"))),
                                fields=("letter", "unit"),
                                name="mailbox_assisting_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("part__in", ["main", "assist"])),
                                name="mailbox_part_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["waiting", "signed", "contributed", "returned", "cancelled", "done"],
                                    )
                                ),
                                name="mailbox_assignment_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "contributed"), _negated=True),
                                    models.Q(("contribution", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="mailbox_contributed_has_text",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MailedLetter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sender_index", models.CharField(db_index=True, max_length=64)),
                        ("opened", models.BooleanField(default=True, verbose_name="新开来信")),
                        (
                            "follows",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by_mails",
                                to="mailbox.letter",
                                verbose_name="接续的来信",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mails",
                                to="mailbox.letter",
                                verbose_name="来信",
                            ),
                        ),
                        (
                            "mail",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="postbox.inboundmail",
                                verbose_name="邮件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "邮件来信",
                        "verbose_name_plural": "邮件来信",
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="NamedReader",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=200, verbose_name="指定理由")),
                        ("named_at", models.DateTimeField(verbose_name="指定时间")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="可知悉人员",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="named_readers",
                                to="mailbox.letter",
                                verbose_name="来信",
                            ),
                        ),
                        (
                            "named_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="指定人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "举报人身份知悉人员",
                        "verbose_name_plural": "举报人身份知悉人员",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("letter", "account"), name="mailbox_reader_once"),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="mailbox_reader_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublishedLetter",
                    fields=[
                        (
                            "release",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="letter",
                                serialize=False,
                                to="publishing.release",
                                verbose_name="公开副本",
                            ),
                        ),
                        (
                            "letter_kind",
                            models.CharField(
                                choices=[
                                    ("inquiry", "咨询"),
                                    ("help", "求助"),
                                    ("complaint", "投诉"),
                                    ("report", "举报"),
                                    ("suggestion", "建议"),
                                    ("thanks", "感谢"),
                                ],
                                max_length=12,
                                verbose_name="来信类型",
                            ),
                        ),
                        (
                            "place",
                            models.CharField(
                                choices=[
                                    ("hongta", "红塔区"),
                                    ("jiangchuan", "江川区"),
                                    ("chengjiang", "澄江市"),
                                    ("tonghai", "通海县"),
                                    ("huaning", "华宁县"),
                                    ("yimen", "易门县"),
                                    ("eshan", "峨山彝族自治县"),
                                    ("xinping", "新平彝族傣族自治县"),
                                    ("yuanjiang", "元江哈尼族彝族傣族自治县"),
                                    ("city", "全市或者不涉及具体地点"),
                                ],
                                max_length=12,
                                verbose_name="事项发生地",
                            ),
                        ),
                        ("asked", models.PositiveIntegerField(default=1, verbose_name="同一答复的来信件数")),
                    ],
                    options={
                        "verbose_name": "公开的来信",
                        "verbose_name_plural": "公开的来信",
                        "ordering": ["-release_id"],
                        "indexes": [
                            models.Index(fields=["place"], name="mailbox_published_place"),
                            models.Index(fields=["-asked"], name="mailbox_published_asked"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("asked__gte", 1)), name="mailbox_published_asked_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("letter_kind", "report"), _negated=True),
                                name="mailbox_report_unpublished",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RatingInvitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(verbose_name="办理轮次")),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("sent_at", models.DateTimeField(verbose_name="发出时间")),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="mailbox.letter",
                                verbose_name="来信",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "评价邀请",
                        "verbose_name_plural": "评价邀请",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("letter", "round"), name="mailbox_invited_a_round"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rating",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("solved", models.PositiveSmallIntegerField(verbose_name="解决")),
                        ("attitude", models.PositiveSmallIntegerField(verbose_name="态度")),
                        ("why", portal.privacy.fields.SealedTextField(blank=True, verbose_name="理由")),
                        ("rated_at", models.DateTimeField(verbose_name="评价时间")),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="units.unit",
                                verbose_name="承办单位",
                            ),
                        ),
                        (
                            "invitation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rating",
                                to="mailbox.ratinginvitation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "来信人评价",
                        "verbose_name_plural": "来信人评价",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("solved__gte", 1), ("solved__lte", 5)),
                                name="mailbox_solved_in_range",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("attitude__gte", 1), ("attitude__lte", 5)),
                                name="mailbox_attitude_in_range",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="到期日")),
                        (
                            "rung",
                            models.CharField(
                                choices=[
                                    ("yellow", "黄色提醒"),
                                    ("orange", "橙色提醒"),
                                    ("red", "催办"),
                                    ("leader", "督办"),
                                ],
                                max_length=8,
                                verbose_name="级别",
                            ),
                        ),
                        ("sent_at", models.DateTimeField(verbose_name="发出时间")),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.officialdocument",
                                verbose_name="文书",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="mailbox.letter",
                                verbose_name="来信",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="units.unit",
                                verbose_name="被提醒单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "催办提醒",
                        "verbose_name_plural": "催办提醒",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("letter", "due_on", "rung"), name="mailbox_rung_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rung__in", ["yellow", "orange", "red", "leader"])),
                                name="mailbox_rung_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reply",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(verbose_name="办理轮次")),
                        ("body", portal.privacy.fields.SealedTextField(verbose_name="答复内容")),
                        ("drafted_at", models.DateTimeField(verbose_name="拟稿时间")),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.officialdocument",
                                verbose_name="文书",
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="拟稿人",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="mailbox.letter",
                                verbose_name="来信",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "答复",
                        "verbose_name_plural": "答复",
                        "ordering": ["round"],
                        "constraints": [
                            models.UniqueConstraint(fields=("letter", "round"), name="mailbox_reply_a_round")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Supplement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="第几次")),
                        ("asked", portal.privacy.fields.SealedTextField(verbose_name="需要补充的内容")),
                        ("asked_on", models.DateField(verbose_name="请求补充之日")),
                        ("answer_by", models.DateField(verbose_name="补充期限")),
                        (
                            "workdays",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="期限工作日数（0：按日历选定）"
                            ),
                        ),
                        ("text", portal.privacy.fields.SealedTextField(blank=True, verbose_name="补充内容")),
                        ("came_on", models.DateField(null=True, verbose_name="收到补充之日")),
                        ("is_open", models.BooleanField(default=True, verbose_name="等待中")),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supplements",
                                to="mailbox.letter",
                                verbose_name="来信",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "补充",
                        "verbose_name_plural": "补充",
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("letter", "position"), name="mailbox_supplement_position"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_open", True)),
                                fields=("letter",),
                                name="mailbox_one_open_supplement",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("answer_by__gt", models.F("asked_on"))),
                                name="mailbox_supplement_term_after_asking",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Term",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=30, unique=True, verbose_name="代码")),
                        ("title", models.CharField(max_length=60, verbose_name="期限")),
                        ("days", models.PositiveSmallIntegerField(verbose_name="工作日数")),
                        ("source", models.CharField(max_length=200, verbose_name="来源")),
                    ],
                    options={
                        "verbose_name": "信箱期限",
                        "verbose_name_plural": "信箱期限",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("days__gte", 1), ("days__lte", 60)),
                                name="mailbox_term_in_range",
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
