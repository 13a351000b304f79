"""A writer takes the letter back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from mailbox.actions.extension import drop_pending
from mailbox.actions.reply import PURPOSE
from mailbox.actions.units import end_part
from mailbox.actions.word import tell_unit, tell_writer
from mailbox.choices import CONTRIBUTING, AssignmentState, State
from mailbox.models import Assignment, Letter, Supplement
from portal.cases.steps import take_step
from portal.core.actors import SYSTEM, Actor
from portal.holidays.told import told_day
from portal.publishing import actions as desk
from portal.publishing.models import Review
from portal.units.choices import Role
from portal.units.models import Unit

REASON = "来信人已撤回"


@transaction.atomic
def withdraw(
    *, case: Letter, actor: Actor, at: datetime, reason: str = "", seen_version: int | None = None
) -> None:
    """Take the letter back before the answer: whatever waits for somebody ends, letters merged into it go on alone.

    Raises StepRefused once the letter is answered or closed, or for anybody but its writer.
    """
    take_step(case, "withdraw", actor=actor, at=at, seen_version=seen_version, reason=reason)
    for review in Review.objects.filter(case=case, purpose=PURPOSE, closed_at__isnull=True):
        desk.close_review(review=review, at=at)
    Supplement.objects.filter(letter=case, is_open=True).update(is_open=False)
    drop_pending(case, at)
    units = _end_parts(case, at)
    members: Iterable[Any] = case.members.filter(state=State.MERGED).order_by("id")
    for member in members:
        _go_on_alone(member, at)
    for unit in units:
        subject = f"信箱来信已由来信人撤回（{case.number}）"
        tell_unit(case, unit, (Role.CLERK,), "withdrawn", subject, "本件不再办理。", at)
    tell_writer(
        case, "withdrawn", f"您的来信已撤回（{case.number}）", "该来信不再办理。需要时可以重新写信。", at
    )


def _end_parts(case: Letter, at: datetime) -> list[Unit]:
    """Ends every part; gives the units to tell: who holds the letter and who had a part, each once."""
    units = {case.unit_id: case.unit}
    for part in Assignment.objects.filter(letter=case, state__in=CONTRIBUTING).select_related("unit"):
        end_part(part, AssignmentState.CANCELLED, REASON, timezone.localdate(at))
        units[part.unit_id] = part.unit
    return list(units.values())


def _go_on_alone(member: Letter, at: datetime) -> None:
    verb = "handle_alone" if member.merged_from == State.HANDLING else "unmerge"
    take_step(member, verb, actor=SYSTEM, at=at, comment=f"主件{REASON}")
    subject = f"主件已撤回，本件恢复单独办理（{member.number}）"
    tell_unit(
        member, member.unit, (Role.CLERK,), "alone", subject, f"答复期限至：{told_day(member.due_on)}。", at
    )
