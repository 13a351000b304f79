"""The units' forms, one for each verb; each carries the version of the page it was filled in on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from mailbox.choices import Complexity, DeclineReason, Verdict
from mailbox.queries import (
    answering_units,
    assisting_parts,
    named_readers,
    possible_readers,
    term,
    unstaffed,
)
from mailbox.queries.routing import unit_hint
from portal.units.choices import HANDLING_ROLES
from portal.units.queries import people_with
from portal.web.fields import choice_field, date_field, row_field, text_field
from portal.web.verbs import StepForm


class AcceptForm(StepForm):
    """How long the answer may take."""

    complexity = choice_field("繁简", Complexity.choices)
    urgent = forms.BooleanField(label="紧急：涉及安全、基本生活等，须优先办理", required=False)

    def prepare(self) -> None:
        """The periods as they stand in the table."""
        field: Any = self.fields["complexity"]
        field.choices = [(code, f"{label}，{term(code).text}") for code, label in Complexity.choices]


class DeclineForm(StepForm):
    """Why it is not accepted."""

    reason = choice_field("不予受理的情形", DeclineReason.choices)
    note = text_field("具体情况和建议途径", 1000, rows=4, help_text="将写入《不予受理告知书》告知来信人。")


class HandOverForm(StepForm):
    """That it is a disclosure request."""

    note = text_field("说明", 500, rows=3, required=False, help_text="将在查询页面告知来信人。")


class AssignForm(StepForm):
    """To which unit."""

    unit = row_field("主办单位")
    knowingly = forms.BooleanField(
        label="承办单位尚未任命经办人，仍然交办（由信箱办公室电话通知）", required=False
    )

    def prepare(self) -> None:
        """Every unit that answers letters."""
        self.choose_from("unit", answering_units())
        self.fields["unit"].help_text = unit_hint(self.case)
        if self.case.addressed_unit_id is not None:
            self.initial.setdefault("unit", self.case.addressed_unit_id)
        self.empty = unstaffed(timezone.localdate())
        field: Any = self.fields["unit"]
        field.label_from_instance = self._named

    def _named(self, unit: Any) -> str:
        return f"{unit.name}（尚未任命经办人）" if unit.pk in self.empty else unit.name

    def clean(self) -> dict[str, Any]:
        """A unit in which nobody would sign for the letter is chosen only knowingly."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        knowingly, unit = data.pop("knowingly", False), data.get("unit")
        if unit is not None and unit.pk in self.empty and not knowingly:
            self.add_error(
                "knowingly",
                f"{unit.name}没有任命经办人，交办后无人签收。请改选，或者先请安全管理员任命；确要交办的，请勾选。",
            )
        return data


class RuleUnitForm(AssignForm):
    """The ruling after two returns."""

    comment = text_field("裁定理由", 300, rows=3)


class ReturnForm(StepForm):
    """Why it is not this unit's."""

    reason = text_field("退办理由", 300, rows=3, help_text="写明职责依据和建议的承办单位。")


class AssistanceForm(StepForm):
    """Whose help, what for, by when."""

    unit = row_field("协办单位")
    asked = text_field("需要协办的事项", 1000, rows=4, help_text="不要写来信人的姓名、电话。")
    due_on = date_field("反馈期限")

    def prepare(self) -> None:
        """Every other unit that answers letters."""
        self.choose_from("unit", answering_units().exclude(pk=self.case.unit_id))


class Assisting(forms.ModelChoiceField):
    """One of the contributions that are waited for."""

    def label_from_instance(self, obj: Any) -> str:
        """Its unit."""
        return str(obj.unit.name)


class CancelAssistanceForm(StepForm):
    """Whose help is no longer waited for."""

    part: Any = Assisting(
        queryset=None,
        label="协办单位",
        empty_label="请选择",
        error_messages={"required": "请选择协办单位", "invalid_choice": "请选择协办单位"},
    )
    comment = text_field("取消的理由", 200)

    def prepare(self) -> None:
        """Those that have not given their part."""
        self.choose_from("part", assisting_parts(self.case))


class ContributeForm(StepForm):
    """An assisting unit's part."""

    text = text_field("反馈内容", 5000, rows=8)


class AskSupplementForm(StepForm):
    """What is missing."""

    asked = text_field("需要补充的内容", 1000, rows=4, help_text="每项一行；将在查询页面告知来信人。")
    answer_by = date_field("补充期限")


class TakeSupplementForm(StepForm):
    """A supplement that came by telephone or on paper."""

    text = text_field("补充内容", 3000, rows=6)
    came_on = date_field("收到补充之日")


class ExtensionForm(StepForm):
    """How many more days."""

    days = forms.IntegerField(
        label="延长工作日数",
        min_value=1,
        max_value=60,
        error_messages={
            "required": "请填写延长的工作日数",
            "invalid": "请填写整数",
            "min_value": "至少延长%(limit_value)s个工作日",
            "max_value": "延长的工作日数过多",
        },
    )
    reason = text_field("延期理由", 300, rows=3, help_text="将写入《延期答复告知书》告知来信人。")


class ReplyForm(StepForm):
    """The answer."""

    body = text_field(
        "答复内容",
        10_000,
        rows=16,
        help_text="模板中 {{ }} 处须填写后才能保存。编号、来信人和落款由系统写入文书。",
    )


class CommentForm(StepForm):
    """A step with words that may be left out."""

    comment = text_field("意见", 300, rows=2, required=False)


class ReasonForm(StepForm):
    """A step that needs a reason."""

    comment = text_field("理由", 300, rows=3)


class OfficerForm(StepForm):
    """Who handles the letter from now on."""

    officer = row_field("经办人")

    def prepare(self) -> None:
        """The unit's people."""
        self.choose_from("officer", people_with(self.case.unit, *HANDLING_ROLES, on=timezone.localdate()))


class MergeForm(StepForm):
    """Which letters are about the same."""

    numbers = text_field(
        "并入的来信编号",
        1000,
        rows=5,
        help_text="一行一个编号，如 X2026-00012；一次最多50件，全部并入或者都不并入。",
    )


class ReaderForm(StepForm):
    """Who may know."""

    reader = row_field("人员")
    reason = text_field("指定理由", 200)

    def prepare(self) -> None:
        """People of the mailbox office and of the main unit."""
        self.choose_from("reader", possible_readers(self.case, timezone.localdate()))


class RevokeReaderForm(StepForm):
    """Who may know no longer."""

    reader = row_field("人员")
    reason = text_field("撤销理由", 200)

    def prepare(self) -> None:
        """Those who are named now."""
        self.choose_from("reader", named_readers(self.case))


class SupervisionForm(StepForm):
    """What supervisors found."""

    verdict = choice_field("督查结果", Verdict.choices)
    note = text_field("督查意见", 1000, rows=5, help_text="将告知来信人。")


class RevealForm(forms.Form):
    """Looking at a sealed value."""

    field = forms.CharField(widget=forms.HiddenInput)
    reason = text_field("查看理由", 200)
