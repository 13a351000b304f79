"""The tables of 2026-12 at once, for a new database; one that began earlier goes up by what this replaces."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.migrating
import portal.privacy.fields
import requests_app.models.after_steps
import requests_app.models.applicants_view
import requests_app.models.correction_steps
import requests_app.models.ending_steps
import requests_app.models.extension_steps
import requests_app.models.fee_steps
import requests_app.models.particulars
import requests_app.models.party_steps
import requests_app.models.people_steps
import requests_app.models.receipt_steps
import requests_app.models.release_steps
import requests_app.models.reply_steps
import requests_app.models.sending_steps
import requests_app.models.triage_steps

ROWS = {
    "ReviewFirst": (
        {
            "reply_kind": "refuse",
            "title": "不予公开",
            "review_first": True,
            "source": "行政复议法第二十三条第一款第四项；法释〔2025〕8号第一条第二项（条例第十四条至第十六条）",
        },
        {
            "reply_kind": "partial",
            "title": "部分公开",
            "review_first": True,
            "source": "不予公开的部分：行政复议法第二十三条第一款第四项、法释〔2025〕8号第一条第二项；其余部分：法释〔2025〕8号第一条第三项",
        },
        {
            "reply_kind": "inquiry",
            "title": "属于行政查询事项",
            "review_first": False,
            "source": "法释〔2025〕8号第一条：复议前置限于条例第十四条至第十六条的不予公开",
        },
        {
            "reply_kind": "disclose",
            "title": "予以公开",
            "review_first": False,
            "source": "法释〔2025〕8号第一条第三项",
        },
        {
            "reply_kind": "already_public",
            "title": "已主动公开",
            "review_first": False,
            "source": "法释〔2025〕8号第一条第三项",
        },
        {
            "reply_kind": "not_held",
            "title": "政府信息不存在",
            "review_first": False,
            "source": "法释〔2025〕8号第一条第一项（无法提供）",
        },
        {
            "reply_kind": "not_ours",
            "title": "非本机关公开",
            "review_first": False,
            "source": "法释〔2025〕8号第一条第一项（无法提供）",
        },
        {
            "reply_kind": "needs_creation",
            "title": "没有现成信息，需另行制作",
            "review_first": False,
            "source": "法释〔2025〕8号第一条第一项（无法提供）",
        },
        {
            "reply_kind": "unclear",
            "title": "补正后申请内容仍不明确",
            "review_first": False,
            "source": "法释〔2025〕8号第一条第一项（无法提供）",
        },
        {
            "reply_kind": "not_processed",
            "title": "不予处理",
            "review_first": False,
            "source": "法释〔2025〕8号第一条第一项（不予处理）",
        },
        {
            "reply_kind": "abandoned",
            "title": "逾期不补正",
            "review_first": False,
            "source": "法释〔2025〕8号第一条第一项（不予处理）",
        },
        {
            "reply_kind": "unpaid",
            "title": "逾期未缴费",
            "review_first": False,
            "source": "法释〔2025〕8号第一条第一项（不予处理）；国办函〔2020〕109号",
        },
        {
            "reply_kind": "fix",
            "title": "更正记录的处理",
            "review_first": False,
            "source": "法释〔2025〕8号第一条第五项",
        },
    ),
    "AfterPaymentRule": (
        {
            "after_payment": "restart",
            "source": "国办函〔2020〕109号：缴费期间不计入办理期限，缴费后重新计算，待核",
        },
    ),
}


def write(apps, schema_editor):
    for name, rows in ROWS.items():
        model = apps.get_model("requests_app", name)
        model.objects.bulk_create([model(**row) for row in rows])


class Migration(migrations.Migration):
    replaces = [
        ("requests_app", "0001_initial"),
        ("requests_app", "0002_correction"),
        ("requests_app", "0003_reply_kinds"),
        ("requests_app", "0004_complete"),
        ("requests_app", "0005_reply_items"),
        ("requests_app", "0006_reply_columns"),
        ("requests_app", "0007_review_first"),
        ("requests_app", "0008_protected_interest"),
        ("requests_app", "0009_ways_of_paying"),
        ("requests_app", "0010_posting_day"),
        ("requests_app", "0011_contact_in_one_way"),
        ("requests_app", "0012_residence_permits"),
        ("requests_app", "0013_workdays"),
        ("requests_app", "0014_party_is"),
        ("requests_app", "0015_receipts"),
        ("requests_app", "0016_former_applicants"),
        ("requests_app", "0017_draft_key_digests"),
        ("requests_app", "0018_case_file_volumes"),
        ("requests_app", "0019_papers_of_the_former"),
    ]

    initial = True

    dependencies = [
        ("cases", "0001_squashed_2026_12"),
        ("documents", "0001_squashed_2026_12"),
        ("files", "0001_initial"),
        ("units", "0001_squashed_2026_12"),
    ]

    operations = [
        portal.migrating.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="ReviewFirst",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reply_kind", models.CharField(max_length=20, unique=True, verbose_name="答复类型")),
                        ("title", models.CharField(max_length=40, verbose_name="名称")),
                        ("review_first", models.BooleanField(verbose_name="复议前置")),
                        ("source", models.CharField(max_length=200, verbose_name="依据")),
                    ],
                    options={
                        "verbose_name": "复议前置情形",
                        "verbose_name_plural": "复议前置情形",
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="AfterPaymentRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "after_payment",
                            models.CharField(
                                choices=[
                                    ("restart", "自缴费次日起重新计算"),
                                    ("resume", "自缴费次日起继续计算"),
                                ],
                                default="restart",
                                max_length=10,
                                verbose_name="缴费后的答复期限",
                            ),
                        ),
                        ("source", models.CharField(max_length=200, verbose_name="依据")),
                    ],
                    options={
                        "verbose_name": "缴费后的答复期限",
                        "verbose_name_plural": "缴费后的答复期限",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("after_payment__in", ["restart", "resume"])),
                                name="requests_after_payment_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DisclosureRequest",
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
                            "applicant_kind",
                            models.CharField(
                                choices=[("citizen", "公民"), ("organisation", "法人或其他组织")],
                                max_length=12,
                                verbose_name="申请人类型",
                            ),
                        ),
                        (
                            "organisation_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("business", "商业企业"),
                                    ("research", "科研机构"),
                                    ("charity", "社会公益组织"),
                                    ("legal", "法律服务机构"),
                                    ("other", "其他"),
                                ],
                                max_length=10,
                                verbose_name="组织类型",
                            ),
                        ),
                        ("name", portal.privacy.fields.SealedTextField(verbose_name="姓名或名称")),
                        ("name_index", models.CharField(db_index=True, max_length=64)),
                        (
                            "identity_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("resident", "居民身份证"),
                                    ("passport", "护照"),
                                    ("hk_macao", "港澳居民来往内地通行证"),
                                    ("taiwan", "台湾居民来往大陆通行证"),
                                    ("hk_macao_residence", "港澳居民居住证"),
                                    ("taiwan_residence", "台湾居民居住证"),
                                    ("foreign_permanent", "外国人永久居留身份证"),
                                ],
                                max_length=20,
                                verbose_name="证件类型",
                            ),
                        ),
                        (
                            "identity_number",
                            portal.privacy.fields.SealedTextField(verbose_name="证件号码或统一社会信用代码"),
                        ),
                        ("identity_index", models.CharField(db_index=True, max_length=64)),
                        (
                            "representative",
                            portal.privacy.fields.SealedTextField(
                                blank=True, verbose_name="法定代表人或负责人"
                            ),
                        ),
                        (
                            "contact_person",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="联系人"),
                        ),
                        ("phone", portal.privacy.fields.SealedTextField(blank=True, verbose_name="联系电话")),
                        ("email", portal.privacy.fields.SealedTextField(blank=True, verbose_name="电子邮箱")),
                        (
                            "address",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="通信地址"),
                        ),
                        ("postcode", models.CharField(blank=True, max_length=6, verbose_name="邮政编码")),
                        (
                            "agent_name",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="代理人姓名"),
                        ),
                        (
                            "agent_identity_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("resident", "居民身份证"),
                                    ("passport", "护照"),
                                    ("hk_macao", "港澳居民来往内地通行证"),
                                    ("taiwan", "台湾居民来往大陆通行证"),
                                    ("hk_macao_residence", "港澳居民居住证"),
                                    ("taiwan_residence", "台湾居民居住证"),
                                    ("foreign_permanent", "外国人永久居留身份证"),
                                ],
                                max_length=20,
                                verbose_name="代理人证件类型",
                            ),
                        ),
                        (
                            "agent_identity_number",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="代理人证件号码"),
                        ),
                        (
                            "agent_phone",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="代理人电话"),
                        ),
                        ("topic_index", models.CharField(blank=True, db_index=True, max_length=64)),
                        (
                            "information_name",
                            models.CharField(blank=True, max_length=120, verbose_name="所需信息名称"),
                        ),
                        (
                            "information_number",
                            models.CharField(blank=True, max_length=60, verbose_name="文号"),
                        ),
                        (
                            "description",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="其他特征描述"),
                        ),
                        (
                            "form_wanted",
                            models.CharField(
                                choices=[("paper", "纸质"), ("electronic", "电子"), ("other", "其他")],
                                max_length=10,
                                verbose_name="信息形式",
                            ),
                        ),
                        (
                            "delivery",
                            models.CharField(
                                choices=[
                                    ("online", "网上获取"),
                                    ("email", "电子邮件"),
                                    ("post", "邮寄"),
                                    ("in_person", "当面领取"),
                                ],
                                max_length=10,
                                verbose_name="获取方式",
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("online", "网上提交"),
                                    ("in_person", "当面提交"),
                                    ("registered_post", "挂号信、特快专递"),
                                    ("ordinary_post", "平常信函"),
                                    ("fax", "传真"),
                                    ("oral", "口头提出，由经办人代为填写"),
                                ],
                                default="online",
                                max_length=16,
                                verbose_name="提交渠道",
                            ),
                        ),
                        (
                            "receipt_evidence",
                            models.CharField(blank=True, max_length=200, verbose_name="收到凭据"),
                        ),
                    ],
                    options={
                        "verbose_name": "政府信息公开申请",
                        "verbose_name_plural": "政府信息公开申请",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("description", ""),
                                    ("information_name", ""),
                                    ("information_number", ""),
                                    _negated=True,
                                ),
                                name="requests_something_is_asked",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("applicant_kind", "citizen"), ("organisation_kind", "")),
                                    models.Q(
                                        ("applicant_kind", "organisation"),
                                        models.Q(("organisation_kind", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="requests_organisation_has_kind",
                            ),
                        ],
                    },
                    bases=(
                        requests_app.models.triage_steps.TriageSteps,
                        requests_app.models.correction_steps.CorrectionSteps,
                        requests_app.models.extension_steps.ExtensionSteps,
                        requests_app.models.party_steps.PartySteps,
                        requests_app.models.fee_steps.FeeSteps,
                        requests_app.models.reply_steps.ReplySteps,
                        requests_app.models.sending_steps.SendingSteps,
                        requests_app.models.receipt_steps.ReceiptSteps,
                        requests_app.models.ending_steps.EndingSteps,
                        requests_app.models.after_steps.AfterSteps,
                        requests_app.models.release_steps.ReleaseSteps,
                        requests_app.models.people_steps.PeopleSteps,
                        requests_app.models.applicants_view.ApplicantsView,
                        requests_app.models.particulars.Particulars,
                        "cases.case",
                    ),
                ),
                migrations.CreateModel(
                    name="Consultation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("third_party", "第三方（条例第三十二条）"),
                                    ("joint_maker", "共同制作机关（条例第三十四条）"),
                                    ("assistant", "协助办理的单位"),
                                ],
                                max_length=12,
                                verbose_name="征求对象",
                            ),
                        ),
                        (
                            "party_is",
                            models.CharField(
                                blank=True,
                                choices=[("person", "个人"), ("organisation", "单位")],
                                max_length=12,
                                verbose_name="对方是",
                            ),
                        ),
                        ("name", portal.privacy.fields.SealedTextField(verbose_name="名称")),
                        ("email", portal.privacy.fields.SealedTextField(blank=True, verbose_name="电子邮箱")),
                        ("phone", portal.privacy.fields.SealedTextField(blank=True, verbose_name="联系电话")),
                        (
                            "address",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="通信地址"),
                        ),
                        ("asked", portal.privacy.fields.SealedTextField(verbose_name="征求意见的内容")),
                        (
                            "send_by",
                            models.CharField(
                                choices=[
                                    ("online", "网上送达"),
                                    ("post", "邮寄送达（邮政企业）"),
                                    ("in_person", "直接送达"),
                                    ("agency", "委托其他行政机关送达"),
                                ],
                                max_length=10,
                                verbose_name="送达方式",
                            ),
                        ),
                        ("tracking", models.CharField(blank=True, max_length=60, verbose_name="邮件号")),
                        ("sent_on", models.DateField(verbose_name="发出之日")),
                        ("received_on", models.DateField(null=True, verbose_name="收到之日")),
                        (
                            "receipt_evidence",
                            models.CharField(blank=True, max_length=200, verbose_name="收到凭据"),
                        ),
                        ("answer_by", models.DateField(null=True, verbose_name="意见期限")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "等待意见"),
                                    ("answered", "已提出意见"),
                                    ("silent", "逾期未提出意见"),
                                    ("unreachable", "无法送达"),
                                    ("cancelled", "不再征求"),
                                ],
                                default="waiting",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "opinion",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("agree", "同意公开"),
                                    ("partly", "部分同意公开"),
                                    ("refuse", "不同意公开"),
                                ],
                                max_length=8,
                                verbose_name="意见",
                            ),
                        ),
                        ("reason", portal.privacy.fields.SealedTextField(blank=True, verbose_name="理由")),
                        ("answered_on", models.DateField(null=True, verbose_name="提出意见之日")),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        (
                            "override_reason",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="决定公开的理由"),
                        ),
                        ("overridden_on", models.DateField(null=True, verbose_name="决定公开之日")),
                        (
                            "decision",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.officialdocument",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.officialdocument",
                            ),
                        ),
                        (
                            "overridden_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="批准人",
                            ),
                        ),
                        (
                            "override_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="提出人",
                            ),
                        ),
                        (
                            "slip",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.officialdocument",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultations",
                                to="requests_app.disclosurerequest",
                                verbose_name="申请",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "征求意见",
                        "verbose_name_plural": "征求意见",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["third_party", "joint_maker", "assistant"])),
                                name="requests_consult_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["waiting", "answered", "silent", "unreachable", "cancelled"],
                                    )
                                ),
                                name="requests_consult_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("received_on__isnull", True),
                                    ("received_on__gte", models.F("sent_on")),
                                    _connector="OR",
                                ),
                                name="requests_consult_received_after_sent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "answered"), _negated=True),
                                    models.Q(
                                        models.Q(("opinion", ""), _negated=True),
                                        ("answered_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="requests_consult_answer_complete",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("overridden_by__isnull", True),
                                    models.Q(("overridden_by", models.F("override_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="requests_override_two_people",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseArchive",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(default=1, verbose_name="卷次")),
                        ("through", models.PositiveIntegerField(default=0, verbose_name="截至事件")),
                        ("holds", models.JSONField(default=dict, verbose_name="卷内")),
                        ("ordered_at", models.DateTimeField(verbose_name="立卷时间")),
                        ("pages", models.PositiveIntegerField(default=0, verbose_name="页数")),
                        ("sha256", models.CharField(blank=True, max_length=64, verbose_name="摘要")),
                        (
                            "file",
                            models.ForeignKey(
                                null=True, on_delete=django.db.models.deletion.PROTECT, to="files.storedfile"
                            ),
                        ),
                        (
                            "ordered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="archive_files",
                                to="requests_app.disclosurerequest",
                                verbose_name="申请",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "卷宗",
                        "verbose_name_plural": "卷宗",
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("request", "number"), name="requests_case_file_volume_once"
                            )
                        ],
                    },
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
                                    ("spent", "期限已重新起算，不再适用"),
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extensions",
                                to="requests_app.disclosurerequest",
                                verbose_name="申请",
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
                    ],
                    options={
                        "verbose_name": "延期申请",
                        "verbose_name_plural": "延期申请",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "pending")),
                                fields=("request",),
                                name="requests_one_pending_extension",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "approved")),
                                fields=("request",),
                                name="requests_one_extension",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(("decided_by", models.F("requested_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="requests_extension_two_people",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision__in", ["pending", "approved", "refused", "spent"])
                                ),
                                name="requests_extension_decision_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeeNotice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "tariff",
                            models.CharField(
                                choices=[("by_piece", "按件计收"), ("by_page", "按量计收")],
                                max_length=10,
                                verbose_name="收费标准",
                            ),
                        ),
                        ("count", models.PositiveIntegerField(verbose_name="件数或页数")),
                        ("earlier", models.PositiveIntegerField(default=0, verbose_name="当月此前件数")),
                        ("lines", models.JSONField(verbose_name="计算明细")),
                        ("amount", models.PositiveIntegerField(verbose_name="金额（元）")),
                        ("reason", models.CharField(max_length=300, verbose_name="收费理由")),
                        ("ways", models.CharField(blank=True, max_length=300, verbose_name="缴费方式")),
                        ("told_on", models.DateField(verbose_name="告知日")),
                        ("received_on", models.DateField(null=True, verbose_name="收到通知之日")),
                        (
                            "receipt_evidence",
                            models.CharField(blank=True, max_length=200, verbose_name="收到凭据"),
                        ),
                        ("pay_by", models.DateField(verbose_name="缴费期限")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "待缴费"),
                                    ("paid", "已缴费"),
                                    ("unpaid", "逾期未缴费"),
                                    ("cancelled", "已撤回"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("paid_on", models.DateField(null=True, verbose_name="缴费之日")),
                        ("evidence", models.CharField(blank=True, max_length=200, verbose_name="缴费凭据")),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.officialdocument",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fees",
                                to="requests_app.disclosurerequest",
                                verbose_name="申请",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "收费",
                        "verbose_name_plural": "收费",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["waiting", "paid"])),
                                fields=("request",),
                                name="requests_one_fee",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("tariff__in", ["by_piece", "by_page"])),
                                name="requests_tariff_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="requests_fee_is_something"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("received_on__isnull", True),
                                    ("pay_by__gt", models.F("received_on")),
                                    _connector="OR",
                                ),
                                name="requests_fee_term_after_receipt",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "paid"), _negated=True),
                                    models.Q(
                                        ("paid_on__isnull", False), models.Q(("evidence", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="requests_fee_paid_complete",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormerApplicant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", portal.privacy.fields.SealedTextField(verbose_name="姓名或名称")),
                        (
                            "identity_number",
                            portal.privacy.fields.SealedTextField(
                                blank=True, verbose_name="证件号码或统一社会信用代码"
                            ),
                        ),
                        (
                            "representative",
                            portal.privacy.fields.SealedTextField(
                                blank=True, verbose_name="法定代表人或负责人"
                            ),
                        ),
                        (
                            "contact_person",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="联系人"),
                        ),
                        ("phone", portal.privacy.fields.SealedTextField(blank=True, verbose_name="联系电话")),
                        ("email", portal.privacy.fields.SealedTextField(blank=True, verbose_name="电子邮箱")),
                        (
                            "address",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="通信地址"),
                        ),
                        ("postcode", models.CharField(blank=True, max_length=6, verbose_name="邮政编码")),
                        (
                            "agent_name",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="代理人姓名"),
                        ),
                        (
                            "agent_identity_number",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="代理人证件号码"),
                        ),
                        (
                            "agent_phone",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="代理人电话"),
                        ),
                        ("until", models.DateTimeField(verbose_name="变更时间")),
                        (
                            "papers_until",
                            models.BigIntegerField(
                                null=True, verbose_name="此前的文书（至该号）归变更前的申请人"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="former_applicants",
                                to="requests_app.disclosurerequest",
                                verbose_name="申请",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "变更前的申请人信息",
                        "verbose_name_plural": "变更前的申请人信息",
                        "ordering": ["id"],
                    },
                    bases=(requests_app.models.particulars.Particulars, models.Model),
                ),
                migrations.CreateModel(
                    name="OpinionFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="requests_app.consultation",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.casefile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "意见附件",
                        "verbose_name_plural": "意见附件",
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ReasonsInquiry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("finding", portal.privacy.fields.SealedTextField(verbose_name="数量、频次情况")),
                        ("told_on", models.DateField(verbose_name="告知日")),
                        ("received_on", models.DateField(null=True, verbose_name="收到通知之日")),
                        (
                            "receipt_evidence",
                            models.CharField(blank=True, max_length=200, verbose_name="收到凭据"),
                        ),
                        ("answer_by", models.DateField(verbose_name="说明期限")),
                        (
                            "workdays",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="期限工作日数（0：按日历选定）"
                            ),
                        ),
                        (
                            "answer",
                            portal.privacy.fields.SealedTextField(
                                blank=True, verbose_name="申请人说明的理由"
                            ),
                        ),
                        ("answered_on", models.DateField(null=True, verbose_name="说明之日")),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("pending", "待说明"),
                                    ("given", "已说明，待认定"),
                                    ("reasonable", "理由合理"),
                                    ("unreasonable", "理由不合理"),
                                    ("silent", "逾期未说明"),
                                ],
                                default="pending",
                                max_length=12,
                                verbose_name="认定",
                            ),
                        ),
                        ("note", portal.privacy.fields.SealedTextField(blank=True, verbose_name="认定意见")),
                        (
                            "later_days",
                            models.PositiveSmallIntegerField(default=0, verbose_name="拟延迟工作日数"),
                        ),
                        ("postponed_on", models.DateField(null=True, verbose_name="批准延迟之日")),
                        (
                            "judged_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="认定人",
                            ),
                        ),
                        (
                            "request",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reasons",
                                to="requests_app.disclosurerequest",
                                verbose_name="申请",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "说明理由",
                        "verbose_name_plural": "说明理由",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "verdict__in",
                                        ["pending", "given", "reasonable", "unreasonable", "silent"],
                                    )
                                ),
                                name="requests_reasons_verdict_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("answer_by__gt", models.F("told_on"))),
                                name="requests_reasons_term_after_notice",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecordFix",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("wrong", portal.privacy.fields.SealedTextField(verbose_name="不准确的记录")),
                        ("evidence", portal.privacy.fields.SealedTextField(verbose_name="证据")),
                        ("asked_on", models.DateField(verbose_name="提出之日")),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("pending", "待处理"),
                                    ("corrected", "已更正"),
                                    ("passed_on", "转送有权机关处理并告知"),
                                    ("told_where", "告知向有权机关提出"),
                                    ("refused", "经核实记录准确，不予更正"),
                                ],
                                default="pending",
                                max_length=10,
                                verbose_name="处理",
                            ),
                        ),
                        (
                            "answer",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="处理说明"),
                        ),
                        ("decided_on", models.DateField(null=True, verbose_name="处理之日")),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fixes",
                                to="requests_app.disclosurerequest",
                                verbose_name="申请",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "记录更正",
                        "verbose_name_plural": "记录更正",
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "pending")),
                                fields=("request",),
                                name="requests_one_open_fix",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "decision__in",
                                        ["pending", "corrected", "passed_on", "told_where", "refused"],
                                    )
                                ),
                                name="requests_fix_decision_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Remedy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("reconsideration", "行政复议"),
                                    ("lawsuit", "行政诉讼（未经复议直接起诉）"),
                                    ("lawsuit_after", "行政诉讼（复议后起诉）"),
                                ],
                                max_length=16,
                                verbose_name="途径",
                            ),
                        ),
                        ("body", models.CharField(max_length=80, verbose_name="受理机关")),
                        ("number", models.CharField(blank=True, max_length=60, verbose_name="案号")),
                        ("filed_on", models.DateField(verbose_name="受理之日")),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("pending", "尚未审结"),
                                    ("upheld", "结果维持"),
                                    ("corrected", "结果纠正"),
                                    ("other", "其他结果"),
                                ],
                                default="pending",
                                max_length=10,
                                verbose_name="结果",
                            ),
                        ),
                        ("ended_on", models.DateField(null=True, verbose_name="审结之日")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remedies",
                                to="requests_app.disclosurerequest",
                                verbose_name="申请",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "复议、诉讼",
                        "verbose_name_plural": "复议、诉讼",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["reconsideration", "lawsuit", "lawsuit_after"])
                                ),
                                name="requests_remedy_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_on__isnull", True), ("result", "pending")),
                                    models.Q(
                                        models.Q(("result", "pending"), _negated=True),
                                        ("ended_on__gte", models.F("filed_on")),
                                    ),
                                    _connector="OR",
                                ),
                                name="requests_remedy_ended_has_result",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("disclose", "予以公开"),
                                    ("already_public", "已主动公开"),
                                    ("partial", "部分公开"),
                                    ("refuse", "不予公开"),
                                    ("not_held", "政府信息不存在"),
                                    ("not_ours", "非本机关公开"),
                                    ("needs_creation", "没有现成信息，需另行制作"),
                                    ("unclear", "补正后申请内容仍不明确"),
                                    ("inquiry", "属于行政查询事项"),
                                    ("not_processed", "不予处理"),
                                ],
                                max_length=20,
                                verbose_name="答复类型",
                            ),
                        ),
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
                            "request",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answer",
                                to="requests_app.disclosurerequest",
                                verbose_name="申请",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "答复",
                        "verbose_name_plural": "答复",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "disclose",
                                            "already_public",
                                            "partial",
                                            "refuse",
                                            "not_held",
                                            "not_ours",
                                            "needs_creation",
                                            "unclear",
                                            "inquiry",
                                            "not_processed",
                                        ],
                                    )
                                ),
                                name="requests_reply_kind_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReplyItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="序号")),
                        ("matter", models.CharField(blank=True, max_length=200, verbose_name="所答事项")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("disclose", "予以公开"),
                                    ("already_public", "已主动公开"),
                                    ("partial", "部分公开"),
                                    ("refuse", "不予公开"),
                                    ("not_held", "政府信息不存在"),
                                    ("not_ours", "非本机关公开"),
                                    ("needs_creation", "没有现成信息，需另行制作"),
                                    ("unclear", "补正后申请内容仍不明确"),
                                    ("inquiry", "属于行政查询事项"),
                                    ("not_processed", "不予处理"),
                                ],
                                max_length=20,
                                verbose_name="答复类型",
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("state_secret", "属于国家秘密"),
                                    ("forbidden", "其他法律、行政法规禁止公开"),
                                    ("security", "可能危及国家安全、公共安全、经济安全、社会稳定"),
                                    ("third_party", "保护第三方合法权益（商业秘密、个人隐私）"),
                                    ("internal", "属于三类内部事务信息"),
                                    ("process", "属于四类过程性信息"),
                                    ("enforcement_file", "属于行政执法案卷"),
                                ],
                                max_length=20,
                                verbose_name="不予公开的理由",
                            ),
                        ),
                        (
                            "interest",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("trade_secret", "商业秘密"),
                                    ("privacy", "个人隐私"),
                                    ("both", "商业秘密和个人隐私"),
                                ],
                                max_length=20,
                                verbose_name="涉及的第三方权益",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("petition", "信访、举报、投诉类申请"),
                                    ("duplicate", "重复申请"),
                                    ("publication", "要求提供公开出版物"),
                                    ("excessive", "无正当理由大量反复申请"),
                                    ("confirmation", "要求确认或重新出具已获取信息"),
                                ],
                                max_length=20,
                                verbose_name="不予处理的情形",
                            ),
                        ),
                        ("body", portal.privacy.fields.SealedTextField(verbose_name="答复内容")),
                        (
                            "withheld",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="不予公开的部分"),
                        ),
                        (
                            "agency",
                            models.CharField(blank=True, max_length=80, verbose_name="负责公开的机关"),
                        ),
                        (
                            "agency_contact",
                            models.CharField(blank=True, max_length=120, verbose_name="该机关联系方式"),
                        ),
                        (
                            "parties",
                            models.JSONField(
                                blank=True, default=list, verbose_name="为其不予公开的被征求方（序号）"
                            ),
                        ),
                        (
                            "reply",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="requests_app.reply",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "答复事项",
                        "verbose_name_plural": "答复事项",
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("reply", "position"), name="requests_item_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "disclose",
                                            "already_public",
                                            "partial",
                                            "refuse",
                                            "not_held",
                                            "not_ours",
                                            "needs_creation",
                                            "unclear",
                                            "inquiry",
                                            "not_processed",
                                        ],
                                    )
                                ),
                                name="requests_item_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ["refuse", "partial"]), _negated=True),
                                    models.Q(("ground", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="requests_refusal_has_ground",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "not_processed"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="requests_not_processed_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "partial"), _negated=True),
                                    models.Q(("withheld", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="requests_partial_says_what_is_withheld",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("interest", ""),
                                    models.Q(
                                        ("ground", "third_party"),
                                        ("interest__in", ["trade_secret", "privacy", "both"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="requests_interest_only_of_third_parties",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequestDraft",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("key", models.CharField(max_length=64, unique=True, verbose_name="幂等键摘要")),
                        (
                            "answers",
                            portal.privacy.fields.SealedJSONField(default=dict, verbose_name="已填内容"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="建立时间")),
                        ("updated_at", models.DateTimeField(verbose_name="更新时间")),
                        (
                            "account",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="request_drafts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "submitted_as",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="requests_app.disclosurerequest",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "申请草稿",
                        "verbose_name_plural": "申请草稿",
                        "ordering": ["-updated_at"],
                    },
                ),
                migrations.CreateModel(
                    name="DraftFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=80, verbose_name="文件名")),
                        (
                            "stored",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="files.storedfile"
                            ),
                        ),
                        (
                            "draft",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="requests_app.requestdraft",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "草稿附件",
                        "verbose_name_plural": "草稿附件",
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Satisfaction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("mark", models.PositiveSmallIntegerField(verbose_name="评分")),
                        ("words", portal.privacy.fields.SealedTextField(blank=True, verbose_name="意见")),
                        ("at", models.DateTimeField(verbose_name="评价时间")),
                        (
                            "request",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="satisfaction",
                                to="requests_app.disclosurerequest",
                                verbose_name="申请",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "满意度",
                        "verbose_name_plural": "满意度",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("mark__range", (1, 5))), name="requests_mark_one_to_five"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchRecord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("searched_on", models.DateField(verbose_name="检索日期")),
                        ("place", models.CharField(max_length=200, verbose_name="检索范围")),
                        ("words", models.CharField(max_length=200, verbose_name="检索词、方法")),
                        ("result", models.CharField(max_length=300, verbose_name="检索结果")),
                        ("found", models.BooleanField(default=False, verbose_name="查到该信息")),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="searches",
                                to="requests_app.disclosurerequest",
                                verbose_name="申请",
                            ),
                        ),
                        (
                            "searched_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="检索人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "检索记录",
                        "verbose_name_plural": "检索记录",
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="AnnualFigure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("code", models.CharField(max_length=40, verbose_name="项目")),
                        ("value", models.DecimalField(decimal_places=4, max_digits=14, verbose_name="数值")),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="units.unit",
                                verbose_name="机关",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "年报填报数",
                        "verbose_name_plural": "年报填报数",
                        "ordering": ["unit", "year", "code"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("unit", "year", "code"), name="requests_annual_figure_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("value__gte", 0)),
                                name="requests_annual_figure_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnnualText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("overview", models.TextField(blank=True, verbose_name="总体情况")),
                        ("problems", models.TextField(blank=True, verbose_name="存在的主要问题及改进情况")),
                        ("other", models.TextField(blank=True, verbose_name="其他需要报告的事项")),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="units.unit",
                                verbose_name="机关",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "年报文字",
                        "verbose_name_plural": "年报文字",
                        "ordering": ["unit", "year"],
                        "constraints": [
                            models.UniqueConstraint(fields=("unit", "year"), name="requests_annual_text_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "send_by",
                            models.CharField(
                                choices=[
                                    ("online", "网上送达"),
                                    ("post", "邮寄送达（邮政企业）"),
                                    ("in_person", "直接送达"),
                                    ("agency", "委托其他行政机关送达"),
                                ],
                                max_length=10,
                                verbose_name="送达方式",
                            ),
                        ),
                        ("tracking", models.CharField(blank=True, max_length=60, verbose_name="邮件号")),
                        ("signer", portal.privacy.fields.SealedTextField(blank=True, verbose_name="签收人")),
                        ("posted_on", models.DateField(null=True, verbose_name="交邮之日")),
                        ("delivered_on", models.DateField(null=True, verbose_name="送达之日")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="备注")),
                        (
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.officialdocument",
                                verbose_name="文书",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="requests_app.disclosurerequest",
                                verbose_name="申请",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "送达",
                        "verbose_name_plural": "送达",
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("send_by", "post"), _negated=True),
                                    models.Q(("tracking", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="requests_post_has_tracking",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("send_by__in", ["in_person", "agency"]), _negated=True),
                                    models.Q(("signer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="requests_in_person_has_signer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("delivered_on__isnull", False),
                                    models.Q(("posted_on__isnull", False), ("send_by", "post")),
                                    ("send_by", "online"),
                                    _connector="OR",
                                ),
                                name="requests_delivery_has_its_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("posted_on__isnull", True),
                                    ("delivered_on__isnull", True),
                                    ("delivered_on__gte", models.F("posted_on")),
                                    _connector="OR",
                                ),
                                name="requests_received_after_posting",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CorrectionNotice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("unclear", portal.privacy.fields.SealedTextField(verbose_name="需要补正的事项")),
                        ("told_on", models.DateField(verbose_name="告知日")),
                        ("received_on", models.DateField(null=True, verbose_name="收到通知之日")),
                        (
                            "receipt_evidence",
                            models.CharField(blank=True, max_length=200, verbose_name="收到凭据"),
                        ),
                        ("correct_by", models.DateField(verbose_name="补正期限")),
                        (
                            "workdays",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="期限工作日数（0：按日历选定）"
                            ),
                        ),
                        (
                            "answer",
                            portal.privacy.fields.SealedTextField(blank=True, verbose_name="补正内容"),
                        ),
                        ("corrected_on", models.DateField(null=True, verbose_name="收到补正之日")),
                        (
                            "request",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="correction",
                                to="requests_app.disclosurerequest",
                                verbose_name="申请",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "补正告知",
                        "verbose_name_plural": "补正告知",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("correct_by__gt", models.F("told_on"))),
                                name="requests_correction_term_after_notice",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("corrected_on__isnull", True),
                                    ("corrected_on__gte", models.F("told_on")),
                                    _connector="OR",
                                ),
                                name="requests_corrected_after_notice",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
