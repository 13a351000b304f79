"""The answer to a topic: drafted, cleared, signed; everybody who took part is told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultations.proposals.actions.topics import PURPOSE, closing_day, tell
from consultations.proposals.choices import State
from consultations.proposals.models import ProposalTopic, Suggestion, Support
from portal.cases.steps import clock_of, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput
from portal.jobs.outbox import enqueue
from portal.publishing import actions as desk
from portal.publishing.choices import ReviewStep
from portal.publishing.handing_on import tell_next
from portal.publishing.screening import screen
from portal.units.choices import Role


@transaction.atomic
def draft_answer(
    *, case: ProposalTopic, answer: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Write what becomes of the suggestions."""
    if not answer.strip():
        raise InvalidInput("请填写答复", "answer")
    if any(finding.blocks for finding in screen(answer, allowed=(case.unit.phone, case.unit.email))):
        raise InvalidInput("答复中有个人信息，请删除", "answer")
    digest = desk.digest_of(answer.strip())
    take_step(case, "draft_answer", actor=actor, at=at, seen_version=seen_version, content_sha256=digest)
    case.answer = answer.strip()
    case.save(update_fields=["answer"])


@transaction.atomic
def submit_answer(
    *, case: ProposalTopic, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send the answer to the leader."""
    desk.check_signers(case=case, purpose=PURPOSE, at=at, submitter=actor.account_id)
    digest = desk.digest_of(case.answer)
    take_step(
        case,
        "submit_answer",
        actor=actor,
        at=at,
        seen_version=seen_version,
        content_sha256=digest,
        today=closing_day(at),
    )
    desk.open_review(case=case, purpose=PURPOSE, content_sha256=digest, actor=actor, at=at)
    tell_next(case, Role.SECRECY_REVIEWER, "答复待保密审查", at)


@transaction.atomic
def clear_answer(
    *, case: ProposalTopic, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The secrecy review of the answer agrees."""
    review = desk.open_round(case, PURPOSE)
    digest = desk.digest_of(case.answer)
    desk.sign(
        case=case,
        review=review,
        verb="clear_answer",
        step=ReviewStep.SECRECY,
        digest=digest,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
    )
    tell_next(case, Role.APPROVER, "答复待签发", at)


@transaction.atomic
def publish_answer(
    *, case: ProposalTopic, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The leader signs: public; those who supported or suggested are told by a job."""
    review = desk.open_round(case, PURPOSE)
    digest = desk.digest_of(case.answer)
    desk.sign(
        case=case,
        review=review,
        verb="publish_answer",
        step=ReviewStep.APPROVE,
        digest=digest,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
        today=timezone.localdate(at),
        running=clock_of(case) is not None,
    )
    enqueue("proposals.index", key=f"topic:{case.pk}:answered:{case.last_seq}", proposal=case.pk)
    enqueue("proposals.tell", key=f"topic:{case.pk}:answered:tell:{case.last_seq}", proposal=case.pk)


@transaction.atomic
def return_answer(
    *, case: ProposalTopic, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send the answer back with a reason."""
    review = desk.open_round(case, PURPOSE)
    take_step(case, "return_answer", actor=actor, at=at, seen_version=seen_version, comment=comment)
    desk.close_review(review=review, at=at)
    tell_next(case, Role.CLERK, "答复被退回修改", at)


def tell_everybody(*, topic_id: int, at: datetime) -> None:
    """Tell who proposed, supported or suggested that it is answered, each once."""
    case: Any = ProposalTopic.objects.get(pk=topic_id)
    if case.state != State.ANSWERED:
        return
    told = set(Support.objects.filter(topic=case).values_list("account_id", flat=True))
    told |= set(Suggestion.objects.filter(topic=case).values_list("account_id", flat=True))
    if case.applicant_id is not None:
        told.add(case.applicant_id)
    for account_id in sorted(told):
        with transaction.atomic():
            tell(case, account_id, "answered", "议题已有答复", "您支持或者提过建议的议题已公布答复。", at)
