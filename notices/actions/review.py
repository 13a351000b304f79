"""The review by route; what is signed is bound to the digest of what was submitted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from notices.actions.checking import blocking_sentence
from notices.actions.life import PURPOSE
from notices.actions.word import tell
from notices.choices import NEEDS_HIGHER, NEEDS_LEADER, Route, State
from notices.models import Article
from notices.queries import content_digest, higher_unit, live_versions
from portal.cases.steps import clock_of, take_step
from portal.core.actors import SYSTEM, Actor
from portal.core.errors import StepRefused
from portal.publishing import actions as desk
from portal.publishing.choices import ReviewStep
from portal.units.choices import Role


def signing_roles(case: Article) -> tuple[Role, ...]:
    """The roles of the making unit that sign an item of that route, after the drafter."""
    leader = (Role.APPROVER,) if Route(case.route) in NEEDS_LEADER else ()
    return (Role.REVIEWER, Role.SECRECY_REVIEWER, *leader)


@transaction.atomic
def submit_item(*, case: Article, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Send it to review. Raises StepRefused while the machine's checks block it."""
    needs = signing_roles(case)
    problem = blocking_sentence(case)
    if not problem:
        desk.check_signers(case=case, purpose=PURPOSE, at=at, submitter=actor.account_id, needs=needs)
    digest = content_digest(case)
    take_step(
        case,
        "submit_item",
        actor=actor,
        at=at,
        seen_version=seen_version,
        content_sha256=digest,
        problem=problem,
    )
    desk.open_review(case=case, purpose=PURPOSE, content_sha256=digest, actor=actor, at=at, needs=needs)
    tell(case, case.unit, Role.REVIEWER, "待审核", at)


def _sign(
    case: Article,
    verb: str,
    step: ReviewStep,
    actor: Actor,
    at: datetime,
    comment: str,
    seen_version: int | None,
    **facts: Any,
) -> None:
    review = desk.open_round(case, PURPOSE)
    digest = content_digest(case)
    desk.sign(
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
def review_item(
    *, case: Article, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """Another person of the making unit agrees."""
    _sign(case, "review_item", ReviewStep.REVIEW, actor, at, comment, seen_version)
    tell(case, case.unit, Role.SECRECY_REVIEWER, "待保密审查", at)


@transaction.atomic
def clear_item(
    *, case: Article, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The secrecy review agrees; where the rules ask for no leader it is approved."""
    _sign(case, "clear_item", ReviewStep.SECRECY, actor, at, comment, seen_version)
    if Route(case.route) in NEEDS_LEADER:
        tell(case, case.unit, Role.APPROVER, "待审定", at)
        return
    take_step(case, "skip_leader", actor=SYSTEM, at=at)
    _approved(case, at)


@transaction.atomic
def approve_item(
    *, case: Article, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The leader in charge agrees; great matters go on to the government office or the next higher department."""
    higher = Route(case.route) in NEEDS_HIGHER
    step = ReviewStep.LEADER if higher else ReviewStep.APPROVE
    _sign(case, "approve_item", step, actor, at, comment, seen_version)
    if higher:
        tell(case, higher_unit(case), Role.APPROVER, "待上级审核", at)
        return
    take_step(case, "skip_higher", actor=SYSTEM, at=at)
    _approved(case, at)


@transaction.atomic
def approve_higher(
    *, case: Article, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """A leader of the government office, or of the next higher department, agrees."""
    unit = higher_unit(case)
    if not actor.has_role(unit.pk, Role.APPROVER):
        raise StepRefused(f"须由{unit.name}的签发人审核。")
    lent = replace(actor, roles=actor.roles | {(case.unit_id, Role.APPROVER)})
    _sign(case, "approve_higher", ReviewStep.APPROVE, lent, at, comment, seen_version, unit=unit.name)
    _approved(case, at)


def _approved(case: Article, at: datetime) -> None:
    for review in case.reviews.filter(closed_at__isnull=True):
        desk.close_review(review=review, at=at)
    tell(case, case.unit, Role.PUBLISHER, "待发布", at)


@transaction.atomic
def return_item(
    *, case: Article, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send it back with a reason; the round of review ends."""
    review = desk.open_round(case, PURPOSE)
    steps = {State.REVIEWING: ReviewStep.REVIEW, State.CLEARING: ReviewStep.SECRECY}
    step = steps.get(State(case.state), ReviewStep.APPROVE)
    who = actor
    if case.state == State.HIGHER and actor.has_role(higher_unit(case).pk, Role.APPROVER):
        who = replace(actor, roles=actor.roles | {(case.unit_id, Role.APPROVER)})
    desk.send_back(
        case=case,
        review=review,
        verb="return_item",
        step=step,
        actor=who,
        at=at,
        comment=comment,
        seen_version=seen_version,
    )
    tell(case, case.unit, Role.CLERK, "被退回修改", at)


@transaction.atomic
def drop_item(
    *,
    case: Article,
    ground: str,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """The leader decides that it is not published."""
    clock = clock_of(case, as_of=timezone.localdate(at))
    take_step(
        case,
        "drop_item",
        actor=actor,
        at=at,
        seen_version=seen_version,
        ground=ground,
        reason=reason,
        running=clock is not None and clock.stopped_on is None,
        public=live_versions(case).exists(),
    )
    for review in case.reviews.filter(closed_at__isnull=True):
        desk.close_review(review=review, at=at)
