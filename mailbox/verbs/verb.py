"""One staff verb: label, form, and the action that it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from mailbox.forms.staff import StepForm
from portal.core.actors import Actor

Initial = Callable[[Any, dict[str, Any]], dict[str, Any]]


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

    @property
    def slug(self) -> str:
        """The verb in an address."""
        return self.code.replace("_", "-")

    def form_for(self, case: Any, data: Any, asked: dict[str, Any] | None = None) -> forms.Form:
        """The form, bound if there is data."""
        initial = {"version": case.version, **self.initial(case, asked or {})}
        return self.form(data, initial=initial, case=case)

    def run(self, case: Any, form: forms.Form, actor: Actor) -> str:
        """Take the step; gives the sentence to show."""
        data = dict(form.cleaned_data)
        version = data.pop("version", None)
        self.act(case=case, actor=actor, at=timezone.now(), seen_version=version, **data)
        return f"“{self.label}”已办理。"
