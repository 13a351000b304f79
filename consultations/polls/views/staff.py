"""The units' pages of votes and surveys."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consultations.polls import actions, queries
from consultations.polls import questionnaire as q
from consultations.polls.forms.answering import PageForm
from consultations.polls.forms.staff import OpenForm, QuestionForm, TokenForm
from consultations.polls.verbs import VERBS
from portal.core.errors import NotFound, PortalError
from portal.documents.spreadsheet import MEDIA_TYPE, Sheet, workbook
from portal.files.responses import hand_out
from portal.units.choices import Role
from portal.units.queries import units_by_id
from portal.web.access import actor_of, staff_page
from portal.web.errors import refuse, status_of
from portal.web.pagination import page_of
from portal.web.steps import try_step, verb_of


def _units(actor: Any) -> Any:
    return units_by_id([unit for unit, role in actor.roles if role == Role.CLERK and unit])


@staff_page
@require_GET
def polls(request: HttpRequest) -> HttpResponse:
    """The polls of the reader's units."""
    actor = actor_of(request)
    context = {
        "page": page_of(request, queries.handled(actor)),
        "may_open": _units(actor).exists(),
        "today": timezone.localdate(),
    }
    return render(request, "polls/staff/list.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a poll."""
    actor = actor_of(request)
    units = _units(actor)
    if not units.exists():
        return render(request, "403.html", status=403)
    form = OpenForm(request.POST or None, units=units)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            answers = dict(form.cleaned_data)
            unit = answers.pop("unit")
            try:
                case = actions.open_poll(answers=answers, unit=unit, actor=actor, at=timezone.now())
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, f"已建立，编号{case.number}。下一步：添加题目。")
                return redirect("workbench_polls:detail", public_id=case.public_id)
    return render(request, "polls/staff/new.html", {"form": form}, status=status)


@staff_page
@require_GET
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everything about a poll, and what may be done now."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    view = queries.staff_view(case, actor, timezone.localdate())
    context = {
        "case": case,
        "view": view,
        "steps": [VERBS[verb] for verb in view.verbs if verb in VERBS],
        "may_edit": "edit_poll" in view.verbs,
        "may_decide": actor.has_role(case.unit_id, Role.APPROVER) and case.state in ("approved", "counted"),
        "clerk": actor.has_role(case.unit_id, Role.CLERK),
    }
    return render(request, "polls/staff/detail.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, public_id: uuid.UUID, verb: str) -> HttpResponse:
    """The page of one verb: the form, and the step itself."""
    entry = verb_of(VERBS, verb)
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    tried = try_step(request, entry, case, actor)
    if tried.done:
        return redirect("workbench_polls:detail", public_id=case.public_id)
    view = queries.staff_view(case, actor, timezone.localdate())
    context = {"case": case, "verb": entry, "form": tried.form, "possible": entry.code in view.verbs}
    return render(request, "polls/staff/step.html", context, status=tried.status)


@staff_page
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, public_id: uuid.UUID, question_id: str = "") -> HttpResponse:
    """Add a question, or change one."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    form_of_poll = q.read(case.definition)
    places = {
        row.id: (number, row) for number, page in enumerate(form_of_poll.pages, 1) for row in page.questions
    }
    if question_id and question_id not in places:
        raise NotFound("没有找到这道题。")
    before = list(form_of_poll.questions)
    initial: dict[str, Any] = {"page": len(form_of_poll.pages)}
    if question_id:
        number, row = places[question_id]
        before = before[: before.index(row)]
        initial = _initial_of(number, row)
    form = QuestionForm(request.POST or None, initial=initial, before=before)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            entry = form.question() | ({"id": question_id} if question_id else {})
            try:
                actions.put_question(case=case, question=entry, actor=actor, at=timezone.now())
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, "题目已保存。")
                return redirect("workbench_polls:detail", public_id=public_id)
    context = {"case": case, "form": form, "question_id": question_id}
    return render(request, "polls/staff/question.html", context, status=status)


def _initial_of(number: int, row: q.Question) -> dict[str, Any]:
    return {
        "page": number,
        "kind": row.kind,
        "title": row.title,
        "required": row.required,
        "options": "\n".join(option.text for option in row.options),
        "rows": "\n".join(option.text for option in row.rows),
        "least": row.least or None,
        "most": row.most or None,
        "show_if": ":".join(row.show_if) if row.show_if else "",
    }


@staff_page
@require_POST
def question_act(request: HttpRequest, public_id: uuid.UUID, question_id: str, act: str) -> HttpResponse:
    """Move a question up, or take it out."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    run = {"up": actions.move_question, "remove": actions.remove_question}.get(act)
    if run is None:
        raise Http404
    try:
        run(case=case, question_id=question_id, actor=actor, at=timezone.now())
    except PortalError as error:
        messages.error(request, error.sentence)
    return redirect("workbench_polls:detail", public_id=public_id)


@staff_page
@require_GET
def preview(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Every page as voters will see it; nothing is sent."""
    case = queries.find_handled(actor_of(request), public_id)
    form = q.read(case.definition)
    pages = [
        (page, PageForm(questions=list(page.questions), prefix=f"p{n}")) for n, page in enumerate(form.pages)
    ]
    return render(request, "polls/staff/preview.html", {"case": case, "pages": pages})


@staff_page
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Make tokens; the file is the only copy of them."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    form = TokenForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                count = form.cleaned_data["count"]
                if form.cleaned_data["made_as"] == "letters":
                    letters = actions.make_token_letters(
                        case=case, count=count, actor=actor, at=timezone.now()
                    )
                    return hand_out(letters, f"{case.number}参与码通知信.pdf", "application/pdf")
                made = actions.make_tokens(case=case, count=count, actor=actor, at=timezone.now())
            except PortalError as error:
                form.add_error(None, error.sentence)
                status = status_of(error)
            else:
                sheet = Sheet(
                    "参与码", f"{case.title}：参与码", ("序号", "参与码"), enumerate(made, 1), (8, 24)
                )
                return hand_out(workbook([sheet]), f"{case.number}参与码.xlsx", MEDIA_TYPE)
    return render(request, "polls/staff/tokens.html", {"case": case, "form": form}, status=status)


@staff_page
@require_POST
def decide(request: HttpRequest, public_id: uuid.UUID, pk: int, act: str) -> HttpResponse:
    """A second person confirms that ballots are left out, or restores them."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    job = queries.find_job(case, pk)
    run = {"confirm": actions.confirm_invalidation, "revoke": actions.revoke_invalidation}.get(act)
    if run is None:
        raise Http404
    try:
        count = run(job=job, actor=actor, at=timezone.now())
    except PortalError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, f"已处理{count}张选票。")
    return redirect("workbench_polls:detail", public_id=public_id)
