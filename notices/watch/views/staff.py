"""Duty reading: the morning list, the rota, findings, the signed log; links, alarms, the inspection sheet."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from notices.reports import actions as reports
from notices.watch import actions, queries
from notices.watch.forms import AlarmForm, FindingForm, JudgeForm, TurnForm
from notices.watch.queries.morning import all_links, find_alarm, may_sign
from notices.watch.verbs import VERBS
from portal.cases.intake import new_key
from portal.cases.queries import timeline
from portal.cases.steps import available_steps
from portal.core.errors import InvalidInput, PortalError
from portal.documents.queries import documents_of
from portal.units.choices import Role
from portal.web.access import actor_of, staff_page
from portal.web.errors import refuse, status_of
from portal.web.pagination import page_of
from portal.web.papers import hand_out_paper
from portal.web.steps import try_step, verb_of


def _unit(request: HttpRequest) -> Any:
    units = queries.watchable_units(actor_of(request))
    if not units:
        raise Http404
    wanted = request.GET.get("unit", "")
    return next((unit for unit in units if unit.code == wanted), units[0]), units


@staff_page
@require_GET
def morning(request: HttpRequest) -> HttpResponse:
    """What was published, what changed, what broke; whose turn it is."""
    actor, now = actor_of(request), timezone.now()
    unit, units = _unit(request)
    today = timezone.localdate(now)
    context = {
        "unit": unit,
        "units": units[:60],
        "list": queries.morning_list(unit, now),
        "turn": queries.duty_of(unit, today),
        "log": queries.find_log_of(unit, today),
        "may_sign": may_sign(actor, unit),
        "unsigned": queries.days_without_log(unit, today),
        "unplanned": queries.days_without_reader(unit, today),
        "may_plan": actor.has_role(unit.pk, Role.APPROVER),
    }
    return render(request, "watch/morning.html", context)


@staff_page
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin today's log."""
    unit, _ = _unit(request)
    case = actions.open_log(unit=unit, actor=actor_of(request), at=timezone.now())
    return redirect("workbench_watch:log", public_id=case.public_id)


@staff_page
@require_http_methods(["GET", "POST"])
def rota(request: HttpRequest) -> HttpResponse:
    """Who reads on which day."""
    unit, _ = _unit(request)
    form = TurnForm(request.POST or None, unit=unit)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.put_turn(unit=unit, actor=actor_of(request), at=timezone.now(), **form.cleaned_data)
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, "值班安排已保存。")
                return redirect(f"{request.path}?unit={unit.code}")
    context = {"unit": unit, "form": form, "turns": queries.turns(unit, timezone.localdate())}
    return render(request, "watch/rota.html", context, status=status)


@staff_page
@require_http_methods(["GET", "POST"])
def finding(request: HttpRequest) -> HttpResponse:
    """A finding becomes a task of the unit that keeps the page."""
    form = FindingForm(request.POST or None, initial={"page": request.GET.get("page", "")[:300]})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                key = (request.POST.get("key", "") or new_key())[:64]
                case = reports.note_finding(
                    **form.cleaned_data, key=key, actor=actor_of(request), at=timezone.now()
                )
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, f"已交{case.unit.name}处理，编号{case.number}。")
                return redirect("workbench_watch:morning")
    context = {"form": form, "key": request.POST.get("key") or new_key()}
    return render(request, "watch/finding.html", context, status=status)


@staff_page
@require_GET
def links(request: HttpRequest) -> HttpResponse:
    """Every link of what is public, the dead ones first."""
    return render(request, "watch/links.html", {"page": page_of(request, all_links(), size=50)})


@staff_page
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """The national inspection sheet: today's state, and the day each check turns red."""
    context = {
        "checks": queries.inspection_sheet(timezone.now()),
        "judgements": queries.judgements(),
        "may_judge": actions.may_judge(actor_of(request)),
    }
    return render(request, "watch/sheet.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest) -> HttpResponse:
    """Say whether there were grave incidents, with the reason."""
    form = JudgeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.judge(actor=actor_of(request), at=timezone.now(), **form.cleaned_data)
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, "评判已记录。")
                return redirect("workbench_watch:sheet")
    return render(request, "watch/judge.html", {"form": form}, status=status)


@staff_page
@require_GET
def logs(request: HttpRequest) -> HttpResponse:
    """The logs of a unit."""
    unit, _ = _unit(request)
    page = page_of(request, queries.logs_of(unit))
    return render(request, "watch/logs.html", {"unit": unit, "page": page})


@staff_page
@require_http_methods(["GET", "POST"])
def alarm(request: HttpRequest, pk: int) -> HttpResponse:
    """An alarm, and what it was about."""
    found = find_alarm(pk)
    form = AlarmForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.close_alarm(
                    alarm=found, actor=actor_of(request), at=timezone.now(), **form.cleaned_data
                )
            except InvalidInput as error:
                form.add_error("note", error.sentence)
            except PortalError as error:
                form.add_error(None, error.sentence)
                status = status_of(error)
            else:
                messages.success(request, "告警已处理。")
                return redirect("workbench_watch:morning")
    return render(request, "watch/alarm.html", {"alarm": found, "form": form}, status=status)


@staff_page
@require_GET
def paper(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The signed log as a paper."""
    case = queries.find_log(actor_of(request), public_id)
    found = documents_of(case, internal=True).first()
    if found is None:
        raise Http404
    return hand_out_paper(request, found, "workbench_watch:log", name="日志文件", public_id=public_id)


def _steps(case: Any, actor: Any) -> list[Any]:
    open_ = {entry.name for entry in available_steps(case, actor)}
    return [VERBS[verb] for verb in type(case).VERB_ORDER if verb in open_]


@staff_page
@require_GET
def log(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A day's log: the list as it is now, or as it was signed."""
    actor = actor_of(request)
    case = queries.find_log(actor, public_id)
    context = {
        "case": case,
        "list": queries.morning_list(case.unit, timezone.now()) if not case.seen else None,
        "steps": _steps(case, actor),
        "entries": timeline(case),
        "papers": documents_of(case, internal=True),
    }
    return render(request, "watch/log.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, public_id: uuid.UUID, verb: str) -> HttpResponse:
    """The page of one verb: the form, and the step itself."""
    entry = verb_of(VERBS, verb)
    actor = actor_of(request)
    case = queries.find_log(actor, public_id)
    tried = try_step(request, entry, case, actor)
    if tried.done:
        return redirect("workbench_watch:log", public_id=case.public_id)
    return render(
        request, "watch/step.html", {"case": case, "form": tried.form, "verb": entry}, status=tried.status
    )
