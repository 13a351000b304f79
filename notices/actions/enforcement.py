"""The written reason for a period without law-enforcement results."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from notices.models import EnforcementNote
from notices.queries.enforcement import enforcement_periods
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.units.choices import Role
from portal.units.models import Unit


@transaction.atomic
def explain_period(
    *, unit: Unit, begins_on: date, reason: str, actor: Actor, at: datetime
) -> EnforcementNote:
    """Say why a period has no results. Raises StepRefused for anybody but the unit's leader, InvalidInput for a period
    that has not begun, has results or has been explained."""
    if not actor.has_role(unit.pk, Role.APPROVER):
        raise StepRefused("须由本单位签发人作出书面说明。")
    states = {state.period.begins_on: state for state in enforcement_periods(unit, begins_on.year, at)}
    state = states.get(begins_on)
    if state is None or begins_on > timezone.localdate(at):
        raise InvalidInput("没有这个期间", "begins_on")
    if state.count:
        raise InvalidInput("这个期间已经发布执法结果，不需要说明", "begins_on")
    if state.reason:
        raise InvalidInput("这个期间已经说明", "begins_on")
    if not reason.strip():
        raise InvalidInput("请写明没有执法结果或者不能公开的原因", "reason")
    return EnforcementNote.objects.create(
        unit=unit, begins_on=begins_on, reason=reason.strip()[:500], by_id=actor.account_id or 0, at=at
    )
