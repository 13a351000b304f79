"""What the inbox is narrowed by."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.cases.registry import KINDS
from portal.units.models import Account, Unit
from portal.web.fields import date_field
from portal.workbench.queries import RECEIVED, Narrowed


class NarrowForm(forms.Form):
    """Kind, state, person, unit and days; what is not understood narrows nothing."""

    kind = forms.ChoiceField(label="业务", required=False)
    state = forms.ChoiceField(label="状态", required=False)
    officer = forms.ChoiceField(label="经办人", required=False)
    unit = forms.ChoiceField(label="机关", required=False)
    by = forms.ChoiceField(label="按日期", choices=[("", "到期日"), (RECEIVED, "收到日")], required=False)
    since = date_field("自")
    until = date_field("至")

    def __init__(
        self, *args: Any, kinds: list[str], people: list[Account], units: list[Unit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].required = self.fields["until"].required = False
        self._offer("kind", [(code, KINDS[code].title) for code in kinds if code in KINDS])
        wanted = KINDS.get(self.data.get("kind", ""))
        self._offer("state", [(code, wanted.state_labels[code]) for code in wanted.states] if wanted else [])
        self._offer("officer", [(str(one.pk), str(one)) for one in people])
        self._offer("unit", [(str(one.pk), one.short_name) for one in units])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", "全部"), *choices]

    @property
    def asked(self) -> Narrowed:
        """What to narrow by."""
        self.is_valid()
        data = self.cleaned_data
        return Narrowed(
            kind=data.get("kind", ""),
            state=data.get("state", ""),
            officer=int(data["officer"]) if data.get("officer") else None,
            unit=int(data["unit"]) if data.get("unit") else None,
            since=data.get("since"),
            until=data.get("until"),
            by=data.get("by", ""),
        )
