"""Forms of topics and suggestions."""

from __future__ import annotations

from typing import Any

from django import forms

from consultations.proposals.choices import DeclineReason
from portal.units.queries import receiving_units
from portal.web.fields import OfUnit, choice_field, date_field, row_field, text_field
from portal.web.verbs import StepForm


class ProposeForm(forms.Form):
    """A citizen's topic."""

    unit = row_field("向哪个单位提议")
    title = text_field("议题", 80)
    background = text_field(
        "议题说明", 2000, rows=6, help_text="为什么值得大家讨论。会公开，不要写姓名、电话。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = receiving_units()


class TopicFields(forms.Form):
    """A topic and its last day."""

    title = text_field("议题", 80)
    background = text_field("议题说明", 3000, rows=6)
    closes_on = date_field("截止日", "这一天仍可以提建议。")


class EditForm(StepForm, TopicFields):
    """A named topic changed before it is open."""


class DropForm(StepForm):
    """Why it is dropped."""

    reason = text_field("撤销的理由", 300, rows=3)


class NameForm(OfUnit, TopicFields):
    """A topic that a unit names."""

    unit = row_field("单位")


class SuggestForm(forms.Form):
    """A suggestion."""

    text = text_field("您的建议", 3000, rows=5, help_text="会公开显示，不要写姓名、电话。")


class CommentForm(StepForm):
    """A step with words that may be left out."""

    comment = text_field("意见", 300, rows=2, required=False)


class ReturnForm(StepForm):
    """A step that needs a reason to the drafter."""

    comment = text_field("退回理由", 300, rows=3)


class DeclineForm(StepForm):
    """Why a citizen's topic is not opened."""

    reason = choice_field("不采用的情形", DeclineReason.choices)


class AnswerForm(StepForm):
    """What becomes of the suggestions."""

    answer = text_field("答复", 10_000, rows=12, help_text="采用了哪些建议、怎么做；没有采用的说明理由。")
