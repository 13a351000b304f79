"""Forms of error reports."""

from __future__ import annotations

from typing import Any

from django import forms

from notices.reports.actions import MOST_TEXT
from notices.reports.choices import Sort
from notices.reports.queries import path_of
from portal.units.queries import receiving_units
from portal.web.fields import choice_field, row_field, text_field
from portal.web.verbs import StepForm


class ReportForm(forms.Form):
    """What is wrong, and where."""

    page = text_field("有误的网页", 300, help_text="从网页下方的“我要纠错”进入时自动填写。")
    sort = choice_field("问题类型", Sort.choices)
    text = text_field("哪里有误，应当是什么", MOST_TEXT, rows=5)
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        max_length=200,
        help_text="填写后，处理结果会发到这个邮箱；不公开。",
        error_messages={"invalid": "电子邮箱格式不正确"},
    )

    def clean_page(self) -> str:
        """The path of a public page of this site."""
        path = path_of(str(self.cleaned_data["page"]))
        if not path:
            raise forms.ValidationError("请填写本网站公开网页的地址")
        return path


class AnswerForm(StepForm):
    """A step with an answer to the reporter."""

    answer = text_field("处理结果", 1000, rows=4, help_text="会告知提交人。")


class PassOnForm(StepForm):
    """To which unit, and why."""

    unit = row_field("转给")
    reason = text_field("理由", 300, rows=2)

    def prepare(self) -> None:
        """All units but the present one."""
        field: Any = self.fields["unit"]
        field.queryset = receiving_units().exclude(pk=self.case.unit_id)
