"""A letter that went to the wrong unit or lies still there: called back, or put into other hands."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from mailbox.actions.extension import drop_pending
from mailbox.actions.lending import lent
from mailbox.actions.reply import PURPOSE
from mailbox.actions.units import end_part
from mailbox.actions.word import tell_unit
from mailbox.choices import CONTRIBUTING, AssignmentState
from mailbox.models import Assignment, Letter
from mailbox.queries import mailbox_office, may_recall, term
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.holidays.calendars import calendar
from portal.publishing import actions as desk
from portal.publishing.models import Review
from portal.units.choices import HANDLING_ROLES, Role
from portal.units.models import Account
from portal.units.queries import people_with


@transaction.atomic
def recall(
    *, case: Letter, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Take the letter back from its unit before the answer, with a reason; it waits to be given anew.

    The term for the answer runs on. Drafts, reviews, wishes for more time and contributions of the unit end. Raises
    StepRefused for anybody but the mailbox office's clerks and head, and supervisors.
    """
    if not may_recall(case, actor):
        raise StepRefused("须由信箱办公室或者监督员收回交办。")
    office, unit, today = mailbox_office(), case.unit, timezone.localdate(at)
    take_step(
        case,
        "recall",
        actor=lent(actor, case, Role.CLERK),
        at=at,
        seen_version=seen_version,
        comment=comment,
        office_id=office.pk,
        unit_name=unit.name,
        again_by=calendar().term(today, term("screening").days),
    )
    for review in Review.objects.filter(case=case, purpose=PURPOSE, closed_at__isnull=True):
        desk.close_review(review=review, at=at)
    drop_pending(case, at)
    _end_parts(case, comment.strip(), at)
    told = (
        f"信箱来信已收回（{case.number}）",
        f"信箱办公室收回本件，改由其他单位办理。理由：{comment.strip()}",
    )
    tell_unit(case, unit, (Role.CLERK,), "recalled", *told, at)
    subject = f"信箱来信收回，待重新交办（{case.number}）"
    tell_unit(case, office, (Role.CLERK,), "recalled_here", subject, f"自{unit.name}收回。", at)


def _end_parts(case: Letter, reason: str, at: datetime) -> None:
    for part in Assignment.objects.filter(letter=case, state__in=CONTRIBUTING):
        end_part(part, AssignmentState.CANCELLED, reason[:300], timezone.localdate(at))


@transaction.atomic
def change_officer(
    *, case: Letter, officer: Account, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Put a letter that has been signed for into the hands of another of the unit's people, who is told.

    Raises InvalidInput for somebody from elsewhere, and for whoever wrote the letter.
    """
    if not people_with(case.unit, *HANDLING_ROLES, on=timezone.localdate(at)).filter(pk=officer.pk).exists():
        raise InvalidInput("请选择本单位的经办人员", "officer")
    if officer.pk == case.applicant_id:
        raise InvalidInput("该人员是本件的来信人，应当回避", "officer")
    take_step(
        case,
        "change_officer",
        actor=actor,
        at=at,
        seen_version=seen_version,
        officer_id=officer.pk,
        officer_label=officer.get_full_name(),
    )
