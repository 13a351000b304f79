"""One staff verb: label, form, and the action that it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from portal.core.actors import Actor
from requests_app.actions.intake import Upload
from requests_app.forms.staff import StepForm

Initial = Callable[[Any, dict[str, Any]], dict[str, Any]]


def same(data: dict[str, Any]) -> dict[str, Any]:
    """The form's fields are the action's arguments."""
    return data


def nothing(case: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """A form that starts empty."""
    return {}


def today(*fields: str) -> Initial:
    """A form whose dates start with today."""
    return lambda case, asked: {name: timezone.localdate() for name in fields}


@dataclass(frozen=True)
class Verb:
    """One verb on the staff page; `main` verbs are shown as the next thing to do.

    `facts` turns the form's fields into the action's arguments; `initial` gets the case and what the address
    asked for; `said` is the sentence shown afterwards, from what the action gave; `preview` works something
    out from the fields without taking the step.
    """

    code: str
    label: str
    hint: str
    form: type[StepForm]
    act: Callable[..., Any]
    facts: Callable[[dict[str, Any]], dict[str, Any]] = same
    initial: Initial = nothing
    main: bool = True
    said: Callable[[Any], str] = lambda result: ""
    preview: Callable[[dict[str, Any]], Any] | None = None

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
        if "files" in data:
            data["uploads"] = [Upload(entry.name or "", entry.read()) for entry in data.pop("files")]
        result = self.act(case=case, actor=actor, at=timezone.now(), seen_version=version, **self.facts(data))
        return self.said(result) or f"“{self.label}”已办理。"
