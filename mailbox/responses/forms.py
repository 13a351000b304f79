"""Forms of public responses."""

from __future__ import annotations

from typing import Any

from django import forms

from mailbox.queries import answering_units
from portal.web.fields import row_field, text_field
from portal.web.verbs import StepForm


class OrderForm(forms.Form):
    """What is to be answered, by which unit."""

    topic = text_field("事项", 120)
    unit = row_field("回应单位")
    brief = text_field("交办要求", 500, rows=4, help_text="不要写来信人的姓名、电话和来信原文。")
    numbers = text_field(
        "所涉来信编号",
        1000,
        rows=3,
        required=False,
        help_text="每行一件；从“热点”页面交办的已经带入，不用再填。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = answering_units()


class DraftForm(StepForm):
    """The response."""

    heading = text_field("回应标题", 120)
    body = text_field(
        "回应内容", 10_000, rows=14, help_text="面向所有人，说明情况、措施和时间；不写任何来信人的信息。"
    )


class CommentForm(StepForm):
    """A step with words that may be left out."""

    comment = text_field("意见", 300, rows=2, required=False)


class ReturnForm(StepForm):
    """A step that needs a reason to the drafter."""

    comment = text_field("退回理由", 300, rows=3)


class ReasonForm(StepForm):
    """A step that needs a reason."""

    reason = text_field("理由", 300, rows=3)
