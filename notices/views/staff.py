"""The units' pages of what they publish."""

from __future__ import annotations

import uuid
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from notices import actions, archive, queries, rules, structures
from notices.actions.checking import remarks_on
from notices.choices import Holds, Outlet, State
from notices.forms import ExplainForm, FileForm, OpenForm, TopicForm
from notices.forms.structured import StructureForm
from notices.queries.enforcement import (
    enforcement_periods,
    enforcing_units,
    missing_periods,
    results_to_exchange,
)
from notices.verbs import VERBS
from portal.core.asked import asked_year
from portal.core.errors import InvalidInput, PortalError
from portal.files.responses import download, hand_out
from portal.units.access import is_supervisor, units_of
from portal.units.choices import Role
from portal.units.queries import units_by_id
from portal.web.access import actor_of, staff_page
from portal.web.errors import refuse, status_of
from portal.web.pagination import page_of
from portal.web.steps import try_step, verb_of


@staff_page
@require_GET
def items(request: HttpRequest) -> HttpResponse:
    """The items of the reader's units, newest first; ?list=higher shows what waits for the government office."""
    actor = actor_of(request)
    chosen = request.GET.get("list", "")
    waiting = queries.waiting_higher(actor)
    rows = waiting if chosen == "higher" else queries.handled(actor).exclude(state=State.DISCARDED)
    context = {
        "page": page_of(request, rows),
        "chosen": chosen,
        "waiting": waiting.count(),
        "may_open": queries.columns_for(actor).exists(),
        "may_open_topic": any(role == Role.APPROVER for _, role in actor.roles),
    }
    return render(request, "notices/staff/list.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin an item."""
    actor = actor_of(request)
    columns = queries.columns_for(actor)
    if not columns.exists():
        return render(request, "403.html", status=403)
    initial = {"column": request.GET.get("column"), "made_on": timezone.localdate()}
    form = OpenForm(request.POST or None, initial=initial, columns=columns)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                case = actions.open_item(answers=form.cleaned_data, actor=actor, at=timezone.now())
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, f"已建立，编号{case.number}。附件、图片可以现在添加。")
                return redirect("workbench_notices:detail", public_id=case.public_id)
    return render(request, "notices/staff/new.html", {"form": form}, status=status)


@staff_page
@require_GET
def detail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everything about an item, what the machine finds, and what may be done now."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    view = queries.staff_view(case, actor, timezone.localdate())
    context = {
        "case": case,
        "view": view,
        "steps": [VERBS[verb] for verb in view.verbs if verb in VERBS],
        "remarks": remarks_on(case),
        "parts": structures.shown(case.structure, case.particulars),
        "outlets": [Outlet(name).label for name in case.outlets],
        "blocks": rules.blocks_of(case.body),
        "may_confirm": actor.has_role(case.unit_id, Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER),
        "may_attach": actor.has_role(case.unit_id, Role.CLERK) and case.state == "drafting",
    }
    return render(request, "notices/staff/detail.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, public_id: uuid.UUID, verb: str) -> HttpResponse:
    """The page of one verb: the form, and the step itself."""
    entry = verb_of(VERBS, verb)
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    tried = try_step(request, entry, case, actor)
    if tried.done:
        return redirect("workbench_notices:detail", public_id=case.public_id)
    view = queries.staff_view(case, actor, timezone.localdate())
    context: dict[str, Any] = {
        "case": case,
        "verb": entry,
        "form": tried.form,
        "possible": entry.code in view.verbs,
        "remarks": remarks_on(case),
        "parts": structures.shown(case.structure, case.particulars),
        "blocks": rules.blocks_of(case.body),
    }
    return render(request, "notices/staff/step.html", context, status=tried.status)


@staff_page
@require_http_methods(["GET", "POST"])
def structure(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Fill in the parts of a guide, an office or a leader; ?sort= chooses which."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    wanted = structures.STRUCTURES.get(request.GET.get("sort", "") or case.structure)
    form = StructureForm(request.POST or None, structure=wanted, kept=case.particulars) if wanted else None
    status = 200
    if request.method == "POST":
        status = 400
        drop = request.POST.get("drop") == "1"
        if drop or (form is not None and form.is_valid()):
            try:
                actions.put_structure(
                    case=case,
                    structure="" if drop or wanted is None else wanted.code,
                    answers=form.cleaned_data if form is not None and not drop else {},
                    actor=actor,
                    at=timezone.now(),
                )
            except InvalidInput as error:
                if form is not None:
                    form.add_error(error.field if error.field in form.fields else None, error.sentence)
            except PortalError as error:
                if form is not None:
                    form.add_error(None, error.sentence)
                status = status_of(error)
            else:
                messages.success(request, "结构化内容已保存。")
                return redirect("workbench_notices:detail", public_id=public_id)
    context = {
        "case": case,
        "form": form,
        "wanted": wanted,
        "structures": list(structures.STRUCTURES.values()),
    }
    return render(request, "notices/staff/structure.html", context, status=status)


@staff_page
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Lay a file or a picture beside an item."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    form = FileForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                actions.attach_file(
                    case=case,
                    name=upload.name,
                    data=upload.read(),
                    alt=form.cleaned_data["alt"],
                    actor=actor,
                    at=timezone.now(),
                )
            except InvalidInput as error:
                form.add_error(error.field if error.field in form.fields else "file", error.sentence)
            else:
                messages.success(request, "已添加，通过安全检查后可以送审。")
                return redirect("workbench_notices:detail", public_id=public_id)
    return render(request, "notices/staff/file.html", {"case": case, "form": form}, status=status)


@staff_page
@require_POST
def confirm(request: HttpRequest, public_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """A second person has looked at a file."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    found = case.files.filter(public_id=file_id).first()
    if found is None:
        raise Http404
    actions.confirm_file(case=case, file=found, actor=actor, at=timezone.now())
    messages.success(request, "已核对。")
    return redirect("workbench_notices:detail", public_id=public_id)


@staff_page
@require_POST
def remove(request: HttpRequest, public_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """Take a file away from a draft."""
    actor = actor_of(request)
    case = queries.find_handled(actor, public_id)
    found = case.files.filter(public_id=file_id).first()
    if found is None:
        raise Http404
    actions.remove_file(case=case, file=found, actor=actor, at=timezone.now())
    messages.success(request, "附件已移除。")
    return redirect("workbench_notices:detail", public_id=public_id)


@staff_page
@require_GET
def copy(request: HttpRequest, public_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """The copy of a file that everyone will get, to be looked at first."""
    case = queries.find_handled(actor_of(request), public_id)
    found: Any = queries.published_file(case, file_id)
    if found is None:
        raise Http404
    return download(found.check_result.copy, found.check_result.copy_name)


@staff_page
@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    """The columns that must stay alive: of the reader's units, of all for a supervisor; and what is missing."""
    actor = actor_of(request)
    everywhere = is_supervisor(actor)
    states = queries.column_states(timezone.now(), units=None if everywhere else units_of(actor))
    missing = [
        (unit, title)
        for unit, title in queries.missing_obligatory()
        if everywhere or unit.pk in units_of(actor)
    ]
    context = {
        "states": states[:200],
        "more": max(len(states) - 200, 0),
        "table": queries.alive_table(states),
        "missing": missing,
        "everywhere": everywhere,
    }
    return render(request, "notices/staff/alive.html", context)


@staff_page
@require_http_methods(["GET", "POST"])
def topic(request: HttpRequest) -> HttpResponse:
    """Open a topic; whoever decides is who signs for the unit."""
    actor = actor_of(request)
    units = units_by_id([unit for unit, role in actor.roles if role == Role.APPROVER and unit])
    if not units:
        return render(request, "403.html", status=403)
    form = TopicForm(request.POST or None, units=units)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = actions.open_topic(actor=actor, **form.cleaned_data)
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, f"专题专栏“{made.title}”已开设。")
                return redirect("workbench_notices:list")
    return render(request, "notices/staff/topic.html", {"form": form}, status=status)


@staff_page
@require_GET
def package(request: HttpRequest) -> HttpResponse:
    """The archive package of one of the reader's units and a year; without a year, the choice of both."""
    actor = actor_of(request)
    mine = [
        unit for unit, role in actor.roles if unit and role in (Role.CLERK, Role.APPROVER, Role.PUBLISHER)
    ]
    units = units_by_id(mine)
    unit = units.filter(code=request.GET.get("unit", "")).first()
    year = asked_year(request.GET.get("year", ""))
    if unit is None or year is None:
        this_year = timezone.localdate().year
        context = {"units": units, "years": range(this_year, this_year - 5, -1)}
        return render(request, "notices/staff/archive.html", context)
    target = BytesIO()
    archive.write(target, unit, year, timezone.now())
    return hand_out(target.getvalue(), f"{unit.short_name}{year}年发布信息归档包.zip", "application/zip")


@staff_page
@require_http_methods(["GET", "POST"])
def enforcement(request: HttpRequest) -> HttpResponse:
    """Enforcement results of the reader's units by period, of all for a supervisor; POST explains a period without."""
    actor, now = actor_of(request), timezone.now()
    today = timezone.localdate(now)
    everywhere = is_supervisor(actor)
    units = [unit for unit in enforcing_units() if everywhere or unit.pk in units_of(actor)]
    form = ExplainForm(request.POST or None, units=units)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.explain_period(actor=actor, at=now, **form.cleaned_data)
            except PortalError as error:
                status = refuse(form, error)
            else:
                messages.success(request, "说明已登记。")
                return redirect("workbench_notices:enforcement")
    context = {
        "form": form,
        "year": today.year,
        "rows": [(unit, enforcement_periods(unit, today.year, now)) for unit in units[:80]],
        "before": [
            (unit, state)
            for unit, state in missing_periods(units[:80], now)
            if state.period.ends_on.year < today.year
        ],
        "columns": queries.columns_for(actor).filter(holds=Holds.ENFORCEMENT),
        "old": [(unit, results_to_exchange(unit, today)) for unit in units[:80]],
        "may_explain": any(actor.has_role(unit.pk, Role.APPROVER) for unit in units),
    }
    return render(request, "notices/staff/enforcement.html", context, status=status)
