"""Forms after the answer, the applicant's and the unit's."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.core.wording import cn_date
from requests_app.choices import FixDecision, RemedyKind, RemedyResult, SendBy
from requests_app.forms.staff import StepForm, choice_field, date_field, row_field, text_field
from requests_app.queries import deliverable, open_remedies, unreceived_deliveries, valid_papers


class SendingForm(StepForm):
    """How the reply on paper goes to the applicant."""

    send_by = choice_field(
        "送达方式",
        [choice for choice in SendBy.choices if choice[0] != SendBy.ONLINE],
        "邮寄只能通过邮政企业，不得通过其他快递企业。",
    )
    posted_on = date_field("交邮之日", "邮寄的必填：答复期限以交邮之日计算。", required=False)
    tracking = text_field("邮件号", 60, required=False, help_text="邮寄的必填，13位。")
    delivered_on = date_field(
        "送达之日",
        "直接送达、委托送达的必填，为签收之日；邮寄的签收回执收到后再登记，现在可以不填。",
        required=False,
    )
    signer = text_field("签收人", 40, required=False, help_text="直接送达、委托送达的必填。")
    note = text_field("备注", 200, required=False)


class DeliveryChoice(forms.ModelChoiceField):
    """One of the case's posted papers."""

    def label_from_instance(self, obj: Any) -> str:
        """The paper, when it was posted, its number."""
        return f"{obj.document}，{cn_date(obj.posted_on)}交邮，{obj.tracking}"


class ReceiptForm(StepForm):
    """When a posted paper was signed for."""

    delivery = DeliveryChoice(
        queryset=None,
        label="邮寄的文书",
        empty_label="请选择",
        error_messages={"required": "请选择邮寄的文书", "invalid_choice": "请选择邮寄的文书"},
    )
    delivered_on = date_field("签收之日", "以邮件签收记录或者回执为准，复议、诉讼期限自次日起算。")
    signer = text_field("签收人", 40, required=False)

    def prepare(self) -> None:
        """Posted papers whose receipt has not come back."""
        self.choose_from("delivery", unreceived_deliveries(self.case))


class DeliveryForm(SendingForm):
    """How a paper reached the applicant."""

    document = row_field("送达的文书")
    send_by = choice_field("送达方式", SendBy.choices, "邮寄只能通过邮政企业，不得通过其他快递企业。")
    field_order = ("version", "document")

    def prepare(self) -> None:
        """Papers to the applicant that have not been delivered."""
        self.choose_from("document", deliverable(self.case))


class VoidForm(StepForm):
    """Which paper is void, and why."""

    document = row_field("作废的文书")
    reason = text_field("作废理由", 200, rows=3, help_text="将在文书核验页面显示。")

    def prepare(self) -> None:
        """Papers that are not void."""
        self.choose_from("document", valid_papers(self.case))


class ProactiveForm(StepForm):
    """Whether it is published for everyone."""

    accepted = forms.TypedChoiceField(
        label="决定",
        choices=[("yes", "纳入主动公开"), ("no", "暂不纳入")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择决定"},
    )
    comment = text_field("公开的位置，或者不纳入的理由", 200, rows=2, help_text="将告知提出建议的申请人。")


class FixForm(StepForm):
    """What is wrong, and how that is known."""

    wrong = text_field("不准确的记录", 1000, rows=4, help_text="哪份信息、哪一处、应当是什么。")
    evidence = text_field("证据", 1000, rows=3, help_text="能够证明记录不准确的材料。")


class DecideFixForm(StepForm):
    """What becomes of it."""

    decision = choice_field(
        "处理结果", [choice for choice in FixDecision.choices if choice[0] != FixDecision.PENDING]
    )
    answer = text_field("处理说明", 1000, rows=4, help_text="将写入《更正信息告知书》。")


class RemedyForm(StepForm):
    """Where the applicant turned."""

    kind = choice_field("途径", RemedyKind.choices)
    body = text_field("受理机关", 80)
    number = text_field("案号", 60, required=False)
    filed_on = date_field("受理之日")


class RemedyChoice(forms.ModelChoiceField):
    """One of the case's reconsiderations and lawsuits."""

    def label_from_instance(self, obj: Any) -> str:
        """Its way, where and when."""
        return f"{obj.get_kind_display()}：{obj.body}，{cn_date(obj.filed_on)}受理"


class CloseRemedyForm(StepForm):
    """How it ended."""

    remedy = RemedyChoice(
        queryset=None,
        label="复议、诉讼",
        empty_label="请选择",
        error_messages={"required": "请选择复议、诉讼", "invalid_choice": "请选择复议、诉讼"},
    )
    result = choice_field(
        "结果", [choice for choice in RemedyResult.choices if choice[0] != RemedyResult.PENDING]
    )
    ended_on = date_field("审结之日")
    note = text_field("说明", 300, required=False)

    def prepare(self) -> None:
        """Those that have not ended."""
        self.choose_from("remedy", open_remedies(self.case))


class RateForm(forms.Form):
    """The applicant's mark."""

    mark = forms.TypedChoiceField(
        label="您对办理情况是否满意？",
        choices=[(5, "很满意"), (4, "满意"), (3, "一般"), (2, "不满意"), (1, "很不满意")],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择满意程度"},
    )
    words = text_field("意见", 500, rows=3, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class OwnFixForm(forms.Form):
    """The applicant's wish to correct a record."""

    wrong = text_field("不准确的记录", 1000, rows=5, help_text="请写明哪份信息、哪一处不准确、应当是什么。")
    evidence = text_field(
        "证据", 1000, rows=4, help_text="能够证明记录不准确的材料，例如证照编号、登记日期。"
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class OwnReasonsForm(forms.Form):
    """The applicant's reasons for many requests."""

    text = text_field("您的理由", 2000, rows=8)
    version = forms.IntegerField(widget=forms.HiddenInput)
