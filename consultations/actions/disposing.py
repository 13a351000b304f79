"""What became of each comment, one by one or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from consultations import rules
from consultations.models import Clause, Comment, Disposition, PublicConsultation
from consultations.queries import alike_comments, comments_of, may_be_target
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.privacy.personal import naming_values
from portal.publishing.screening import refuse_personal

MOST_AT_ONCE = 500


@transaction.atomic
def dispose(
    *,
    case: PublicConsultation,
    comments: Sequence[Comment],
    outcome: str,
    reason: str,
    target: Clause | None,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> int:
    """Write what became of these comments of the case, or write it anew; gives how many.

    Raises InvalidInput for a refusal without a reason, or an adoption that points to no change.
    """
    field, sentence = rules.disposition_problem(outcome, reason, target is not None)
    if sentence:
        raise InvalidInput(sentence, field)
    if target is not None and not may_be_target(case, target):
        raise InvalidInput("请选择修改稿中的条款，或者修改稿删去的条款", "target")
    if actor.account_id is None:
        raise StepRefused("须由起草单位经办人登记。")
    wanted = [row.pk for row in comments]
    rows = list(comments_of(case).filter(pk__in=wanted).order_by("number")[: MOST_AT_ONCE + 1])
    if not rows:
        raise InvalidInput("请选择意见", "comments")
    if len(rows) > MOST_AT_ONCE:
        raise InvalidInput(f"一次最多登记{MOST_AT_ONCE}条", "comments")
    refuse_personal(
        {"reason": reason},
        own_values=[value for row in rows for value in naming_values(row)],
        allowed=(case.contact_phone, case.contact_email),
    )
    take_step(
        case,
        "dispose",
        actor=actor,
        at=at,
        seen_version=seen_version,
        numbers=[row.number for row in rows],
        outcome=outcome,
    )
    for row in rows:
        Disposition.objects.update_or_create(
            comment=row,
            defaults={
                "outcome": outcome,
                "reason": reason.strip(),
                "target": target,
                "decided_by_id": actor.account_id,
                "decided_at": at,
            },
        )
    return len(rows)


def dispose_alike(
    *,
    case: PublicConsultation,
    comment: Comment,
    outcome: str,
    reason: str,
    target: Clause | None,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> int:
    """The same for every comment of the same words as this one; gives how many."""
    alike = list(alike_comments(comment))
    return dispose(
        case=case,
        comments=alike,
        outcome=outcome,
        reason=reason,
        target=target,
        actor=actor,
        at=at,
        seen_version=seen_version,
    )
