"""The writers of supervision: a function for each verb."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.cases.models import Case
from portal.cases.numbers import take_number
from portal.cases.registry import kind_of
from portal.cases.steps import note, open_case, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import limit
from portal.core.numbering import case_number
from portal.core.wording import cn_date
from portal.documents.actions import issue
from portal.holidays.calendars import calendar
from portal.messaging.actions import Recipient, notify
from portal.publishing.actions import digest_of
from portal.supervision.choices import ASSESSMENT, EVENTS, KIND, PAPERS, AssessmentState, Sort
from portal.supervision.figures import month_after, scores_of
from portal.supervision.models import Assessment, Indicator, Objection, SupervisionOrder
from portal.units.access import is_supervisor
from portal.units.choices import Role
from portal.units.models import Unit
from portal.units.queries import people_with

PREFIX = "D"
OFFICE = "city-office"


def _lent(actor: Actor, unit_id: int) -> Actor:
    """A supervisor's role holds in every unit."""
    if not is_supervisor(actor):
        return actor
    return replace(actor, roles=actor.roles | {(unit_id, Role.SUPERVISOR)})


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
    title = f"{Sort(sort).label}：{target.title if target is not None else who.name}"[:160]
    case = SupervisionOrder(
        unit=who, title=title, sort=sort, target=target, demand=demand.strip(), officer_id=None
    )
    case.number = case_number(PREFIX, today.year, take_number(office, KIND, today.year))
    open_case(
        case,
        "issue_order",
        actor=_lent(actor, who.pk),
        at=at,
        today=today,
        days=limit(f"supervision.{sort}").days,
        unit_id=who.pk,
        about=about,
    )
    if target is not None:
        concrete: Any = kind_of(target).model._base_manager.get(pk=target.pk)
        note(concrete, EVENTS[Sort(sort)], actor=actor, at=at, order=case.number)
    if Sort(sort) in PAPERS:
        due_on = calendar().add(today, limit(f"supervision.{sort}").days)
        facts = {
            "about": f"{target.title}（{about}）" if target is not None else "",
            "demand": case.demand,
            "due_on": cn_date(due_on),
            "supervised": who.name,
        }
        issue(case, PAPERS[Sort(sort)], unit=office, actor=actor, at=at, facts=facts, addressee=who.name)
    _tell(case, at, f"{case.get_sort_display()}（{case.number}）", (Role.CLERK, Role.APPROVER))
    return case


def _tell(case: SupervisionOrder, at: datetime, subject: str, roles: tuple[str, ...]) -> None:
    for account in people_with(case.unit, *roles):
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
    take_step(
        case,
        "close_order",
        actor=_lent(actor, case.unit_id),
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
    take_step(
        case,
        "return_order",
        actor=_lent(actor, case.unit_id),
        at=at,
        seen_version=seen_version,
        reason=reason,
        today=timezone.localdate(at),
        days=limit(f"supervision.{case.sort}").days,
    )
    _tell(case, at, f"{case.get_sort_display()}退回重办（{case.number}）", (Role.CLERK, Role.APPROVER))


@transaction.atomic
def recall_order(
    *, case: SupervisionOrder, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """It is no longer needed."""
    take_step(
        case,
        "recall_order",
        actor=_lent(actor, case.unit_id),
        at=at,
        seen_version=seen_version,
        reason=reason,
        today=timezone.localdate(at),
    )


def _span(first: date, last: date) -> str:
    """2026年3月, or 2026年1月至2026年3月."""
    names = [f"{month.year}年{month.month}月" for month in (first, last)]
    return names[0] if first == last else "至".join(names)


@transaction.atomic
def open_assessment(*, first: date, last: date, actor: Actor, at: datetime) -> Assessment:
    """Compute and freeze the assessment of a stretch of months that is over; units may object for some days.

    Raises StepRefused for anybody but a supervisor, InvalidInput for months that are not over or assessed already.
    """
    if not is_supervisor(actor):
        raise StepRefused("须由监督员办理。")
    today = timezone.localdate(at)
    if first > last or first.day != 1 or last.day != 1:
        raise InvalidInput("请选择首月和末月", "last")
    if month_after(last) > today:
        raise InvalidInput("所选期间尚未结束", "last")
    if Assessment.objects.filter(first_month=first, last_month=last).exists():
        raise InvalidInput("该期间已经考核", "last")
    weights = dict(Indicator.objects.values_list("code", "weight"))
    lines = scores_of(first, last, at)
    office = Unit.objects.get(code=OFFICE)
    case = Assessment(
        unit=office,
        title=f"{_span(first, last)}考核",
        first_month=first,
        last_month=last,
        weights=weights,
        lines=lines,
        objections_until=calendar().add(today, limit("supervision.objection").days),
        number=case_number("K", today.year, take_number(office, ASSESSMENT, today.year)),
    )
    digest = digest_of(json.dumps({"weights": weights, "lines": lines}, ensure_ascii=False, sort_keys=True))
    open_case(case, "open_assessment", actor=_lent(actor, office.pk), at=at, sha256=digest, units=len(lines))
    return case


@transaction.atomic
def object_to(
    *, case: Assessment, unit: Unit, indicator: str, reason: str, actor: Actor, at: datetime
) -> Objection:
    """A unit's leader disputes one of its scores, once for each, until the last day."""
    if not actor.has_role(unit.pk, Role.APPROVER):
        raise StepRefused("须由本单位签发人提出异议。")
    if case.state != AssessmentState.OPEN or timezone.localdate(at) > case.objections_until:
        raise StepRefused("不在异议期内。")
    if indicator not in case.lines.get(str(unit.pk), {}):
        raise InvalidInput("没有这项指标", "indicator")
    if not reason.strip():
        raise InvalidInput("请写明理由", "reason")
    if case.objections.filter(unit=unit, indicator=indicator).exists():
        raise InvalidInput("这项指标已经提出异议", "indicator")
    return Objection.objects.create(
        assessment=case,
        unit=unit,
        indicator=indicator,
        reason=reason.strip()[:500],
        by_id=actor.account_id or 0,
        at=at,
    )


@transaction.atomic
def decide_objection(
    *, objection: Objection, upheld: bool, score: Decimal | None, decision: str, actor: Actor, at: datetime
) -> None:
    """Uphold an objection with another score, or not, saying why; once."""
    case = objection.assessment
    if objection.decided_at is not None:
        raise StepRefused("这件异议已经决定。")
    if not decision.strip():
        raise InvalidInput("请写明决定的理由", "decision")
    if upheld and (score is None or not 0 <= score <= 100):
        raise InvalidInput("请填写更正后的得分（0至100）", "score")
    take_step(
        case,
        "decide_objection",
        actor=_lent(actor, case.unit_id),
        at=at,
        objection=objection.pk,
        upheld=upheld,
        unit=objection.unit.code,
        score=str(score) if upheld else "",
    )
    objection.upheld, objection.decision, objection.decided_at = upheld, decision.strip()[:500], at
    objection.score = score if upheld else None
    objection.save(update_fields=["upheld", "decision", "decided_at", "score"])


@transaction.atomic
def publish_assessment(*, case: Assessment, actor: Actor, at: datetime) -> None:
    """Everyone at work may see it."""
    take_step(
        case,
        "publish_assessment",
        actor=_lent(actor, case.unit_id),
        at=at,
        today=timezone.localdate(at),
        objections_until=case.objections_until,
        undecided=case.objections.filter(decided_at__isnull=True).count(),
    )
