"""Forms of the odd days: receipts, amendments, a reply called back, a request reopened or answered anew."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.units.queries import receiving_units
from requests_app.choices import AnewGround, ReopenGround
from requests_app.forms.after import SendingForm
from requests_app.forms.parties import party_field
from requests_app.forms.staff import StepForm, choice_field, date_field, row_field, text_field
from requests_app.queries import amendable_deliveries, overridable, overridden, receipts_to_amend
from requests_app.queries.receipts import FEE, unserved


class NoticeReceiptForm(StepForm):
    """When the applicant received a notice."""

    notice = choice_field("告知书", [])
    received_on = date_field("申请人收到之日")
    evidence = text_field("收到凭据", 200, help_text="如邮件签收记录、送达回证、申请人当面签收。")

    def prepare(self) -> None:
        """Those whose receipt is not known."""
        waiting = [(kind.code, kind.title) for kind, _ in unserved(self.case) if kind is not FEE]
        field: Any = self.fields["notice"]
        field.choices = waiting
        if len(waiting) == 1:
            self.initial.setdefault("notice", waiting[0][0])


class AmendReceiptForm(StepForm):
    """Which receipt was entered wrongly, and what is right."""

    what = choice_field("告知书、征求意见书", [])
    received_on = date_field("实际收到之日")
    reason = text_field("更正的理由和凭据", 200, rows=2)

    def prepare(self) -> None:
        """Those that run and whose receipt is known."""
        field: Any = self.fields["what"]
        field.choices = receipts_to_amend(self.case)


class AmendDeliveryForm(SendingForm):
    """Which delivery was entered wrongly, and what is right."""

    delivery = row_field("送达记录")
    reason = text_field("更正的理由和凭据", 200, rows=2)
    note = None  # type: ignore[assignment]  # Django's way of leaving an inherited field out
    field_order = ("version", "delivery")

    def prepare(self) -> None:
        """Those with a day."""
        self.choose_from("delivery", amendable_deliveries(self.case))


class AgainForm(StepForm):
    """Since when, and how long, a request goes on."""

    begins_on = date_field("收到决定、裁判或者说明之日", "没有的填今天；期限自次日起算。")
    days = forms.IntegerField(
        label="决定、裁判写明的办理期限（工作日）",
        min_value=0,
        max_value=60,
        initial=0,
        help_text="没有写明的填0，按法定答复期限计算。",
        error_messages={"required": "请填写工作日数，没有的填0", "invalid": "请填写整数"},
    )
    reason = text_field("理由和凭据", 300, rows=3, help_text="如决定书、裁判文书编号，或者证明材料。")


class ReopenForm(AgainForm):
    """Why a request that ended without an answer goes on."""

    ground = choice_field("恢复办理的情形", ReopenGround.choices, "登记有误的，期限视同未曾办结，继续计算。")
    field_order = ("version", "ground")


class AnewForm(AgainForm):
    """Why a request is answered anew."""

    ground = choice_field(
        "重新答复的情形", AnewGround.choices, "自行纠正和文书作废的，原答复期限不变，其间照常计算。"
    )
    field_order = ("version", "ground")


class RefuseOverrideForm(StepForm):
    """Whose objection stands after all."""

    consultation = party_field()
    reason = text_field("不批准的理由", 300, rows=3)

    def prepare(self) -> None:
        """Those for whom it has been proposed."""
        self.choose_from("consultation", overridable(self.case, proposed=True))


class RevokeOverrideForm(StepForm):
    """Which decision to disclose is taken back."""

    consultation = party_field()
    reason = text_field("撤销的理由", 300, rows=3, help_text="将告知对方。")

    def prepare(self) -> None:
        """Those that were told."""
        self.choose_from("consultation", overridden(self.case))


class HandOnForm(StepForm):
    """Which unit goes on."""

    unit = row_field("承接机关")
    reason = text_field("撤并文件和承接关系", 200, rows=2)

    def prepare(self) -> None:
        """Units that take requests, this one left out."""
        field: Any = self.fields["unit"]
        field.queryset = receiving_units().exclude(pk=self.case.unit_id)
