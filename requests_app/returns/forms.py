"""Forms of the annual returns."""

from __future__ import annotations

from django import forms

from portal.web.fields import text_field
from portal.web.verbs import StepForm


class SubmitForm(forms.Form):
    """Handing in; a reason where something does not hold."""

    reason = text_field("不符的原因", 500, rows=3, required=False, help_text="恒等式全部相符的不填。")


class BackForm(StepForm):
    """Why a report goes back."""

    reason = text_field("退回理由", 300, rows=3)


class CorrectForm(forms.Form):
    """Why a published report is corrected."""

    reason = text_field("更正理由", 300, rows=3, help_text="会在公布的报告上注明。")


class CityForm(forms.Form):
    """The city's own texts."""

    overview = text_field("总体情况", 6000, rows=8)
    problems = text_field("存在的主要问题及改进情况", 6000, rows=6)
    other = text_field("其他需要报告的事项", 6000, rows=4, required=False)


class PublishForm(forms.Form):
    """Why units are missing."""

    missing_reason = text_field(
        "未汇入、不符的原因",
        500,
        rows=3,
        required=False,
        help_text="各机关都已汇入、恒等式相符的不填；填写的会一并公布。",
    )
