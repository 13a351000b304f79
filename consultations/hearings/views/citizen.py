"""What everyone reads, signing up, and one's own sign-up."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from consultations.hearings import actions, queries
from consultations.hearings.forms import SignUpForm
from portal.cases.intake import new_key
from portal.core.errors import NotFound, PortalError
from portal.web.access import person_of
from portal.web.caching import public_page
from portal.web.door import admitted
from portal.web.errors import refuse
from portal.web.pagination import page_of
from portal.web.papers import send_paper
from portal.web.proof import challenge
from portal.web.proof import check as check_proof


@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Hearings, newest first."""
    today = timezone.localdate()
    page = page_of(request, queries.listed())
    lines = [(case, case.takes_sign_ups(today)) for case in page.rows]
    return render(request, "hearings/home.html", {"page": page, "lines": lines})


@public_page
@require_safe
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The notice, the draw that anybody can do again, the report."""
    case = queries.find_public(public_id)
    context = {
        "case": case,
        "open": case.takes_sign_ups(timezone.localdate()),
        "groups": case.groups.order_by("id"),
        "drawn": queries.drawn_numbers(case),
        "fixed": queries.fixed_list(case),
        "papers": queries.public_papers(case),
    }
    return render(request, "hearings/detail.html", context)


@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Sign up; the hidden key makes a double click one sign-up."""
    case = queries.find_public(public_id)
    actor = person_of(request)
    guest = actor.account_id is None
    purpose = f"hearing:{case.public_id}"
    form = SignUpForm(request.POST or None, hearing=case)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                if guest:
                    check_proof(purpose, request.POST.get("proof", ""))
                at = timezone.now()
                with admitted(request, "hearing", at=at, email=form.cleaned_data.get("email", "")):
                    done = actions.sign_up(
                        case=case,
                        **form.cleaned_data,
                        key=(request.POST.get("key", "") or new_key())[:64],
                        actor=actor,
                        at=at,
                    )
            except PortalError as error:
                status = refuse(form, error)
            else:
                return redirect(f"{reverse('hearings:own', args=[done.token])}?new=1")
    context = {
        "case": case,
        "form": form,
        "open": case.takes_sign_ups(timezone.localdate()),
        "key": new_key(),  # what was refused is not stored, so that another key stores nothing twice
        "proof": challenge(purpose) if guest else "",
    }
    return render(request, "hearings/sign_up.html", context, status=status)


@require_GET
def own(request: HttpRequest, token: str) -> HttpResponse:
    """One's own sign-up, by the link."""
    row = queries.find_by_token(token)
    context = {
        "row": row,
        "case": row.hearing,
        "token": token,
        "fresh": request.GET.get("new") == "1",
        "link": request.build_absolute_uri(reverse("hearings:own", args=[token])),
        "may_withdraw": row.place != "withdrawn" and row.hearing.state in ("announced", "drawn"),
    }
    return render(request, "hearings/own.html", context)


@require_POST
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Take one's sign-up back."""
    row = queries.find_by_token(token)
    actions.withdraw_sign_up(sign_up_id=row.pk, at=timezone.now())
    return redirect("hearings:own", token=token)


@require_safe
def document(request: HttpRequest, public_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponse:
    """A public paper of the hearing."""
    case = queries.find_public(public_id)
    paper = queries.public_papers(case).filter(public_id=document_id).first()
    if paper is None or paper.file is None:
        raise NotFound("没有找到该文书，或者正在制作，请稍后刷新。")
    return send_paper(request, paper)
