"""Leaving out ballots that look like fraud: conditions, a preview, a second person, a published reason; reversible."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultations.polls.actions.counting import recount
from consultations.polls.choices import Secrecy, State
from consultations.polls.models import Ballot, InvalidationJob, Poll
from consultations.polls.queries import suspects
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.publishing.screening import refuse_personal


@transaction.atomic
def propose_invalidation(
    *,
    case: Poll,
    conditions: dict[str, Any],
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> InvalidationJob:
    """Propose to leave out the ballots that fit the conditions. Raises InvalidInput if none does."""
    if case.secrecy == Secrecy.ANONYMOUS:
        raise StepRefused("完全匿名的选票没有来源和时间，不能剔除。")
    if case.takes_votes(timezone.localdate(at)) and not case.shows_running:
        raise StepRefused("截止前不显示结果的，截止后再查：符合条件的数量会透露目前的票数。")
    if not reason.strip():
        raise InvalidInput("请写明理由，理由随结果公布", "reason")
    refuse_personal({"reason": reason})
    chosen = [str(pk) for pk in suspects(case, conditions).values_list("pk", flat=True)]
    found = len(chosen)
    if not found:
        raise InvalidInput("没有符合条件的选票", "origin")
    if actor.account_id is None:
        raise StepRefused("须由本单位经办人提出。")
    take_step(
        case,
        "propose_invalidation",
        actor=actor,
        at=at,
        seen_version=seen_version,
        found=found,
        reason=reason.strip(),
    )
    return InvalidationJob.objects.create(
        poll=case,
        conditions=conditions,
        chosen=chosen,
        reason=reason.strip(),
        found=found,
        proposed_by_id=actor.account_id,
        proposed_at=at,
    )


@transaction.atomic
def confirm_invalidation(*, job: InvalidationJob, actor: Actor, at: datetime) -> int:
    """A second person agrees: the ballots that were proposed are left out, no others; gives how many."""
    case: Any = Poll.objects.select_for_update().get(pk=job.poll_id)
    if job.confirmed_at is not None or job.revoked_at is not None:
        raise StepRefused("这项剔除已经决定。")
    rows = Ballot.objects.filter(poll=case, pk__in=job.chosen, invalidated_by__isnull=True)
    keys = list(rows.values_list("pk", flat=True))
    take_step(
        case,
        "confirm_invalidation",
        actor=actor,
        at=at,
        proposed_by=job.proposed_by_id,
        excluded=len(keys),
        reason=job.reason,
    )
    job.confirmed_by_id, job.confirmed_at = actor.account_id, at
    job.save(update_fields=["confirmed_by", "confirmed_at"])
    Ballot.objects.filter(pk__in=keys).update(invalidated_by=job)
    if case.state == State.COUNTED:
        recount(case=case, at=at)
    return len(keys)


@transaction.atomic
def revoke_invalidation(*, job: InvalidationJob, actor: Actor, at: datetime) -> int:
    """The ballots count again, but for those that another exclusion, still standing, leaves out; gives how many."""
    case: Any = Poll.objects.select_for_update().get(pk=job.poll_id)
    if job.confirmed_at is None or job.revoked_at is not None:
        raise StepRefused("没有可以撤销的剔除。")
    others = InvalidationJob.objects.filter(
        poll=case, confirmed_at__isnull=False, revoked_at__isnull=True
    ).exclude(pk=job.pk)
    for other in others.order_by("id"):
        Ballot.objects.filter(invalidated_by=job, pk__in=other.chosen).update(invalidated_by=other)
    restored = Ballot.objects.filter(invalidated_by=job).update(invalidated_by=None)
    take_step(
        case,
        "revoke_invalidation",
        actor=actor,
        at=at,
        proposed_by=job.proposed_by_id,
        restored=restored,
    )
    job.revoked_at = at
    job.save(update_fields=["revoked_at"])
    if case.state == State.COUNTED:
        recount(case=case, at=at)
    return restored
