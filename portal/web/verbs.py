"""One staff verb: label, form, and the action that it calls. Pages and API read the same declaration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from portal.core.actors import Actor

Initial = Callable[[Any, dict[str, Any]], dict[str, Any]]


class StepForm(forms.Form):
    """A step without words of its own; `case` is what it is about. It carries the version of the page it came from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.prepare()

    def prepare(self) -> None:
        """Fill choices that depend on the case."""

    def choose_from(self, name: str, rows: Any) -> None:
        """Let a field choose from these rows; a single one is chosen already."""
        field: Any = self.fields[name]
        field.queryset = rows
        if len(rows) == 1:
            self.initial.setdefault(name, rows[0])


def nothing(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """A form that starts empty."""
    return {}


@dataclass(frozen=True)
class Verb:
    """One verb on the staff page; `main` verbs are shown as the next thing to do.

    `initial` gets the case and what the address asked for; the form's fields are the action's arguments.
    """

    code: str
    label: str
    hint: str
    form: type[StepForm]
    act: Callable[..., Any]
    initial: Initial = nothing
    main: bool = True
    said: str = ""

    @property
    def slug(self) -> str:
        """The verb in an address."""
        return self.code.replace("_", "-")

    def form_for(
        self, case: Any, data: Any, files: Any = None, asked: dict[str, Any] | None = None
    ) -> forms.Form:
        """The form, bound if there is data."""
        initial = {"version": case.version, **self.initial(case, asked or {})}
        return self.form(data, files, initial=initial, case=case)

    def run(self, case: Any, form: forms.Form, actor: Actor) -> str:
        """Take the step; gives the sentence to show."""
        data = dict(form.cleaned_data)
        version = data.pop("version", None)
        self.act(case=case, actor=actor, at=timezone.now(), seen_version=version, **data)
        return self.said or f"“{self.label}”已办理。"
