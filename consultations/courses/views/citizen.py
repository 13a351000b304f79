"""What everyone reads; learning, the quiz and the certificate with an account."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from consultations.courses import actions, queries
from consultations.courses.forms import EnrolForm
from consultations.polls import questionnaire as q
from consultations.polls.forms.answering import PageForm
from portal.core.errors import NotFound, PortalError
from portal.web.access import citizen_page, person_of
from portal.web.caching import public_page
from portal.web.errors import refuse, status_of
from portal.web.pagination import page_of
from portal.web.papers import hand_out_paper


@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Courses, newest first."""
    today = timezone.localdate()
    page = page_of(request, queries.listed(today))
    lines = [(case, case.is_running(today)) for case in page.rows]
    return render(request, "courses/home.html", {"page": page, "lines": lines})


@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The material; POST signs up."""
    today = timezone.localdate()
    case = queries.find_public(public_id, today)
    actor = person_of(request)
    form = EnrolForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.enrol(case=case, actor=actor, at=timezone.now(), **form.cleaned_data)
            except PortalError as error:
                form.add_error(None, error.sentence)
                status = status_of(error)
            else:
                messages.success(request, "已报名，学习材料后可以参加测验。")
                return redirect("courses:detail", public_id=public_id)
    context = {
        "case": case,
        "form": form,
        "open": case.is_running(today),
        "row": queries.enrolment_of(case, actor.account_id),
        "account": actor.account_id is not None,
        "lines": [line.strip() for line in case.material.splitlines() if line.strip()],
    }
    return render(request, "courses/detail.html", context, status=status)


@citizen_page
@require_http_methods(["GET", "POST"])
def quiz(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The quiz, marked at once."""
    case = queries.find_public(public_id, timezone.localdate())
    questions = list(q.read(case.quiz).questions)
    form = PageForm(request.POST or None, questions=questions)
    status = 200
    marked: Any = None
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                marked = actions.take_quiz(
                    case=case, sheet=form.answers(), actor=person_of(request), at=timezone.now()
                )
                status = 200
            except PortalError as error:
                status = refuse(form, error)
    context = {"case": case, "form": form, "marked": marked}
    return render(request, "courses/quiz.html", context, status=status)


@citizen_page
@require_GET
def certificate(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One's own certificate."""
    case = queries.find_public(public_id, timezone.localdate())
    row = queries.enrolment_of(case, person_of(request).account_id)
    if row is None or row.certificate is None:
        raise NotFound("没有找到证书。")
    return hand_out_paper(request, row.certificate, "courses:detail", name="证书", public_id=public_id)
