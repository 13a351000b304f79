"""While comments are taken: a later last day, an end without a result."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from consultations import rules
from consultations.models import PublicConsultation
from portal.cases.steps import clock_of, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput
from portal.jobs.outbox import enqueue
from portal.publishing.screening import refuse_personal


@transaction.atomic
def prolong(
    *,
    case: PublicConsultation,
    closes_on: date,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Give the public more time, with a reason that is shown."""
    problem = rules.longest_problem(case.opens_on, closes_on)
    if problem:
        raise InvalidInput(problem, "closes_on")
    refuse_personal({"reason": reason}, allowed=(case.contact_phone, case.contact_email))
    take_step(
        case,
        "prolong",
        actor=actor,
        at=at,
        seen_version=seen_version,
        closes_on=closes_on,
        reason=reason,
        today=timezone.localdate(at),
    )


@transaction.atomic
def cancel(
    *,
    case: PublicConsultation,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """End it without a result; the page stays, with the reason. Everybody who commented is told."""
    refuse_personal({"reason": reason}, allowed=(case.contact_phone, case.contact_email))
    take_step(
        case,
        "cancel",
        actor=actor,
        at=at,
        seen_version=seen_version,
        reason=reason,
        started=clock_of(case) is not None,
        today=timezone.localdate(at),
    )
    for review in case.reviews.filter(closed_at__isnull=True):
        review.closed_at = at
        review.save(update_fields=["closed_at"])
    enqueue("consultations.tell", key=f"consultation:{case.pk}:cancelled:tell:{case.last_seq}", case=case.pk)
    enqueue("consultations.index", key=f"consultation:{case.pk}:cancelled:{case.last_seq}", case=case.pk)
