"""Forms of supervision."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.supervision.choices import Sort
from portal.units.queries import receiving_units
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
