"""The form for what a unit enters in its annual report."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from requests_app.actions.annual import MOST_TEXT
from requests_app.annual.entered import Entered, Texts
from requests_app.annual.rows import ENTERED_TITLES, FEES
from requests_app.forms.staff import text_field

LARGEST = 9_999_999_999


def _number_field(code: str) -> forms.Field:
    wrong = {"min_value": "不能小于0", "max_value": "数字过大，请核对"}
    if code == FEES:
        return forms.DecimalField(
            label=ENTERED_TITLES[code],
            required=False,
            min_value=0,
            max_digits=14,
            decimal_places=4,
            error_messages={
                **wrong,
                "invalid": "请填写数字，如 12.5",
                "max_digits": "数字过大，请核对",
                "max_whole_digits": "数字过大，请核对",
                "max_decimal_places": "小数最多4位（精确到元）",
            },
        )
    return forms.IntegerField(
        label=ENTERED_TITLES[code],
        required=False,
        min_value=0,
        max_value=LARGEST,
        error_messages={**wrong, "invalid": "请填写整数"},
    )


class AnnualForm(forms.Form):
    """Table 1 and the texts; what is left empty counts as not entered."""

    hide_optional = True

    def __init__(self, given: Entered, data: Any = None) -> None:
        texts = given.texts
        first = {"overview": texts.overview, "problems": texts.problems, "other": texts.other}
        super().__init__(data, initial={**given.values, **first})
        for code in ENTERED_TITLES:
            self.fields[code] = _number_field(code)
        for name, label in (
            ("overview", "总体情况"),
            ("problems", "存在的主要问题及改进情况"),
            ("other", "其他需要报告的事项"),
        ):
            self.fields[name] = text_field(label, MOST_TEXT, rows=8, required=False)

    def values(self) -> dict[str, Decimal | None]:
        """The figures by code, None for an empty one."""
        found = {code: self.cleaned_data[code] for code in ENTERED_TITLES}
        return {code: None if value is None else Decimal(value) for code, value in found.items()}

    def texts(self) -> Texts:
        """The three text sections."""
        data = self.cleaned_data
        return Texts(data["overview"], data["problems"], data["other"])
