"""The clerk's form for a request that did not come online."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from portal.units.models import Unit
from requests_app.choices import ApplicantKind, Channel
from requests_app.forms.citizen import (
    WHERE_TO,
    AgentForm,
    ContactForm,
    FilesForm,
    InformationForm,
    OrganisationForm,
    PersonForm,
    ReceiveForm,
)
from requests_app.forms.staff import choice_field, date_field, text_field


class PaperReceiptForm(forms.Form):
    """How and when it came in."""

    heading = "收到情况"
    channel = choice_field("提交渠道", [choice for choice in Channel.choices if choice[0] != Channel.ONLINE])
    received_on = date_field(
        "收到申请之日",
        "当面、口头提出为提出之日；挂号信为签收之日；平信为与申请人确认之日；传真为双方确认之日（条例第三十一条）。",
    )
    evidence = text_field("收到凭据", 200, help_text="如邮件号和签收日期、与申请人确认的方式。")
    read_back = forms.BooleanField(
        label="口头提出的：已向申请人宣读，申请人确认无误（条例第二十九条、第四十三条）", required=False
    )


class OptionalAgentForm(AgentForm):
    """An agent, if there is one: all or nothing."""

    heading = "代理人（没有的不填）"
    note = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
        self.fields["agent_identity_kind"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", "没有代理人"),
            *AgentForm.base_fields["agent_identity_kind"].choices,  # type: ignore[attr-defined]  # a ChoiceField
        ]

    def clean(self) -> dict[str, Any]:
        """Name and document, or nothing; the telephone may be missing."""
        data = super().clean()
        if any(data.get(name) for name in self.fields):
            for name, field in self.fields.items():
                if name != "agent_phone" and not data.get(name) and name not in self.errors:
                    self.add_error(name, f"有代理人的，请填写{field.label}")
        return data


class PaperReceiveForm(ReceiveForm):
    """As online; address and mailbox stand in the part before, on the same page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WHERE_TO.values():
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """The way chosen needs an address or a mailbox."""
        self.answers = {name: self.data.get(name, "") for name in WHERE_TO.values()}
        return super().clean()

    def add_error(self, field: str | None, error: Any) -> None:
        """What is missing in the part before is said beside the way that needs it."""
        super().add_error("delivery" if field in WHERE_TO.values() else field, error)


class EntryUnitForm(forms.Form):
    """Which of the clerk's units received it."""

    heading = "受理机关"
    unit = forms.ChoiceField(
        label="收到申请的机关",
        error_messages={"required": "请选择收到申请的机关", "invalid_choice": "请从列表中选择机关"},
    )


def offline_forms(
    kind: str, data: Any = None, files: Any = None, units: Sequence[Unit] = ()
) -> dict[str, forms.Form]:
    """The parts of the page in order, for a person or an organisation; with several `units`, which of them comes first."""
    person = kind != ApplicantKind.ORGANISATION
    who: tuple[str, type[forms.Form]] = (
        ("person", PersonForm) if person else ("organisation", OrganisationForm)
    )
    shapes: dict[str, type[forms.Form]] = {
        "receipt": PaperReceiptForm,
        who[0]: who[1],
        "agent": OptionalAgentForm,
        "contact": ContactForm,
        "information": InformationForm,
        "receive": PaperReceiveForm,
        "files": FilesForm,
    }
    first = {"received_on": timezone.localdate(), "channel": Channel.IN_PERSON}
    parts: dict[str, forms.Form] = {}
    if len(units) > 1:
        choice = EntryUnitForm(data)
        choice.fields["unit"].choices = [(unit.code, unit.name) for unit in units]  # type: ignore[attr-defined]  # a ChoiceField
        parts["unit"] = choice
    for name, shape in shapes.items():
        parts[name] = shape(data, files, initial=first if name == "receipt" else None)
    return parts
