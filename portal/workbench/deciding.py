"""The page on which somebody signs or sends back, and the way through what waits for her."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.cases.models import Case
from portal.cases.registry import KINDS, in_full
from portal.cases.remarks import remark, remarks_of
from portal.core.actors import Actor
from portal.core.errors import PortalError
from portal.documents.preview import pictures
from portal.publishing.turns import my_turn
from portal.web.access import actor_of, staff_page
from portal.web.deciding import DECIDERS, Decider
from portal.web.steps import try_step

MOST_AHEAD = 200


@dataclass(frozen=True)
class Way:
    """Where the reader is in her queue: the case before, the one after, her place, how many there are."""

    before: uuid.UUID | None
    after: uuid.UUID | None
    place: int
    count: int


def _decider(public_id: uuid.UUID, actor: Actor) -> tuple[Decider, Any]:
    kind = Case.objects.filter(public_id=public_id).values_list("kind", flat=True).first()
    decider = DECIDERS.get(kind or "")
    if decider is None:
        raise Http404
    return decider, decider.find(actor, public_id)


def _way(actor: Actor, public_id: uuid.UUID) -> Way:
    queue = list(my_turn(actor).due_first().values_list("public_id", flat=True)[:MOST_AHEAD])
    if public_id not in queue:
        return Way(None, queue[0] if queue else None, 0, len(queue))
    at = queue.index(public_id)
    before = queue[at - 1] if at else None
    after = queue[at + 1] if at + 1 < len(queue) else None
    return Way(before, after, at + 1, len(queue))


@staff_page
@require_safe
def go(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The page on which the reader's next step on a case is taken: the signer's screen, the step's form, else the case."""
    actor = actor_of(request)
    case = Case.objects.handled_by(actor).filter(public_id=public_id).first()
    if case is None:
        raise Http404
    decider = DECIDERS.get(case.kind)
    if decider is None:
        return redirect(KINDS[case.kind].staff_url, public_id=public_id)
    verbs = decider.view(decider.find(actor, public_id), actor, timezone.localdate()).verbs
    if set(verbs) & set(decider.passing):
        return redirect("workbench:decide", public_id=public_id)
    known = [verb for verb in verbs if verb in decider.verbs and decider.verbs[verb].main]
    first = next((verb for verb in (*decider.onward, *known) if verb in known), None)
    if first is None:
        return redirect(KINDS[case.kind].staff_url, public_id=public_id)
    return redirect(decider.step_url, public_id=public_id, verb=decider.verbs[first].slug)


@staff_page
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The paper as it will be, the matter, the records, the remarks, and two buttons; afterwards the next one that waits."""
    actor = actor_of(request)
    decider, case = _decider(public_id, actor)
    view = decider.view(case, actor, timezone.localdate())
    passing = next((verb for verb in decider.passing if verb in view.verbs), None)
    returning = next((verb for verb in decider.returning if verb in view.verbs), None)
    way = _way(actor, public_id)
    forms, status = {}, 200
    for name, verb in (("pass", passing), ("return", returning)):
        if verb is None:
            continue
        entry = decider.verbs[verb]
        if request.method == "POST" and request.POST.get("decision") == name:
            tried = try_step(request, entry, case, actor)
            if tried.done:
                return _next(way)
            forms[name], status = (entry, tried.form), tried.status
        else:
            forms[name] = (entry, entry.form_for(case, None))
    context = {
        **(decider.beside(case, actor) if decider.beside is not None else {}),
        "view": view,
        "case": case,
        "kind_title": KINDS[case.kind].title,
        "staff_url": KINDS[case.kind].staff_url,
        "pass": forms.get("pass"),
        "back": forms.get("return"),
        "wrong": next((form for _, form in forms.values() if form.is_bound), None),
        "way": way,
        "pages": range(1, len(_drawn(decider, case, actor)) + 1),
        "remarks": remarks_of(case),
        "template": decider.template,
    }
    return render(request, "workbench/decide.html", context, status=status)


def _drawn(decider: Decider, case: Any, actor: Actor) -> list[bytes]:
    """The pages of the paper as pictures; none where it cannot be drawn, the text stands on the page in any case."""
    draft = decider.draft(case, actor)
    try:
        return pictures(draft) if draft is not None else []
    except (PortalError, RuntimeError, ValueError):
        return []


def _next(way: Way) -> HttpResponse:
    return redirect("workbench:go", public_id=way.after) if way.after else redirect("workbench:inbox")


@staff_page
@require_safe
def sheet(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """One page of the paper as it will be, as a picture."""
    actor = actor_of(request)
    decider, case = _decider(public_id, actor)
    drawn = _drawn(decider, case, actor)
    if not 1 <= number <= len(drawn):
        raise Http404
    return HttpResponse(
        drawn[number - 1], content_type="image/jpeg", headers={"Cache-Control": "private, no-store"}
    )


@staff_page
@require_POST
def say(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A remark to colleagues; back to where it was written."""
    actor = actor_of(request)
    case = Case.objects.handled_by(actor).filter(public_id=public_id).first()
    if case is None:
        raise Http404
    whole = in_full(case)
    try:
        remark(case=whole, text=request.POST.get("text", ""), actor=actor, at=timezone.now())
    except PortalError as error:
        messages.error(request, str(error))
    if request.POST.get("back") == "decide" and case.kind in DECIDERS:
        return redirect("workbench:decide", public_id=public_id)
    return redirect(KINDS[case.kind].staff_url, public_id=public_id)
