"""Entries of a contest: sent in by anybody, reviewed by the unit."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consultations.polls import actions, queries
from consultations.polls.forms.entry import EntryForm
from portal.cases.intake import new_key
from portal.core.errors import PortalError
from portal.units.choices import Role
from portal.web.access import actor_of, address_of, staff_page
from portal.web.door import admitted
from portal.web.errors import refuse
from portal.web.looks import look_recorded
from portal.web.pagination import page_of
from portal.web.proof import challenge
from portal.web.proof import check as check_proof


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Send an entry in."""
    today = timezone.localdate()
    case = queries.find_public(public_id, today)
    actor = actor_of(request)
    guest = actor.account_id is None
    purpose = f"entry:{case.public_id}"
    form = EntryForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                if guest:
                    check_proof(purpose, request.POST.get("proof", ""))
                at = timezone.now()
                with admitted(request, "entry", at=at, email=form.cleaned_data.get("email", "")):
                    done = actions.submit_entry(
                        case=case,
                        **form.cleaned_data,
                        key=(request.POST.get("key", "") or new_key())[:64],
                        actor=actor,
                        at=at,
                        address=address_of(request),
                    )
            except PortalError as error:
                status = refuse(form, error)
            else:
                return render(request, "polls/entered.html", {"case": case, "entry": done.entry})
    context = {
        "case": case,
        "form": form,
        "open": case.takes_entries(today),
        "key": new_key(),  # what was refused is not stored, so that another key stores nothing twice
        "proof": challenge(purpose) if guest else "",
    }
    return render(request, "polls/enter.html", context, status=status)


@staff_page
@require_GET
def entries(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The entries of a contest, what is not reviewed first; without the names of who sent them."""
    return _page(request, public_id)


@staff_page
@require_POST
def reveal(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show who sent the entries, once, with a reason that is recorded; after the votes are counted, lest a name decide."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    if not actor.has_role(case.unit_id, Role.CLERK) or case.state not in ("counted", "published"):
        return render(request, "403.html", status=403)
    if not look_recorded(request, case, ["name", "email"], request.POST.get("reason", "")[:200]):
        return redirect("workbench_polls:entries", public_id=public_id)
    return _page(request, public_id, revealed=True)


def _page(request: HttpRequest, public_id: uuid.UUID, *, revealed: bool = False) -> HttpResponse:
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    context: dict[str, Any] = {
        "case": case,
        "page": page_of(request, queries.entries_of(case)),
        "may_review": actor.has_role(case.unit_id, Role.CLERK, Role.REVIEWER)
        and case.state == "approved"
        and not case.definition_sha256
        and not queries.ballot_waits(case),
        "may_reveal": actor.has_role(case.unit_id, Role.CLERK) and case.state in ("counted", "published"),
        "revealed": revealed,
    }
    return render(request, "polls/staff/entries.html", context)


@staff_page
@require_POST
def review(request: HttpRequest, public_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """Put an entry on the ballot, or not."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    entry = queries.find_entry(case, entry_id)
    try:
        actions.review_entry(
            case=case,
            entry=entry,
            accepted=request.POST.get("outcome") == "accepted",
            reason=request.POST.get("reason", "")[:200],
            actor=actor,
            at=timezone.now(),
        )
    except PortalError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, f"{entry.number}号作品已审核。")
    return redirect("workbench_polls:entries", public_id=public_id)
