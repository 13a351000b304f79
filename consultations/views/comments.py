"""The unit's pages of the comments: looked through, and each told what became of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consultations import actions, queries
from consultations.actions.moderating import DECISIONS
from consultations.choices import PUBLIC_STATES, State
from consultations.forms.staff import DispositionForm
from consultations.sheets import MEDIA_TYPE, comments_sheet
from portal.core.asked import asked_number
from portal.core.errors import PortalError
from portal.files.responses import hand_out
from portal.units.choices import Role
from portal.web.access import actor_of, staff_page
from portal.web.errors import carries_version, refuse
from portal.web.pagination import page_of

LISTS = (("", "全部"), ("waiting", "待审核"), ("open", "待登记采纳情况"))


@staff_page
@require_GET
def comments(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Every comment; ?list= narrows, ?clause= as well."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    chosen = request.GET.get("list", "")
    rows = queries.to_review(case) if chosen == "waiting" else queries.comments_of(case).order_by("number")
    if chosen == "open":
        rows = rows.filter(disposition__isnull=True)
    clause = queries.find_clause(queries.commented_version(case), request.GET.get("clause", ""))
    if clause is not None:
        rows = rows.filter(clause=clause)
    context: dict[str, Any] = {
        "case": case,
        "page": page_of(request, rows, size=50),
        "chosen": chosen,
        "lists": LISTS,
        "clause": clause,
        "decisions": DECISIONS,
        "may_moderate": actor.has_role(case.unit_id, Role.CLERK, Role.REVIEWER)
        and case.state in PUBLIC_STATES,
        "may_dispose": actor.has_role(case.unit_id, Role.CLERK) and case.state == State.CLOSED,
        "tally": queries.tally(case),
        "undisposed": queries.undisposed(case),
    }
    return render(request, "consultations/staff/comments.html", context)


@staff_page
@require_POST
def moderate(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show, hide or remove the comments that are ticked."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    ticked = request.POST.getlist("number")[:200]
    numbers = [number for text in ticked if (number := asked_number(text)) is not None]
    rows = list(queries.comments_of(case).filter(number__in=numbers))
    try:
        count = actions.moderate(
            case=case,
            comments=rows,
            decision=request.POST.get("decision", ""),
            reason=request.POST.get("reason", "")[:200],
            actor=actor,
            at=timezone.now(),
        )
    except PortalError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, f"已处理{count}条意见。")
    query = request.POST.get("list", "")
    target = redirect("workbench_consultations:comments", public_id=public_id)
    target["Location"] += f"?list={query}" if query in dict(LISTS) and query else ""
    return target


@staff_page
@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest, public_id: uuid.UUID, comment_id: uuid.UUID) -> HttpResponse:
    """One comment and what became of it."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    row = queries.find_comment(case, comment_id)
    said = getattr(row, "disposition", None)
    initial = {"version": case.version}
    if said is not None:
        initial |= {"outcome": said.outcome, "reason": said.reason, "target": said.target}
    form = DispositionForm(request.POST or None, initial=initial, case=case)
    status = 200
    if request.method == "POST":
        status = 400
        valid = form.is_valid()
        if carries_version(form, case) and valid:
            data = dict(form.cleaned_data)
            alike, version = data.pop("alike"), data.pop("version", None)
            facts: dict[str, Any] = {"case": case, "actor": actor, "at": timezone.now(), **data}
            try:
                count = (
                    actions.dispose_alike(comment=row, seen_version=version, **facts)
                    if alike
                    else actions.dispose(comments=[row], seen_version=version, **facts)
                )
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, f"已登记{count}条意见的采纳情况。")
                return _next(case)
    context: dict[str, Any] = {
        "case": case,
        "comment": row,
        "form": form,
        "alike": queries.alike_comments(row).count(),
        "may_dispose": actor.has_role(case.unit_id, Role.CLERK) and case.state == State.CLOSED,
    }
    return render(request, "consultations/staff/comment.html", context, status=status)


def _next(case: Any) -> HttpResponse:
    """On to the next comment that has no disposition, or back to the consultation."""
    following = queries.comments_of(case).filter(disposition__isnull=True).order_by("number").first()
    if following is None:
        return redirect("workbench_consultations:detail", public_id=case.public_id)
    return redirect(
        "workbench_consultations:comment", public_id=case.public_id, comment_id=following.public_id
    )


@staff_page
@require_GET
def comments_xlsx(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Every comment as a workbook, for work inside the unit; without names and addresses."""
    case = queries.find_handled(actor_of(request), public_id)
    return hand_out(comments_sheet(case, queries.comments_of(case)), f"{case.number}意见.xlsx", MEDIA_TYPE)
