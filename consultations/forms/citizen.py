"""The form in which anybody says something about a draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from consultations import rules
from consultations.choices import Attitude, Writer
from consultations.models import Clause
from portal.web.fields import text_field

WHOLE = ("", "对全文")


class CommentForm(forms.Form):
    """On which clause, what, and where the answer is sent; nothing about the person is needed."""

    clause = forms.ChoiceField(
        label="对哪一条款",
        required=False,
        error_messages={"invalid_choice": "没有找到这一条款，请重新选择"},
    )
    attitude = forms.ChoiceField(
        label="您的态度",
        choices=[("", "不选择"), *Attitude.choices],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "请选择态度"},
    )
    text = text_field(
        "意见内容",
        rules.MOST_TEXT,
        rows=7,
        help_text="建议写明具体修改意见和理由。意见可能公开显示，请不要写姓名、电话、证件号码。",
    )
    writer = forms.ChoiceField(
        label="以何身份提出",
        choices=Writer.choices,
        initial=Writer.PERSON,
        error_messages={"required": "请选择以何身份提出", "invalid_choice": "请选择以何身份提出"},
    )
    name = text_field("姓名或者名称", 50, required=False, help_text="只有起草单位可以看到，不公开。")
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        max_length=200,
        help_text="填写后，意见是否采纳会发到这个邮箱；不公开。",
        error_messages={"invalid": "电子邮箱格式不正确"},
    )

    def __init__(self, *args: Any, clauses: Sequence[Clause] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_clauses(clauses)

    def offer_clauses(self, clauses: Sequence[Clause]) -> None:
        """Offer the whole and these clauses."""
        field: Any = self.fields["clause"]
        field.choices = [WHOLE, *((row.ref, f"{'　' * min(row.depth, 3)}{row.name}") for row in clauses)]

    def clean_text(self) -> str:
        """Long enough to say something, short enough to be read."""
        text = str(self.cleaned_data["text"])
        problem = rules.text_problem(text)
        if problem:
            raise forms.ValidationError(problem)
        return text
