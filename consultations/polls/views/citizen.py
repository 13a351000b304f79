"""What everyone reads and where people take part."""

from __future__ import annotations

import json
import secrets
import uuid
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from consultations.polls import actions, queries
from consultations.polls import questionnaire as q
from consultations.polls.actions.voting import BadSheet
from consultations.polls.choices import LEVEL_TEXTS, SECRECY_TEXTS, Secrecy, State, Who
from consultations.polls.forms.answering import PageForm
from consultations.polls.sheets import MEDIA_TYPE, result_csv, result_sheet
from portal.cases.intake import new_key
from portal.core.errors import InvalidInput, NotFound, PortalError
from portal.files.responses import hand_out
from portal.web.access import address_of, person_of
from portal.web.caching import public_page
from portal.web.errors import status_of
from portal.web.pagination import page_of
from portal.web.proof import challenge
from portal.web.proof import check as check_proof

COOKIE = "voter"
COOKIE_AGE = 400 * 24 * 3600
STAGES = (("", "全部"), ("open", "正在进行"), ("closed", "已截止，待公布"), ("published", "已公布结果"))


@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Votes and surveys, what is open first."""
    today = timezone.localdate()
    stage = request.GET.get("stage", "")
    stage = stage if stage in dict(STAGES) else ""
    page = page_of(request, queries.listed(today, stage=stage))
    context = {
        "page": page,
        "lines": [(case, case.takes_votes(today)) for case in page.rows],
        "open_now": queries.open_now(today)[:10] if not stage and page.number == 1 else [],
        "stage": stage,
        "stages": STAGES,
        "today": today,
    }
    return render(request, "polls/home.html", context)


@public_page
@require_safe
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What it is about, who may take part, how secret it is; the result once it is public."""
    today = timezone.localdate()
    case = queries.find_public(public_id, today)
    shown = queries.sealed_tally(case) if case.state == State.PUBLISHED else queries.running_tally(case)
    context = {
        "case": case,
        "open": case.takes_votes(today),
        "secrecy": SECRECY_TEXTS[Secrecy(case.secrecy)],
        "level": LEVEL_TEXTS[Who(case.who)].format(votes=settings.PORTAL_VOTES_PER_ADDRESS),
        "tally": shown,
        "results": shown.data["questions"] if shown is not None else [],
        "jobs": [job for job in queries.jobs_of(case) if job.confirmed_at and not job.revoked_at]
        if case.state == State.PUBLISHED
        else [],
        "takes_entries": case.takes_entries(today),
        "entries": queries.shown_entries(case),
        "questions": len(q.read(case.definition).questions),
    }
    return render(request, "polls/detail.html", context)


def _device(request: HttpRequest) -> str:
    try:
        return str(request.get_signed_cookie(COOKIE, max_age=COOKIE_AGE))
    except (KeyError, signing.BadSignature):
        return ""


def _so_far(request: HttpRequest, case: Any) -> dict[str, Any]:
    """The answers of the pages before, as the form carried them, signed."""
    try:
        found: dict[str, Any] = signing.loads(request.POST.get("so_far", ""), salt=f"poll:{case.public_id}")
    except signing.BadSignature:
        return {}
    return found


@require_http_methods(["GET", "POST"])
def vote(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The questionnaire, a page at a time; answers so far travel signed in the form. No script is needed but for
    the guests' proof of work."""
    case: Any = queries.find_public(public_id, timezone.localdate())
    form = q.read(case.definition)
    if request.method == "GET":
        return _show(request, case, form, 0, {}, None, 200)
    so_far = _so_far(request, case)
    asked_for = request.POST.get("page", "0")
    number = min(int(asked_for) if asked_for.isdecimal() and len(asked_for) < 4 else 0, len(form.pages) - 1)
    asked = _asked(form, number, so_far)
    page = PageForm(request.POST, questions=asked)
    if not case.takes_votes(timezone.localdate()):
        page.add_error(None, "现在不能参加，答卷没有提交")
        return _show(request, case, form, number, so_far, page, 400)
    good = page.is_valid()
    answers = {**so_far, **page.answers()}
    if request.POST.get("go") == "back":
        return _show(request, case, form, _before(form, number, answers), answers, None, 200)
    if not good:
        return _show(request, case, form, number, so_far, page, 400)
    checked = q.check_sheet(
        form,
        {name: value for name, value in answers.items() if name in _ids(form, number)},
        only=tuple(question.id for question in asked),
    )
    if checked.problems:
        page.show_problems(checked.problems)
        return _show(request, case, form, number, so_far, page, 400)
    following = _after(form, number, answers)
    if following is not None:
        return _show(request, case, form, following, answers, None, 200)
    return _cast(request, case, form, number, so_far, page, answers)


def _ids(form: q.Questionnaire, number: int) -> set[str]:
    return {question.id for page in form.pages[: number + 1] for question in page.questions}


def _asked(form: q.Questionnaire, number: int, answers: dict[str, Any]) -> list[q.Question]:
    """The questions of a page that are asked; one that depends on the same page is shown with its condition."""
    here = {question.id for question in form.pages[number].questions}
    return [
        question
        for question in form.pages[number].questions
        if question.show_if is None or question.show_if[0] in here or q.is_asked(question, answers)
    ]


def _after(form: q.Questionnaire, number: int, answers: dict[str, Any]) -> int | None:
    return next((n for n in range(number + 1, len(form.pages)) if _asked(form, n, answers)), None)


def _before(form: q.Questionnaire, number: int, answers: dict[str, Any]) -> int:
    return next((n for n in range(number - 1, -1, -1) if _asked(form, n, answers)), 0)


def _cast(
    request: HttpRequest,
    case: Any,
    form: q.Questionnaire,
    number: int,
    so_far: dict[str, Any],
    page: PageForm,
    answers: dict[str, Any],
) -> HttpResponse:
    actor = person_of(request)
    voter = actions.Voter(
        account_id=actor.account_id,
        device=_device(request),
        token=request.POST.get("token", "")[:40],
        address=address_of(request),
    )
    try:
        if case.who == Who.ANYONE and actor.account_id is None:
            check_proof(f"poll:{case.public_id}", request.POST.get("proof", ""))
        done = actions.vote(
            case=case,
            sheet=answers,
            voter=voter,
            key=(request.POST.get("key", "") or new_key())[:64],
            at=timezone.now(),
        )
    except BadSheet as error:
        page.show_problems(error.problems)
        return _show(request, case, form, number, so_far, page, 400)
    except InvalidInput as error:
        page.add_error(None, error.sentence)
        return _show(request, case, form, number, so_far, page, 400)
    except PortalError as error:
        page.add_error(None, error.sentence)
        return _show(request, case, form, number, so_far, page, status_of(error))
    return render(request, "polls/receipt.html", {"case": case, "done": done})


def _show(
    request: HttpRequest,
    case: Any,
    form: q.Questionnaire,
    number: int,
    answers: dict[str, Any],
    page: PageForm | None,
    status: int,
) -> HttpResponse:
    guest = person_of(request).account_id is None
    if page is None:
        page = PageForm(initial=_initial(form, number, answers), questions=_asked(form, number, answers))
    last = _after(form, number, answers) is None
    context = {
        "case": case,
        "form": page,
        "open": case.takes_votes(timezone.localdate()),
        "page": form.pages[number],
        "number": number,
        "pages": len(form.pages),
        "last": last,
        "so_far": signing.dumps(answers, salt=f"poll:{case.public_id}"),
        "key": (request.POST.get("key") if status == 200 else "") or new_key(),
        "token": request.POST.get("token", ""),
        "asks_token": case.who == Who.TOKEN,
        "asks_login": guest and case.who in (Who.ACCOUNT, Who.VERIFIED),
        "proof": challenge(f"poll:{case.public_id}") if guest and case.who == Who.ANYONE and last else "",
        "secrecy": SECRECY_TEXTS[Secrecy(case.secrecy)],
    }
    response = render(request, "polls/vote.html", context, status=status)
    if not _device(request):
        response.set_signed_cookie(
            COOKIE,
            secrets.token_urlsafe(24),
            max_age=COOKIE_AGE,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


def _initial(form: q.Questionnaire, number: int, answers: dict[str, Any]) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for question in form.pages[number].questions:
        given = answers.get(question.id)
        if question.kind == q.RANKING and isinstance(given, list):
            initial |= {f"{question.id}__{place}": key for place, key in enumerate(given, 1)}
        elif question.kind == q.MATRIX and isinstance(given, dict):
            initial |= {f"{question.id}__{row}": value for row, value in given.items()}
        elif given is not None:
            initial[question.id] = given
    return initial


@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Whether the ballot of a receipt was counted; only once the result is public."""
    case = queries.find_public(public_id, timezone.localdate())
    if case.state != State.PUBLISHED:
        raise NotFound("结果尚未公布。")
    given = request.POST.get("receipt", "")[:40]
    tally = queries.sealed_tally(case)
    listed = tally is not None and queries.receipt_digest(case, given) in tally.data["receipts"]
    context = {"case": case, "given": given, "listed": listed, "asked": bool(given)}
    return render(request, "polls/check.html", context)


def _published(public_id: uuid.UUID) -> tuple[Any, Any]:
    case = queries.find_public(public_id, timezone.localdate())
    tally = queries.sealed_tally(case) if case.state == State.PUBLISHED else None
    if tally is None:
        raise NotFound("结果尚未公布。")
    return case, tally


@require_safe
def xlsx(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The result as a workbook."""
    case, tally = _published(public_id)
    return hand_out(result_sheet(case, tally), f"{case.title}结果.xlsx", MEDIA_TYPE)


@require_safe
def csv(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The result as CSV."""
    case, tally = _published(public_id)
    return hand_out(result_csv(tally), f"{case.title}结果.csv", "text/csv; charset=utf-8")


@require_safe
def sealed(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The sealed result itself, receipts included, for whoever wants to count again."""
    case, tally = _published(public_id)
    body = json.dumps(
        {"sha256": tally.sha256, "counted_at": tally.counted_at.isoformat(), "data": tally.data},
        ensure_ascii=False,
    )
    return hand_out(body.encode(), f"{case.title}结果.json", "application/json")
