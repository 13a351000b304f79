"""Writers of assessments: computed and frozen, disputed, decided, published."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.cases.numbers import take_case_number
from portal.cases.steps import open_case, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import limit
from portal.holidays.calendars import calendar
from portal.holidays.told import told_day
from portal.messaging.actions import Recipient, notify
from portal.publishing.actions import digest_of
from portal.supervision.actions.lending import OFFICE, lent, refuse_own
from portal.supervision.choices import ASSESSMENT, AssessmentState
from portal.supervision.figures import month_after, scores_of
from portal.supervision.models import Assessment, Indicator, Objection
from portal.units.access import is_supervisor
from portal.units.choices import Role
from portal.units.models import Unit
from portal.units.queries import people_with


def span_name(first: date, last: date) -> str:
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
        title=f"{span_name(first, last)}考核",
        first_month=first,
        last_month=last,
        weights=weights,
        lines=lines,
        objections_until=calendar().add(today, limit("supervision.objection", on=today).days),
        number=take_case_number("K", ASSESSMENT, today.year),
    )
    digest = digest_of(json.dumps({"weights": weights, "lines": lines}, ensure_ascii=False, sort_keys=True))
    open_case(case, "open_assessment", actor=lent(actor, office.pk), at=at, sha256=digest, units=len(lines))
    said = f"考核得分已计算，异议于{told_day(case.objections_until)}前提出（{case.number}）"
    for unit in Unit.objects.filter(pk__in=[int(key) for key in lines]).order_by("sort", "id"):
        _tell(case, unit, "opened", said, at)
    return case


def _tell(case: Assessment, unit: Unit, what: str, subject: str, at: datetime) -> None:
    """Tell a unit's leaders and clerks, each once."""
    for account in people_with(unit, Role.APPROVER, Role.CLERK, on=timezone.localdate(at)):
        notify(
            recipient=Recipient(account_id=account.pk),
            key=f"{case.public_id}:{what}:{unit.pk}:{account.pk}",
            subject=subject,
            body=case.title,
            link=reverse("supervision:assessment_unit", args=[case.public_id, unit.code]),
            at=at,
        )


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
    refuse_own(actor, objection.unit)
    if objection.by_id == actor.account_id:
        raise StepRefused("您提出的异议，请由其他监督员决定。")
    if not decision.strip():
        raise InvalidInput("请写明决定的理由", "decision")
    if upheld and (score is None or not 0 <= score <= 100):
        raise InvalidInput("请填写更正后的得分（0至100）", "score")
    take_step(
        case,
        "decide_objection",
        actor=lent(actor, case.unit_id),
        at=at,
        objection=objection.pk,
        upheld=upheld,
        unit=objection.unit.code,
        score=str(score) if upheld else "",
    )
    objection.upheld, objection.decision, objection.decided_at = upheld, decision.strip()[:500], at
    objection.score = score if upheld else None
    objection.save(update_fields=["upheld", "decision", "decided_at", "score"])
    said = f"成立，得分更正为{score}" if upheld else "不成立"
    _tell(case, objection.unit, f"objection-{objection.pk}", f"考核异议{said}（{case.number}）", at)


@transaction.atomic
def publish_assessment(*, case: Assessment, actor: Actor, at: datetime) -> None:
    """Everyone at work may see it."""
    take_step(
        case,
        "publish_assessment",
        actor=lent(actor, case.unit_id),
        at=at,
        today=timezone.localdate(at),
        objections_until=case.objections_until,
        undecided=case.objections.filter(decided_at__isnull=True).count(),
    )
