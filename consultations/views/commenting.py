"""Saying something about a draft, and the page on which its writer sees what became of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consultations import actions, queries
from consultations.forms.citizen import CommentForm
from portal.cases.intake import new_key
from portal.core.errors import PortalError
from portal.web.access import address_of, person_of
from portal.web.door import admitted
from portal.web.errors import refuse
from portal.web.proof import challenge
from portal.web.proof import check as check_proof


@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The form; ?clause= chooses the clause. The hidden key makes a double click one comment."""
    today = timezone.localdate()
    case = queries.find_public(public_id, today)
    clauses = queries.clauses_of(queries.commented_version(case))
    guest = person_of(request).account_id is None
    form = CommentForm(
        request.POST or None, initial={"clause": request.GET.get("clause", "")}, clauses=clauses
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                if guest:
                    check_proof(f"consultation:{case.public_id}", request.POST.get("proof", ""))
                at = timezone.now()
                with admitted(request, "comment", at=at, email=form.cleaned_data["email"]) as entry:
                    done = actions.comment(
                        case=case,
                        **form.cleaned_data,
                        key=(request.POST.get("key", "") or new_key())[:64],
                        actor=person_of(request),
                        at=at,
                        address=address_of(request),
                    )
                if done.repeated:
                    entry.give_back()
            except PortalError as error:
                status = refuse(form, error)
            else:
                return redirect(f"{reverse('consultations:own', args=[done.token])}?new=1")
    ref = str(form["clause"].value() or "")
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "key": new_key(),  # what was refused is not stored, so that another key stores nothing twice
        "open": case.takes_comments(today),
        "proof": challenge(f"consultation:{case.public_id}") if guest else "",
        "clause": next((row for row in clauses if row.ref == ref), None),
    }
    return render(request, "consultations/comment.html", context, status=status)


@require_GET
def own(request: HttpRequest, token: str) -> HttpResponse:
    """A writer's own comment, by the link that only the writer has."""
    row = queries.find_by_token(token)
    context = {
        "comment": row,
        "case": row.consultation,
        "token": token,
        "open": row.consultation.takes_comments(timezone.localdate()),
        "fresh": request.GET.get("new") == "1",
        "link": request.build_absolute_uri(reverse("consultations:own", args=[token])),
        "disposition": getattr(row, "disposition", None) if row.consultation.fed_back_at else None,
    }
    response = render(request, "consultations/own.html", context)
    response["Referrer-Policy"] = "same-origin"
    return response


@require_POST
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Take one's own comment back."""
    row = queries.find_by_token(token)
    actions.withdraw_comment(comment_id=row.pk, at=timezone.now())
    return redirect("consultations:own", token=token)
