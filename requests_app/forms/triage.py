"""Forms of looking a request over."""

from __future__ import annotations

from django import forms

from portal.core.limits import limit
from portal.web.fields import TelephoneField
from requests_app.choices import (
    ApplicantKind,
    EndReason,
    IdentityKind,
    RefusalGround,
    SuccessionReason,
    Verdict,
)
from requests_app.forms.staff import StepForm, bound, choice_field, date_field, text_field


class ObviousForm(StepForm):
    """Why it is plain."""

    ground = choice_field(
        "明显属于",
        [
            (RefusalGround.STATE_SECRET, "国家秘密"),
            (RefusalGround.THIRD_PARTY, "商业秘密、个人隐私"),
        ],
    )


class AskReasonsForm(StepForm):
    """What was counted, and by when to explain."""

    finding = text_field("申请的数量、频次情况", 2000, rows=4, help_text="将写入《说明理由告知书》。")
    answer_by = date_field("说明期限")


class GivenReasonsForm(StepForm):
    """Reasons that came on paper."""

    text = text_field("申请人说明的理由", 2000, rows=5)


class JudgeForm(StepForm):
    """Whether the reasons are reasonable."""

    verdict = choice_field(
        "认定结果",
        [
            (Verdict.REASONABLE, Verdict.REASONABLE.label),
            (Verdict.UNREASONABLE, Verdict.UNREASONABLE.label),
            (Verdict.SILENT, Verdict.SILENT.label),
        ],
    )
    note = text_field("认定意见", 1000, rows=3)
    later_days = forms.IntegerField(
        label="延迟答复的工作日数",
        min_value=0,
        initial=0,
        help_text="理由合理但无法按期答复的填写，报签发人批准；不需要延迟的填0。",
        error_messages={
            "required": "请填写工作日数，不延迟的填0",
            "invalid": "请填写整数",
            "min_value": "不能小于0",
        },
    )

    def prepare(self) -> None:
        """At most as long as the law of the case's day of receipt allows."""
        most = limit("disclosure.postponement", on=self.case.law_day)
        bound(self, "later_days", most.days, f"最多{most.text}")


class SuccessorForm(StepForm):
    """Who goes on with the request."""

    reason = choice_field("变更原因", SuccessionReason.choices)
    name = text_field("承继人姓名或者名称", 100)
    identity_kind = forms.ChoiceField(label="证件类型", choices=IdentityKind.choices, required=False)
    identity_number = text_field("证件号码或者统一社会信用代码", 30)
    phone = TelephoneField(required=False, help_text="电话、电子邮箱、通信地址至少填写一项。")
    email = forms.EmailField(
        label="电子邮箱", required=False, error_messages={"invalid": "电子邮箱格式不正确"}
    )
    address = text_field("通信地址", 120, required=False)
    evidence = text_field("证明材料", 200, help_text="如死亡证明、亲属关系证明、合并公告。")

    def prepare(self) -> None:
        """An organisation has no identity card."""
        if self.case.applicant_kind == ApplicantKind.ORGANISATION:
            del self.fields["identity_kind"]


class EndForm(StepForm):
    """Why there is nobody left to answer."""

    reason = choice_field("终止原因", EndReason.choices)
    evidence = text_field("证明材料和情况", 200)
