"""Forms of supervision."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from portal.supervision.choices import Sort
from portal.units.models import Account
from portal.units.queries import receiving_units, staff_by_address
from portal.web.fields import choice_field, row_field, text_field
from portal.web.verbs import StepForm


class OrderForm(forms.Form):
    """What is asked of whom."""

    sort = choice_field("种类", Sort.choices, "督办、责令改正制发编号文书。")
    unit = row_field("单位")
    demand = text_field("要求", 2000, rows=5)

    def __init__(self, *args: Any, with_unit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = receiving_units()
        if not with_unit:
            del self.fields["unit"]


class ReportForm(StepForm):
    """What the unit did."""

    report = text_field("办理情况", 2000, rows=5)


class CloseForm(StepForm):
    """The supervisor's finding, and who had to account for it."""

    verdict = text_field("核实意见", 500, rows=3)
    accountability = text_field(
        "责任追究记录", 500, rows=2, required=False, help_text="没有追究责任的不填；加密保存在办理记录中。"
    )


class ReasonForm(StepForm):
    """A step that needs a reason."""

    reason = text_field("理由", 300, rows=3)


class PeriodForm(forms.Form):
    """From which month to which."""

    first = forms.CharField(
        label="首月",
        widget=forms.TextInput(attrs={"type": "month"}),
        error_messages={"required": "请选择首月"},
    )
    last = forms.CharField(
        label="末月",
        widget=forms.TextInput(attrs={"type": "month"}),
        error_messages={"required": "请选择末月"},
    )

    def _month(self, name: str) -> date:
        try:
            return date.fromisoformat(f"{self.cleaned_data[name]}-01")
        except ValueError as error:
            raise forms.ValidationError("月份格式应为 2026-03") from error

    def clean_first(self) -> date:
        """The first day of the month."""
        return self._month("first")

    def clean_last(self) -> date:
        """The first day of the month."""
        return self._month("last")


class PanelForm(PeriodForm):
    """How many replies of each unit are drawn, and who judges them."""

    per_unit = forms.IntegerField(
        label="每个机关抽取件数",
        initial=3,
        min_value=1,
        max_value=10,
        error_messages={
            "required": "请填写件数",
            "invalid": "请填写整数",
            "min_value": "请填写1至10",
            "max_value": "请填写1至10",
        },
    )
    members = text_field(
        "评分人",
        2000,
        rows=4,
        help_text="每行一名工作人员的登录邮箱，至少两名；本单位的答复由外单位的评分人评分。",
    )

    def clean_members(self) -> list[Account]:
        """The accounts of those addresses; each must be somebody at work here."""
        wanted = list(
            dict.fromkeys(line.strip().lower() for line in self.cleaned_data["members"].split() if line)
        )
        found = staff_by_address(wanted)
        unknown = [address for address in wanted if address not in found]
        if unknown:
            raise forms.ValidationError(f"没有这名工作人员：{'、'.join(unknown)}")
        return [found[address] for address in wanted]


class MarkForm(forms.Form):
    """What a member gives a reply, and why."""

    points = forms.IntegerField(
        label="得分",
        help_text="满分100：逐项回答所提问题40分，依据准确20分，写明下一步和联系方式20分，用语规范20分。",
        min_value=0,
        max_value=100,
        error_messages={
            "required": "请填写得分",
            "invalid": "请填写整数",
            "min_value": "请填写0至100",
            "max_value": "请填写0至100",
        },
    )
    remark = text_field("说明", 300, rows=2, required=False)


class ObjectionForm(forms.Form):
    """Which score is disputed, and why."""

    indicator = choice_field("指标", ())
    reason = text_field("理由", 500, rows=3)

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["indicator"]
        field.choices = choices


class DecisionForm(forms.Form):
    """Whether an objection holds, and the score that is right then."""

    upheld = choice_field("决定", [("yes", "成立，更正得分"), ("no", "不成立")])
    score = forms.DecimalField(
        label="更正后的得分",
        required=False,
        max_digits=5,
        decimal_places=1,
        error_messages={
            "invalid": "请填写数字",
            "max_digits": "请填写0至100",
            "max_decimal_places": "最多一位小数",
        },
    )
    decision = text_field("理由", 500, rows=2)
