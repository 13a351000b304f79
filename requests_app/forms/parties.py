"""Forms of asking others, and of the fee."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.web.fields import TelephoneField
from requests_app.choices import ConsultKind, ConsultState, Opinion, PartyIs, SendBy, Tariff
from requests_app.forms.citizen import FileInput, FilesField
from requests_app.forms.staff import StepForm, choice_field, date_field, text_field
from requests_app.queries import (
    heard_consultations,
    linked_consultations,
    open_consultations,
    overridable,
    unreceived_consultations,
)


class Party(forms.ModelChoiceField):
    """One of the case's consultations."""

    def label_from_instance(self, obj: Any) -> str:
        """Its kind and name."""
        return f"{obj.get_kind_display()}：{obj.name}"


def party_field() -> Party:
    """Which of those consulted."""
    return Party(
        queryset=None,
        label="征求对象",
        empty_label="请选择",
        error_messages={"required": "请选择征求对象", "invalid_choice": "请选择征求对象"},
    )


class ConsultForm(StepForm):
    """Whom to ask, and what about."""

    kind = choice_field("征求对象", ConsultKind.choices)
    party_is = choice_field("对方是", PartyIs.choices, help_text="文书据此称“您”或者“贵单位”。")
    name = text_field("对方名称", 80)
    asked = text_field(
        "征求意见的信息内容",
        3000,
        rows=6,
        help_text="只写涉及对方的信息，不得出现申请人的姓名、单位等身份信息。协办的写明需要协助的事项。",
    )
    send_by = choice_field("送达方式", SendBy.choices)
    email = forms.EmailField(
        label="对方电子邮箱", required=False, error_messages={"invalid": "电子邮箱格式不正确"}
    )
    phone = TelephoneField("对方电话", required=False, help_text="网上送达凭短信的，填写手机号码。")
    address = text_field("对方通信地址", 120, required=False)
    tracking = text_field("邮件号", 60, required=False)


class ConsultationForm(StepForm):
    """Which of those still waited for."""

    consultation = party_field()

    def prepare(self) -> None:
        """Those from whom nothing has come."""
        self.choose_from("consultation", open_consultations(self.case))


class PartyReceiptForm(ConsultationForm):
    """When the letter was received."""

    received_on = date_field("对方收到之日")
    evidence = text_field("收到凭据", 200, help_text="如邮件签收记录、送达回证。")

    def prepare(self) -> None:
        """Those whose receipt is not known."""
        self.choose_from("consultation", unreceived_consultations(self.case))


class OpinionForm(ConsultationForm):
    """An opinion that came on paper."""

    opinion = choice_field("意见", Opinion.choices)
    reason = text_field("理由", 2000, rows=4, required=False, help_text="不同意或者部分同意的必填。")
    answered_on = date_field("收到意见之日")
    files = FilesField(  # type: ignore[assignment]  # Form.files is the upload itself
        label="附件", required=False, widget=FileInput(attrs={"multiple": True}), help_text="最多5个。"
    )

    def prepare(self) -> None:
        """Those who may still speak: late ones after silence too."""
        self.choose_from("consultation", heard_consultations(self.case))


class LinkForm(ConsultationForm):
    """Whose link is renewed."""

    def prepare(self) -> None:
        """Those who may still speak, or have a decision to read."""
        self.choose_from("consultation", linked_consultations(self.case))


class CloseConsultationForm(ConsultationForm):
    """Why no opinion is waited for any more."""

    result = choice_field(
        "结果",
        [
            (ConsultState.SILENT, ConsultState.SILENT.label),
            (ConsultState.UNREACHABLE, ConsultState.UNREACHABLE.label),
            (ConsultState.CANCELLED, ConsultState.CANCELLED.label),
        ],
    )
    reason = text_field("情况说明", 200, required=False, help_text="无法送达、不再征求的必填。")


class ProposeOverrideForm(StepForm):
    """Why an objection is not followed."""

    consultation = party_field()
    reason = text_field(
        "理由", 2000, rows=5, help_text="不公开会对公共利益造成怎样的重大影响；将书面告知该第三方。"
    )

    def prepare(self) -> None:
        """Those that object."""
        self.choose_from("consultation", overridable(self.case, proposed=False))


class OverrideForm(StepForm):
    """Whose objection is not followed."""

    consultation = party_field()

    def prepare(self) -> None:
        """Those for whom it has been proposed."""
        self.choose_from("consultation", overridable(self.case, proposed=True))


class FeeForm(StepForm):
    """What the fee is for."""

    tariff = choice_field("收费标准", Tariff.choices, "每件申请只能选择一种。")
    count = forms.IntegerField(
        label="本件的件数或者页数",
        min_value=1,
        max_value=1_000_000,
        error_messages={"required": "请填写件数或者页数", "invalid": "请填写整数", "min_value": "至少为1"},
        help_text="按件计收的，一件申请包含多项内容的可以拆分为最小的合理单元；按量计收的填写页数。",
    )
    earlier = forms.IntegerField(
        label="该申请人当月此前的件数",
        min_value=0,
        max_value=100_000,
        error_messages={
            "required": "请填写件数，没有的填0",
            "invalid": "请填写整数",
            "min_value": "不能小于0",
        },
        help_text="按件计收时计入档次；系统已填入本月登记的件数，可以更正。",
    )
    reason = text_field("收费理由", 300, rows=3, help_text="将写入《收费通知书》告知申请人。")
    ways = text_field(
        "缴费方式",
        300,
        rows=2,
        help_text="在哪里、用什么方式缴纳，例如非税收入账户、缴款码、窗口地址；将写入《收费通知书》。",
    )


class FeeReceiptForm(StepForm):
    """When the notice was received."""

    received_on = date_field("申请人收到通知之日")
    evidence = text_field("收到凭据", 200, help_text="如邮件签收记录、送达回证。")


class PaidForm(StepForm):
    """That the money arrived."""

    paid_on = date_field("缴费之日")
    evidence = text_field("缴费凭据", 200, help_text="如非税收入缴款书号码。")


class PartyOpinionForm(forms.Form):
    """The party's own page."""

    opinion = choice_field("对公开的意见", Opinion.choices)
    reason = text_field(
        "理由",
        2000,
        rows=6,
        required=False,
        help_text="不同意公开，或者只同意公开一部分的，请写明哪些内容不宜公开、为什么。最多2000字。",
    )
    files = FilesField(  # type: ignore[assignment]  # Form.files is the upload itself
        label="附件",
        required=False,
        widget=FileInput(attrs={"multiple": True}),
        help_text="支持 PDF、JPG、PNG、DOCX、XLSX、TXT，单个不超过20 MB，最多5个。",
    )
