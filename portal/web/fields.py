"""Form fields of the house: each says in Chinese what is wrong."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.core.telephone import normal_telephone, telephone_problem

MOST_TELEPHONE = 40


def date_field(label: str, help_text: str = "") -> forms.DateField:
    """A day, typed or picked."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": f"请填写{label}", "invalid": "日期格式应为 2026-03-16"},
    )


def text_field(
    label: str, most: int, *, rows: int = 0, required: bool = True, help_text: str = ""
) -> forms.CharField:
    """Words of at most so many characters, in a box of so many rows (0: one line)."""
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
        error_messages={"required": f"请填写{label}", "max_length": f"{label}不能超过{most}字"},
    )


def choice_field(label: str, choices: Any, help_text: str = "") -> forms.ChoiceField:
    """One of a few, as radio buttons."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        help_text=help_text,
        error_messages={"required": f"请选择{label}", "invalid_choice": f"请选择{label}"},
    )


def row_field(label: str) -> Any:
    """One of some rows; which ones is filled in by the form."""
    return forms.ModelChoiceField(
        queryset=None,
        label=label,
        empty_label="请选择",
        error_messages={"required": f"请选择{label}", "invalid_choice": f"请选择{label}"},
    )


class OfUnit(forms.Form):
    """A form with a field `unit`, which offers the `units` that the asker may choose; the only one is chosen already."""

    field_order = ("unit",)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = units
        if len(units) == 1:
            self.initial.setdefault("unit", units[0])


class FileInput(forms.ClearableFileInput):
    """A file field that takes several files at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several uploads; each is looked at by the action."""

    widget = FileInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The uploads as they came, possibly none."""
        return data or []


class TelephoneField(forms.CharField):
    """A number that can be called, in the form in which it is stored."""

    def __init__(self, label: str = "联系电话", *, required: bool = True, help_text: str = "") -> None:
        super().__init__(
            label=label,
            max_length=MOST_TELEPHONE,
            required=required,
            help_text=help_text,
            widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            error_messages={
                "required": f"请填写{label}",
                "max_length": f"{label}不能超过{MOST_TELEPHONE}字，请只填写一个号码",
            },
        )

    def clean(self, value: Any) -> str:
        """The number in its stored form; "" if nothing was given and nothing is required."""
        written = str(super().clean(value))
        problem = telephone_problem(written) if written else ""
        if problem:
            raise forms.ValidationError(problem)
        return normal_telephone(written)


class AcknowledgedForm(forms.Form):
    """A step that makes words public: what the screening only warns of wants a reason."""

    acknowledged = text_field(
        "提示内容可以公开的理由",
        200,
        rows=2,
        required=False,
        help_text="检查提示“可能有个人信息”的，核对后确认可以公开，在此写明理由（记入办理记录）；没有提示的不填。",
    )
