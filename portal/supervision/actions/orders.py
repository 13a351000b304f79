"""Writers of orders: remind, supervise, order to correct, and what the unit answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.cases.models import Case
from portal.cases.numbers import take_case_number
from portal.cases.registry import in_full, title_outside
from portal.cases.steps import note, open_case, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import limit
from portal.documents.actions import issue
from portal.holidays.calendars import calendar
from portal.holidays.told import told_day
from portal.messaging.actions import Recipient, notify
from portal.supervision.actions.lending import OFFICE, lent, refuse_own
from portal.supervision.choices import EVENTS, KIND, PAPERS, Sort
from portal.supervision.models import SupervisionOrder
from portal.units.access import is_supervisor
from portal.units.choices import Role
from portal.units.models import Account, Unit
from portal.units.queries import holders_anywhere, people_with

PREFIX = "D"


@transaction.atomic
def issue_order(
    *,
    sort: str,
    demand: str,
    actor: Actor,
    at: datetime,
    target: Case | None = None,
    unit: Unit | None = None,
) -> SupervisionOrder:
    """Remind, supervise or order to correct, about a case or a unit as such.

    The unit reports by a day; supervision and correction are numbered papers. What is about a case is written into
    its log too. Raises StepRefused for anybody but a supervisor, InvalidInput without words or without a unit.
    """
    if not is_supervisor(actor):
        raise StepRefused("须由监督员办理。")
    if sort not in Sort.values:
        raise InvalidInput("请选择种类", "sort")
    if not demand.strip():
        raise InvalidInput("请写明要求", "demand")
    who = target.unit if target is not None else unit
    if who is None:
        raise InvalidInput("请选择单位", "unit")
    today = timezone.localdate(at)
    office = Unit.objects.get(code=OFFICE)
    about = target.number if target is not None else ""
    title = f"{Sort(sort).label}：{title_outside(target) if target is not None else who.name}"[:160]
    case = SupervisionOrder(
        unit=who, title=title, sort=sort, target=target, demand=demand.strip(), officer_id=None
    )
    case.number = take_case_number(PREFIX, KIND, today.year)
    open_case(
        case,
        "issue_order",
        actor=lent(actor, who.pk),
        at=at,
        today=today,
        days=limit(f"supervision.{sort}", on=today).days,
        unit_id=who.pk,
        about=about,
    )
    if target is not None:
        note(in_full(target), EVENTS[Sort(sort)], actor=actor, at=at, order=case.number)
    if Sort(sort) in PAPERS:
        due_on = calendar().add(today, limit(f"supervision.{sort}", on=today).days)
        facts = {
            "about": f"{title_outside(target)}（{about}）" if target is not None else "",
            "demand": case.demand,
            "due_on": told_day(due_on),
            "supervised": who.name,
        }
        issue(case, PAPERS[Sort(sort)], unit=office, actor=actor, at=at, facts=facts, addressee=who.name)
    _tell(case, at, f"{case.get_sort_display()}（{case.number}）", (Role.CLERK, Role.APPROVER))
    return case


def tell_of_date(case: SupervisionOrder, at: datetime, said: str) -> None:
    """A holiday notice has moved the day by which the unit reports."""
    _tell(case, at, f"{said}（{case.number}）", (Role.CLERK, Role.APPROVER))


def _tell(case: SupervisionOrder, at: datetime, subject: str, roles: tuple[str, ...]) -> None:
    _tell_all(case, at, subject, people_with(case.unit, *roles, on=timezone.localdate(at)))


def _tell_all(case: SupervisionOrder, at: datetime, subject: str, people: Iterable[Account]) -> None:
    for account in people:
        notify(
            recipient=Recipient(account_id=account.pk),
            key=f"{case.public_id}:{case.last_seq}:{account.pk}",
            subject=subject,
            body=case.title,
            link=reverse("supervision:order", args=[case.public_id]),
            at=at,
        )


@transaction.atomic
def report_back(
    *, case: SupervisionOrder, report: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """The unit says what it did."""
    today = timezone.localdate(at)
    take_step(case, "report_back", actor=actor, at=at, seen_version=seen_version, report=report, today=today)
    said = f"{case.unit.short_name}已报告办理情况，待核实（{case.number}）"
    _tell_all(case, at, said, holders_anywhere(Role.SUPERVISOR, on=today))


@transaction.atomic
def close_order(
    *,
    case: SupervisionOrder,
    verdict: str,
    actor: Actor,
    at: datetime,
    accountability: str = "",
    seen_version: int | None = None,
) -> None:
    """The supervisor is content; whoever had to account for it is put on record."""
    refuse_own(actor, case.unit)
    take_step(
        case,
        "close_order",
        actor=lent(actor, case.unit_id),
        at=at,
        seen_version=seen_version,
        verdict=verdict,
        accountability=accountability,
    )
    _tell(case, at, f"{case.get_sort_display()}已办结（{case.number}）", (Role.CLERK, Role.APPROVER))


@transaction.atomic
def return_order(
    *, case: SupervisionOrder, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """The report does not do; a new clock."""
    refuse_own(actor, case.unit)
    take_step(
        case,
        "return_order",
        actor=lent(actor, case.unit_id),
        at=at,
        seen_version=seen_version,
        reason=reason,
        today=timezone.localdate(at),
        days=limit(f"supervision.{case.sort}", on=case.law_day).days,
    )
    _tell(case, at, f"{case.get_sort_display()}退回重办（{case.number}）", (Role.CLERK, Role.APPROVER))


@transaction.atomic
def recall_order(
    *, case: SupervisionOrder, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """It is no longer needed."""
    refuse_own(actor, case.unit)
    take_step(
        case,
        "recall_order",
        actor=lent(actor, case.unit_id),
        at=at,
        seen_version=seen_version,
        reason=reason,
        today=timezone.localdate(at),
    )
    _tell(case, at, f"{case.get_sort_display()}已撤回（{case.number}）", (Role.CLERK, Role.APPROVER))
