"""The reply in review: agreed to by three other people, or sent back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.publishing import actions as desk
from portal.publishing.choices import ReviewStep, Verdict
from requests_app import queries
from requests_app.actions.reply import PURPOSE, drafters, reply_of
from requests_app.actions.voiding import void_answer
from requests_app.models import DisclosureRequest

STEP_OF_STATE = {
    "reviewing": ReviewStep.REVIEW,
    "clearing": ReviewStep.SECRECY,
    "signing": ReviewStep.APPROVE,
}


def _pass(
    verb: str,
    step: ReviewStep,
    *,
    case: DisclosureRequest,
    comment: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None,
    **facts: Any,
) -> None:
    reply = reply_of(case)
    review = desk.open_round(case, PURPOSE)
    take_step(
        case,
        verb,
        actor=actor,
        at=at,
        seen_version=seen_version,
        signers=desk.signers(review) | drafters(case),
        content_sha256=reply.content_sha256,
        **facts,
    )
    desk.sign_off(
        review=review,
        step=step,
        actor=actor,
        verdict=Verdict.PASS,
        comment=comment,
        content_sha256=reply.content_sha256,
        at=at,
    )


@transaction.atomic
def review_reply(
    *, case: DisclosureRequest, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The legal review agrees."""
    _pass(
        "review_reply",
        ReviewStep.REVIEW,
        case=case,
        comment=comment,
        actor=actor,
        at=at,
        seen_version=seen_version,
    )


@transaction.atomic
def clear_reply(
    *, case: DisclosureRequest, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The secrecy review agrees."""
    _pass(
        "clear_reply",
        ReviewStep.SECRECY,
        case=case,
        comment=comment,
        actor=actor,
        at=at,
        seen_version=seen_version,
    )


@transaction.atomic
def sign_reply(
    *, case: DisclosureRequest, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The leader in charge signs."""
    _pass(
        "sign_reply",
        ReviewStep.APPROVE,
        case=case,
        comment=comment,
        actor=actor,
        at=at,
        seen_version=seen_version,
        lacking=queries.lacking_sentence(case.unit),
    )


@transaction.atomic
def return_reply(
    *, case: DisclosureRequest, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send the draft back with a reason; the round ends."""
    review = desk.open_round(case, PURPOSE)
    step = STEP_OF_STATE.get(case.state, ReviewStep.REVIEW)
    take_step(
        case,
        "return_reply",
        actor=actor,
        at=at,
        seen_version=seen_version,
        signers=desk.signers(review),
        comment=comment,
    )
    desk.sign_off(
        review=review,
        step=step,
        actor=actor,
        verdict=Verdict.RETURN,
        comment=comment[:300],
        content_sha256=review.content_sha256,
        at=at,
    )


@transaction.atomic
def recall_reply(
    *, case: DisclosureRequest, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Call a signed reply back before it has gone out; a paper that was issued is void, and everything is reviewed anew."""
    reply = reply_of(case)
    take_step(case, "recall_reply", actor=actor, at=at, seen_version=seen_version, reason=reason)
    void_answer(reply, reason)
