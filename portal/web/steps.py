"""The page of one staff verb: look it up, fill in its form, take the step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest

from portal.core.actors import Actor
from portal.core.errors import PortalError
from portal.web.errors import carries_version, refuse
from portal.web.verbs import Verb


@dataclass(frozen=True)
class Tried:
    """The form as it stands now, the HTTP status, and whether the step was taken."""

    form: forms.Form
    status: int = 200
    done: bool = False


def verb_of(verbs: Mapping[str, Verb], slug: str) -> Verb:
    """The verb of an address; 404 for any other."""
    found = verbs.get(slug.replace("-", "_"))
    if found is None:
        raise Http404
    return found


def try_step(request: HttpRequest, entry: Verb, case: Any, actor: Actor) -> Tried:
    """Show the verb's form, or take the step that was posted; a refusal stands beside its field, nothing is lost."""
    if request.method != "POST":
        return Tried(entry.form_for(case, None, asked=request.GET.dict()))
    form = entry.form_for(case, request.POST, request.FILES, request.GET.dict())
    valid = form.is_valid()
    if not carries_version(form, case) or not valid:
        return Tried(form, 400)
    try:
        said = entry.run(case, form, actor)
    except PortalError as error:
        return Tried(form, refuse(form, error, case))
    messages.success(request, said)
    return Tried(form, done=True)
