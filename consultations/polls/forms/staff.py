"""The units' forms of votes and surveys."""

from __future__ import annotations

from typing import Any

from django import forms

from consultations.polls import questionnaire as q
from consultations.polls.choices import SECRECY_TEXTS, PollKind, QuestionKind, Secrecy, Who
from consultations.polls.printing import MOST_LETTERS
from portal.web.fields import OfUnit, choice_field, date_field, row_field, text_field
from portal.web.verbs import StepForm


class PollFields(forms.Form):
    """What it is about, until when, who may take part and how secret it is."""

    title = text_field("标题", 120)
    poll_kind = choice_field("类别", PollKind.choices)
    intro = text_field("说明", 3000, rows=5, help_text="目的、结果怎么用。")
    opens_on = date_field("开始日")
    closes_on = date_field("截止日", "这一天仍可以参加。")
    who = choice_field("谁可以参加", Who.choices)
    secrecy = choice_field(
        "保密程度",
        [(value, f"{label}：{SECRECY_TEXTS[Secrecy(value)]}") for value, label in Secrecy.choices],
        "参加前显示给参加者，签发后不能改变。",
    )
    entries_from = forms.DateField(
        label="征集作品开始日",
        required=False,
        help_text="只有评选填写：先征集作品，审核后投票。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期格式应为 2026-03-16"},
    )
    entries_until = forms.DateField(
        label="征集作品截止日",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期格式应为 2026-03-16"},
    )
    most_chosen = forms.IntegerField(
        label="每人最多选几件作品",
        required=False,
        min_value=1,
        max_value=20,
        initial=1,
        error_messages={"invalid": "请填写整数", "min_value": "至少1件", "max_value": "最多20件"},
    )
    changeable = forms.BooleanField(label="截止前参加者可以修改", required=False)
    shows_running = forms.BooleanField(
        label="截止前显示结果（不选的，截止前任何地方都不显示票数）", required=False
    )

    def clean_most_chosen(self) -> int:
        """One if nothing is said."""
        return self.cleaned_data.get("most_chosen") or 1


class OpenForm(OfUnit, PollFields):
    """A new poll: of which unit."""

    unit = row_field("组织单位")


class EditForm(StepForm, PollFields):
    """The particulars changed before it is signed."""


class QuestionForm(forms.Form):
    """One question."""

    page = forms.IntegerField(
        label="第几页",
        min_value=1,
        max_value=20,
        initial=1,
        error_messages={"required": "请填写页码", "invalid": "请填写整数"},
    )
    kind = choice_field("题型", QuestionKind.choices)
    title = text_field("题目", 200)
    required = forms.BooleanField(label="必答", required=False, initial=True)
    options = text_field(
        "选项", 3000, rows=6, required=False, help_text="一行一个。单选、多选、排序、矩阵（列）填写。"
    )
    rows = text_field("矩阵的行", 2000, rows=3, required=False, help_text="一行一个，只有矩阵题填写。")
    least = forms.IntegerField(
        label="最少",
        required=False,
        help_text="多选：最少选几项；评分、数字：最小值。",
        error_messages={"invalid": "请填写整数"},
    )
    most = forms.IntegerField(
        label="最多",
        required=False,
        help_text="多选：最多选几项；评分、数字：最大值；文字：最多字数。",
        error_messages={"invalid": "请填写整数"},
    )
    show_if = forms.ChoiceField(
        label="什么时候显示",
        required=False,
        error_messages={"invalid_choice": "请从列表中选择"},
    )

    def __init__(self, *args: Any, before: list[q.Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["show_if"]
        field.choices = [("", "总是显示")] + [
            (f"{question.id}:{key}", f"“{question.title[:20]}”选了“{text[:20]}”时")
            for question in before
            if question.kind in (q.SINGLE, q.MULTIPLE)
            for key, text in question.choices
        ]

    def question(self) -> dict[str, Any]:
        """The cleaned data as an entry of the definition."""
        data = dict(self.cleaned_data)
        cause, _, option = data.pop("show_if", "").partition(":")
        data["options"] = data["options"].splitlines()
        data["rows"] = data["rows"].splitlines()
        data["least"], data["most"] = data["least"] or 0, data["most"] or 0
        data["show_if"] = {"question": cause, "option": option} if cause else None
        return data


class CommentForm(StepForm):
    """A step with words that may be left out."""

    comment = text_field("意见", 300, rows=2, required=False)


class ReturnForm(StepForm):
    """A step that needs a reason to the drafter."""

    comment = text_field("退回理由", 300, rows=3)


class ReasonForm(StepForm):
    """A step that needs a reason."""

    reason = text_field("理由", 300, rows=3, help_text="会显示在页面上。")


class SuspectForm(StepForm):
    """Which ballots look like fraud."""

    origin_from = forms.IntegerField(
        label="同一网络同一天至少多少张",
        required=False,
        min_value=2,
        error_messages={"invalid": "请填写整数", "min_value": "至少2张"},
    )
    same_sheet_from = forms.IntegerField(
        label="完全相同的答卷至少多少张",
        required=False,
        min_value=2,
        error_messages={"invalid": "请填写整数", "min_value": "至少2张"},
    )
    reason = text_field(
        "理由", 300, rows=3, help_text="须由另一人决定；剔除的数量和理由随结果公布，可以撤销。"
    )

    def clean(self) -> dict[str, Any]:
        """At least one of the two."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("origin_from") and not data.get("same_sheet_from"):
            self.add_error("origin_from", "请至少填写一个条件")
        return data


class TokenForm(forms.Form):
    """How many tokens."""

    count = forms.IntegerField(
        label="生成多少个参与码",
        min_value=1,
        max_value=5000,
        error_messages={
            "required": "请填写数量",
            "invalid": "请填写整数",
            "min_value": "至少1个",
            "max_value": "一次最多5000个",
        },
    )
    made_as = choice_field(
        "下载为",
        [("letters", f"通知信（PDF，每人一页，最多{MOST_LETTERS}个）"), ("sheet", "表格（XLSX）")],
    )

    def clean(self) -> dict[str, Any]:
        """Letters are drawn for so many at once and no more."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("made_as") == "letters" and int(cleaned.get("count") or 0) > MOST_LETTERS:
            self.add_error("count", f"通知信一次最多{MOST_LETTERS}个，更多的请分批或者下载表格")
        return cleaned
