"""The reply in review: agreed to by three other people, or sent back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.publishing import actions as desk
from portal.publishing.choices import ReviewStep
from portal.publishing.handing_on import tell_next
from portal.units.choices import Role
from requests_app import queries
from requests_app.actions.reply import PURPOSE, drafters, reply_of
from requests_app.actions.voiding import void_answer
from requests_app.models import DisclosureRequest

# Who has the reply after that signature, and what the message says.
NEXT = {
    "review_reply": (Role.SECRECY_REVIEWER, "答复待保密审查"),
    "clear_reply": (Role.APPROVER, "答复待签发"),
    "sign_reply": (Role.PUBLISHER, "答复待发出"),
}
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
    desk.sign(
        case=case,
        review=review,
        verb=verb,
        step=step,
        digest=reply.content_sha256,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
        barred=drafters(case),
        **facts,
    )
    role, said = NEXT[verb]
    tell_next(case, role, said, at)


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
    desk.send_back(
        case=case,
        review=review,
        verb="return_reply",
        step=step,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
    )
    tell_next(case, Role.CLERK, "答复被退回修改", at)


@transaction.atomic
def recall_reply(
    *, case: DisclosureRequest, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Call a signed reply back before it has gone out; a paper that was issued is void, and everything is reviewed anew."""
    reply = reply_of(case)
    take_step(case, "recall_reply", actor=actor, at=at, seen_version=seen_version, reason=reason)
    void_answer(reply, reason)
