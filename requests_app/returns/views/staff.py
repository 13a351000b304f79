"""Handing in, collecting, checking, merging."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.cases.queries import timeline
from portal.cases.steps import available_steps
from portal.core.errors import PortalError
from portal.units.access import is_supervisor
from portal.units.choices import Role
from portal.web.access import actor_of, staff_page, supervisor_page
from portal.web.errors import refuse
from portal.web.steps import try_step, verb_of
from requests_app.annual.entered import Texts, entered
from requests_app.annual.printed import lines
from requests_app.annual.snapshot import of_json
from requests_app.returns import actions, corrections, queries
from requests_app.returns.choices import CityState, State, due_of, publish_by
from requests_app.returns.forms import CityForm, CorrectForm, PublishForm, SubmitForm
from requests_app.returns.verbs import VERBS


@supervisor_page
@require_GET
def collection(request: HttpRequest) -> HttpResponse:
    """Every unit of a year, those that are waited for first; ?year= and ?against=log stay in the address."""
    today = timezone.localdate()
    year = queries.year_of(request.GET.get("year", ""), today)
    found = queries.collection(year, today)
    context = {
        "lines": found,
        "year": year,
        "years": queries.years(today),
        "waiting": sum(line.waits for line in found),
        "to_check": sum(line.case is not None and line.case.state == "submitted" for line in found),
        "accepted": sum(
            line.case is not None and line.case.state in ("accepted", "published") for line in found
        ),
        "due": due_of(year),
        "publish_by": publish_by(year),
        "is_late": today > due_of(year),
        "city": queries.city_of(year),
        "drifted": queries.drifted(found) if request.GET.get("against") == "log" else None,
    }
    return render(request, "returns/collection.html", context)


@supervisor_page
@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    """Tell the units that are waited for."""
    year = queries.year_of(request.POST.get("year", ""), timezone.localdate())
    made = actions.remind(year=year, actor=actor_of(request), at=timezone.now())
    messages.success(request, f"已提醒{made}人。" if made else "今天已经提醒过。")
    return redirect(f"{reverse('workbench_returns:collection')}?year={year}")


@staff_page
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest) -> HttpResponse:
    """A unit's report of a year as it stands, what does not hold, and the button that hands it in."""
    actor, today = actor_of(request), timezone.localdate()
    unit = queries.own_unit(actor, request.GET.get("unit", ""))
    year = queries.year_of(request.GET.get("year", ""), today)
    case = queries.return_of(unit, year)
    public = case is not None and case.state == State.PUBLISHED
    form, status = (CorrectForm if public else SubmitForm)(request.POST or None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            at, typed = timezone.now(), form.cleaned_data
            try:
                if case is not None and public:
                    made = corrections.correct_return(case=case, actor=actor, at=at, **typed).of
                else:
                    made = actions.submit(unit=unit, year=year, actor=actor, at=at, **typed)
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, "已更正。" if public else f"已报送，编号{made.number}。")
                return redirect("workbench_returns:detail", public_id=made.public_id)
    now = queries.now_of(unit, year)
    context = {
        "form": form,
        "unit": unit,
        "units": queries.own_units(actor),
        "year": year,
        "years": queries.years(today),
        "case": case,
        "now": now,
        "due": due_of(year),
        "is_late": today > due_of(year),
        "public": public,
        "may_submit": actions.signing_for(actor, unit).has_role(unit.pk, Role.APPROVER)
        and (case is None or case.state in (State.RETURNED, State.PUBLISHED)),
        **lines(now, now.values),
    }
    return render(request, "returns/submit.html", context, status=status)


@staff_page
@require_GET
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What was handed in, where the log says something else today, and what may be done."""
    actor = actor_of(request)
    case = queries.find_return(actor, public_id)
    kept = queries.snapshot_of(case)
    who = actions.signing_for(actions.lent(actor, case.unit_id), case.reporter)
    open_ = {entry.name for entry in available_steps(case, who)}
    context = {
        "case": case,
        "kept": kept,
        "version": case.versions.order_by("-number").first(),
        "differences": queries.differences_of(case),
        "steps": [verb for code, verb in VERBS.items() if code in open_],
        "again": "submit_again" in open_,
        "correct": "correct_return" in open_,
        "entries": timeline(case),
        "supervises": is_supervisor(actor),
        **lines(kept, kept.values),
    }
    return render(request, "returns/detail.html", context)


@supervisor_page
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, public_id: uuid.UUID, verb: str) -> HttpResponse:
    """The page of one verb."""
    entry = verb_of(VERBS, verb)
    actor = actor_of(request)
    case = queries.find_return(actor, public_id)
    tried = try_step(request, entry, case, actor)
    if tried.done:
        return redirect("workbench_returns:detail", public_id=public_id)
    return render(
        request, "returns/step.html", {"case": case, "form": tried.form, "verb": entry}, status=tried.status
    )


@supervisor_page
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest) -> HttpResponse:
    """The city's texts; adds the accepted reports up."""
    today = timezone.localdate()
    year = queries.year_of(request.GET.get("year", ""), today)
    case = queries.city_of(year)
    texts = of_json(case.data).texts if case is not None else entered(year, None).texts
    initial = {"overview": texts.overview, "problems": texts.problems, "other": texts.other}
    form, status = CityForm(request.POST or None, initial=initial), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = actions.merge(
                    year=year, texts=Texts(**form.cleaned_data), actor=actor_of(request), at=timezone.now()
                )
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, "已汇总，由政府办公室签发人公布。")
                return redirect("workbench_returns:city_detail", public_id=made.public_id)
    context = {"form": form, "year": year, "missing": queries.missing(year), "case": case}
    return render(request, "returns/merge.html", context, status=status)


@staff_page
@require_http_methods(["GET", "POST"])
def city_detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The merged report; a leader of the government office publishes it."""
    actor = actor_of(request)
    case = queries.find_city(actor, public_id)
    public = case.state == CityState.PUBLISHED
    form, status = (CorrectForm if public else PublishForm)(request.POST or None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            act = corrections.correct_report if public else actions.publish
            try:
                act(case=case, actor=actor, at=timezone.now(), **form.cleaned_data)
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, "已更正。" if public else "已公布。")
                return redirect("annual_reports:city", year=case.year)
    kept = of_json(case.data)
    context = {
        "case": case,
        "kept": kept,
        "form": form,
        "public": public,
        "may_publish": actor.has_role(case.unit_id, Role.APPROVER),
        "supervises": is_supervisor(actor),
        **lines(kept, kept.values),
    }
    return render(request, "returns/city.html", context, status=status)
