"""Forms of the watch."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from notices.reports.choices import Sort
from notices.reports.queries import path_of
from notices.watch.actions.duty import MOST_NOTE
from notices.watch.actions.judging import MOST_REASON
from notices.watch.choices import Severe, Verdict
from portal.units.choices import Role
from portal.units.queries import people_with
from portal.web.fields import choice_field, date_field, row_field, text_field
from portal.web.verbs import StepForm


class SignForm(StepForm):
    """What was found."""

    note = text_field("读网情况", MOST_NOTE, rows=5, help_text="没有发现问题的，写“未发现问题”。")


class TurnForm(forms.Form):
    """Who reads on which day."""

    day = date_field("日期")
    account = row_field("值班人")

    def __init__(self, *args: Any, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["account"]
        field.queryset = people_with(unit, Role.CLERK, Role.PUBLISHER, Role.REVIEWER, on=timezone.localdate())


class FindingForm(forms.Form):
    """A page with an error, found on duty."""

    page = text_field("有问题的网页", 300, help_text="粘贴网址，或者从 / 开始的路径。")
    sort = choice_field("问题类型", Sort.choices)
    text = text_field("问题说明", 1000, rows=3)

    def clean_page(self) -> str:
        """The path of a public page of this site."""
        path = path_of(str(self.cleaned_data["page"]))
        if not path:
            raise forms.ValidationError("请填写本网站公开网页的地址")
        return path


class JudgeForm(forms.Form):
    """Whether there were grave incidents."""

    verdict = choice_field("评判", Verdict.choices)
    severe = forms.ChoiceField(
        label="问题类别",
        choices=[("", "没有问题"), *Severe.choices],
        required=False,
        error_messages={"invalid_choice": "请从列表中选择问题类别"},
    )
    reason = text_field(
        "依据和情况", MOST_REASON, rows=4, help_text="写明怎样检查、发现什么；存在问题的，写明处置情况。"
    )


class AlarmForm(forms.Form):
    """What an alarm was about."""

    note = text_field("处理情况", 300, rows=3)
