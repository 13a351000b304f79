"""The review of a poll: four people, one digest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultations.polls import questionnaire as q
from consultations.polls.actions.counting import shuffle
from consultations.polls.actions.word import tell_unit
from consultations.polls.choices import PollKind, Secrecy, Who
from consultations.polls.models import Poll
from consultations.polls.queries import content_digest
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.moments import begin_of
from portal.jobs.outbox import enqueue
from portal.publishing import actions as review_desk
from portal.publishing.choices import ReviewStep
from portal.publishing.screening import refuse_personal
from portal.units.choices import Role

PURPOSE = "poll"


@transaction.atomic
def submit_poll(*, case: Poll, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Send it to review. Raises StepRefused while it cannot be put to people."""
    contest = case.poll_kind == PollKind.CONTEST
    problem = "" if contest else q.definition_problem(case.definition)
    if not problem and case.who == Who.TOKEN and not case.tokens.exists():
        problem = "还没有生成参与码"
    if not problem:
        review_desk.check_signers(case=case, purpose=PURPOSE, at=at, submitter=actor.account_id)
    digest = content_digest(case)
    take_step(
        case,
        "submit_poll",
        actor=actor,
        at=at,
        seen_version=seen_version,
        content_sha256=digest,
        problem=problem,
    )
    review_desk.open_review(case=case, purpose=PURPOSE, content_sha256=digest, actor=actor, at=at)
    tell_unit(case, Role.REVIEWER, "待审核", at)


@transaction.atomic
def recall_poll(*, case: Poll, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Call the submission back; what was signed so far counts no more."""
    review = review_desk.open_round(case, PURPOSE)
    take_step(case, "recall_poll", actor=actor, at=at, seen_version=seen_version)
    review_desk.close_review(review=review, at=at)


def _sign(
    case: Poll,
    verb: str,
    step: ReviewStep,
    actor: Actor,
    at: datetime,
    comment: str,
    seen_version: int | None,
    **facts: Any,
) -> None:
    review = review_desk.open_round(case, PURPOSE)
    digest = content_digest(case)
    review_desk.sign(
        case=case,
        review=review,
        verb=verb,
        step=step,
        digest=digest,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
        **facts,
    )


@transaction.atomic
def review_poll(
    *, case: Poll, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """Another person of the unit agrees."""
    _sign(case, "review_poll", ReviewStep.REVIEW, actor, at, comment, seen_version)
    tell_unit(case, Role.SECRECY_REVIEWER, "待保密审查", at)


@transaction.atomic
def clear_poll(
    *, case: Poll, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The secrecy review agrees."""
    _sign(case, "clear_poll", ReviewStep.SECRECY, actor, at, comment, seen_version)
    tell_unit(case, Role.APPROVER, "待签发", at)


@transaction.atomic
def approve_poll(
    *, case: Poll, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The leader signs; from now on neither questions nor rules change."""
    _sign(
        case,
        "approve_poll",
        ReviewStep.APPROVE,
        actor,
        at,
        comment,
        seen_version,
        definition_sha256="" if case.poll_kind == PollKind.CONTEST else q.digest(case.definition),
        begins_on=case.begins_on,
        today=timezone.localdate(at),
    )
    enqueue(
        "polls.index",
        key=f"poll:{case.pk}:open:{case.last_seq}",
        not_before=max(at, begin_of(case.begins_on)),
        poll=case.pk,
    )


@transaction.atomic
def return_poll(
    *, case: Poll, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send it back with a reason."""
    review = review_desk.open_round(case, PURPOSE)
    steps = {"reviewing": ReviewStep.REVIEW, "clearing": ReviewStep.SECRECY}
    step = steps.get(str(case.state), ReviewStep.APPROVE)
    review_desk.send_back(
        case=case,
        review=review,
        verb="return_poll",
        step=step,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
    )
    tell_unit(case, Role.CLERK, "被退回修改", at)


@transaction.atomic
def cancel_poll(
    *, case: Poll, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Call it off; the page stays, with the reason."""
    refuse_personal({"reason": reason})
    take_step(case, "cancel_poll", actor=actor, at=at, seen_version=seen_version, reason=reason)
    if case.secrecy == Secrecy.ANONYMOUS:
        shuffle(case)
    for review in case.reviews.filter(closed_at__isnull=True):
        review_desk.close_review(review=review, at=at)
    enqueue("polls.index", key=f"poll:{case.pk}:cancelled:{case.last_seq}", poll=case.pk)
