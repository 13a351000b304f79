"""The applicant's own steps: one page and one table for all of them."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.core.errors import PortalError
from portal.web.access import applicant_actor, grants_of, person_of
from portal.web.errors import refuse
from requests_app import queries
from requests_app.verbs.own import OWN


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, public_id: uuid.UUID, verb: str) -> HttpResponse:
    """The page of one step: what it means, the form, and the step itself."""
    entry = OWN[verb]
    case = queries.find_visible(person_of(request), grants_of(request), public_id)
    form = entry.form(
        request.POST if request.method == "POST" else None,
        initial={"version": case.version, **entry.initial(case)},
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            facts = dict(form.cleaned_data)
            version = facts.pop("version")
            try:
                entry.act(
                    case=case,
                    actor=applicant_actor(request, case),
                    at=timezone.now(),
                    seen_version=version,
                    **entry.facts(facts),
                )
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, entry.said)
                return redirect("requests:detail", public_id=public_id)
    view = queries.citizen_view(case, timezone.localdate())
    context = {"case": case, "form": form, "entry": entry, "view": view}
    return render(request, "requests_app/citizen/own_step.html", context, status=status)
