"""What supervisors watch: every unit's clocks."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Avg, Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from portal.cases import queries as docket
from portal.cases.choices import Phase
from portal.cases.models import Case, CaseEvent, CaseQuerySet, ClockEntry
from portal.cases.steps import available_steps
from portal.core.actors import Actor
from portal.core.clock import ONE_DAY, ClockFact, fold
from portal.core.errors import NotFound
from portal.core.limits import limit
from portal.core.workdays import WorkdayCalendar
from portal.holidays import calendars
from portal.supervision.choices import AssessmentState
from portal.supervision.figures import predicted_misses, weighted
from portal.supervision.models import (
    Assessment,
    Circular,
    FiguresMonth,
    Indicator,
    Mark,
    Panel,
    Sample,
    SupervisionOrder,
)
from portal.units.access import is_supervisor, units_of
from portal.units.choices import Role
from portal.units.models import Unit


def open_cases() -> CaseQuerySet:
    """All open cases with who holds them, what is due first comes first."""
    return Case.objects.open().for_lists().due_first()


def unregistered_since(today: date, calendar: WorkdayCalendar) -> Q:
    """Requests that ought to have been registered by now (more than the limit's working days ago)."""
    day = today
    for _ in range(60):
        day = day.fromordinal(day.toordinal() - 1)
        if calendar.between(day, today) > limit("disclosure.registration", on=day).days:
            break
    return Q(phase=Phase.INTAKE, created_at__date__lte=day)


def by_unit(today: date, calendar: WorkdayCalendar) -> list[Any]:
    """Per unit: open, overdue, due today, due soon; those with most overdue first. One query."""
    soon = calendar.add(today, limit("board.soon", on=today).days)
    rows: list[Any] = list(
        Case.objects.open()
        .order_by()
        .values("unit_id", "unit__short_name", "unit__code")
        .annotate(
            open=Count("pk"),
            overdue=Count("pk", filter=docket.overdue_by(today)),
            today=Count("pk", filter=docket.due_within(today, today)),
            soon=Count("pk", filter=docket.due_within(today + ONE_DAY, soon)),
        )
    )
    return sorted(rows, key=lambda row: (-row["overdue"], -row["today"], -row["soon"], row["unit_id"]))


def orders(actor: Actor) -> QuerySet[Any]:
    """The orders that the actor may read: a supervisor's all, a unit's its own; open ones by due date first."""
    rows: QuerySet[Any] = SupervisionOrder.objects.all()
    if not is_supervisor(actor):
        rows = rows.filter(unit_id__in=units_of(actor))
    return rows.select_related("unit", "target").order_by(
        F("closed_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "-id"
    )


def find_order(actor: Actor, public_id: uuid.UUID) -> SupervisionOrder:
    """One of them; NotFound for any other."""
    found = orders(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("没有找到该督办事项。")
    return found  # type: ignore[no-any-return]


def order_verbs(case: SupervisionOrder, actor: Actor) -> list[str]:
    """What this actor may do with it now."""
    who = actor
    if is_supervisor(actor):
        who = replace(actor, roles=actor.roles | {(case.unit_id, Role.SUPERVISOR)})
    open_ = {entry.name for entry in available_steps(case, who)}
    return [verb for verb in SupervisionOrder.VERB_ORDER if verb in open_]


def find_target(public_id: str) -> Case | None:
    """The case that an order is to be about; None for none or an unknown one."""
    try:
        key = uuid.UUID(public_id)
    except ValueError:
        return None
    return Case.objects.select_related("unit").filter(public_id=key).first()


def unit_names() -> dict[int, str]:
    """The short names of all units by id."""
    return dict(Unit.objects.values_list("pk", "short_name"))


def first_year() -> int | None:
    """The year of the earliest month whose figures are frozen; None if there is none."""
    month = FiguresMonth.objects.order_by("month").values_list("month", flat=True).first()
    return month.year if month is not None else None


def live_counts(today: date, calendar: WorkdayCalendar) -> dict[str, int]:
    """The numbers on top of the board."""
    cases = open_cases()
    found = docket.counts(cases, today, calendar)
    return {
        "overdue": found.overdue,
        "today": found.today,
        "soon": found.soon,
        "all": found.all,
        "unregistered": cases.filter(unregistered_since(today, calendar)).count(),
        "predicted": predicted_misses(cases, today, calendar).count(),
    }


def assessments(actor: Actor) -> QuerySet[Any]:
    """All assessments, newest first; what a unit may see of an open one is its own line."""
    if not actor.is_staff:
        return Assessment.objects.none()
    rows: QuerySet[Any] = Assessment.objects.all()
    return rows.order_by("-first_month", "-id")


def find_assessment(actor: Actor, public_id: uuid.UUID) -> Assessment:
    """One of them; NotFound for any other."""
    found = assessments(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("没有找到该考核。")
    return found  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Ranked:
    """One unit of an assessment: its scores with decisions laid over them, and the total."""

    unit: Unit
    line: dict[str, dict[str, Any]]
    total: float | None


def ranking(case: Assessment, actor: Actor) -> list[Ranked]:
    """The units that the actor may see, best first: all for a supervisor or once it is public, else the own ones."""
    everyone = is_supervisor(actor) or case.state == AssessmentState.PUBLISHED
    mine = units_of(actor)
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[int(key) for key in case.lines])}
    changed = {
        (row.unit_id, row.indicator): float(row.score)
        for row in case.objections.filter(upheld=True)
        if row.score is not None
    }
    found = []
    for key, line in case.lines.items():
        unit = units.get(int(key))
        if unit is None or not (everyone or unit.pk in mine):
            continue
        shown = {
            code: {**entry, "score": changed.get((unit.pk, code), entry["score"])}
            for code, entry in line.items()
        }
        found.append(Ranked(unit, shown, weighted(shown, case.weights)))
    return sorted(found, key=lambda row: (row.total is None, -(row.total or 0), row.unit.sort, row.unit.pk))


def indicator_titles() -> dict[str, str]:
    """The names of the indicators."""
    return dict(Indicator.objects.values_list("code", "title"))


def objections_of(case: Assessment, actor: Actor) -> list[Any]:
    """The objections that the actor may see."""
    rows = case.objections.select_related("unit").order_by("pk")
    return list(rows if is_supervisor(actor) else rows.filter(unit_id__in=units_of(actor)))


def panels(actor: Actor) -> QuerySet[Any]:
    """The panels that the actor may see: a supervisor's all, anybody else's those whose member they are."""
    rows: Any = Panel.objects.all()
    if not is_supervisor(actor):
        rows = rows.filter(members=actor.account_id)
    found: QuerySet[Any] = rows.annotate(number_of_samples=Count("samples")).order_by(
        F("closed_on").desc(nulls_first=True), "-id"
    )
    return found


def find_panel(actor: Actor, public_id: uuid.UUID) -> Panel:
    """One of them; NotFound for any other."""
    found = panels(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("没有找到该抽查。")
    return found  # type: ignore[no-any-return]


def find_sample(case: Panel, pk: int) -> Sample:
    """One reply of the panel; NotFound for any other."""
    found = case.samples.select_related("unit", "target").filter(pk=pk).first()
    if found is None:
        raise NotFound("没有找到该抽查件。")
    return found


def may_mark(sample: Sample, actor: Actor) -> bool:
    """True for a member who does not work in the unit that answered."""
    member = sample.panel.members.filter(pk=actor.account_id).exists()
    return member and sample.unit_id not in units_of(actor)


def own_mark(sample: Sample, actor: Actor) -> Mark | None:
    """What the actor gave it, if anything."""
    return sample.marks.filter(by_id=actor.account_id).first()


def samples_of(case: Panel, actor: Actor) -> list[Any]:
    """The samples with the number of marks, their mean once it is closed, and what the actor gave; to do first."""
    mine = Mark.objects.filter(sample=OuterRef("pk"), by_id=actor.account_id).values("points")
    rows: Any = (
        case.samples.select_related("unit", "target")
        .annotate(number_of_marks=Count("marks"), mean=Avg("marks__points"), mine=Subquery(mine[:1]))
        .order_by(F("mine").asc(nulls_first=True), "pk")
    )
    if not is_supervisor(actor):
        rows = rows.exclude(unit_id__in=units_of(actor))
    return list(rows)


def next_sample(case: Panel, actor: Actor) -> Sample | None:
    """The first one that the actor has still to judge."""
    rows = case.samples.exclude(marks__by_id=actor.account_id).exclude(unit_id__in=units_of(actor))
    return rows.order_by("pk").first()


def cases_by_id(keys: list[int]) -> dict[int, Case]:
    """These cases with no more than a list shows."""
    return {case.pk: case for case in Case.objects.filter(pk__in=keys).for_lists()}


@dataclass(frozen=True)
class Standing:
    """Since when a case is in its state, and why its clock stands still ("" if it runs)."""

    since: date | None
    why: str


def standings(keys: list[int]) -> dict[int, Standing]:
    """How these cases stand; two queries however many there are."""
    changes: Any = CaseEvent.objects.filter(case_id__in=keys).exclude(from_state=F("to_state"))
    since = dict(changes.order_by().values_list("case_id").annotate(at=Max("at")))
    facts: dict[int, list[ClockFact]] = {key: [] for key in keys}
    for entry in ClockEntry.objects.filter(case_id__in=keys).order_by("id"):
        facts[entry.case_id].append(entry.fact())
    return {
        key: Standing(
            timezone.localdate(since[key]) if key in since else None,
            "、".join(fold(facts[key], calendars.calendar()).waits_for),
        )
        for key in keys
    }


def circular_number(period: str) -> str:
    """The number that the circular of that period was given; "" for none."""
    found = Circular.objects.filter(period=period).values_list("number", flat=True).first()
    return found or ""
