"""The writers of public responses: a function for each verb."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mailbox.actions.word import recipient_of
from mailbox.models import Letter
from mailbox.queries import mailbox_office, term
from mailbox.responses.choices import KIND, State
from mailbox.responses.models import ResponseTask
from portal.cases.numbers import take_case_number
from portal.cases.steps import open_case, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput
from portal.jobs.outbox import enqueue
from portal.messaging.actions import Recipient, notify
from portal.publishing import actions as desk
from portal.publishing.choices import ReviewStep
from portal.publishing.screening import screen
from portal.search import actions as finder
from portal.units.choices import Role
from portal.units.models import Unit
from portal.units.queries import people_with

PREFIX = "R"
PURPOSE = "response"


@transaction.atomic
def order_response(
    *, topic: str, brief: str, letters: Sequence[Letter], unit: Unit, actor: Actor, at: datetime
) -> ResponseTask:
    """Ask a unit to answer everyone about a matter that these letters are about.

    Raises StepRefused for anybody but the mailbox office, InvalidInput without letters or words.
    """
    office = mailbox_office()
    if not letters:
        raise InvalidInput("请选择所涉来信，或者填写来信编号", "numbers")
    for field, words in (("topic", topic), ("brief", brief)):
        if not words.strip():
            raise InvalidInput("请填写此项", field)
    case = ResponseTask(unit=office, title=topic.strip()[:160], brief=brief.strip())
    today = timezone.localdate(at)
    case.number = take_case_number(PREFIX, KIND, today.year)
    open_case(
        case,
        "order_response",
        actor=actor,
        at=at,
        unit_id=unit.pk,
        today=today,
        days=term("response").days,
        letters=sorted(str(letter.number) for letter in letters),
    )
    case.unit = unit
    case.letters.set([letter.pk for letter in letters])
    _tell_unit(case, Role.CLERK, "待起草", at)
    return case


def _tell_unit(case: ResponseTask, role: str, said: str, at: datetime) -> None:
    for account in people_with(case.unit, role, on=timezone.localdate(at)):
        notify(
            recipient=Recipient(account_id=account.pk),
            key=f"{case.public_id}:{role}:{case.last_seq}:{account.pk}",
            subject=f"公开回应{said}（{case.number}）",
            body=case.title,
            link=reverse("workbench_responses:detail", args=[case.public_id]),
            at=at,
        )


def _check(case: ResponseTask, heading: str, body: str) -> None:
    if not heading.strip():
        raise InvalidInput("请填写回应标题", "heading")
    if not body.strip():
        raise InvalidInput("请填写回应内容", "body")
    letters: Any = case.letters.all()
    own = [value for letter in letters for value in letter.personal_values()]
    allowed = (case.unit.phone, case.unit.email)
    found = [entry for entry in screen(f"{heading}\n{body}", own_values=own, allowed=allowed) if entry.blocks]
    if found:
        shown = "、".join(f"{entry.kind}（{entry.shown}）" for entry in found)
        raise InvalidInput(f"回应中有个人信息：{shown}，请删除", "body")


@transaction.atomic
def draft_response(
    *,
    case: ResponseTask,
    heading: str,
    body: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Write the response. Raises InvalidInput while it holds anything personal of a writer."""
    _check(case, heading, body)
    heading, body = heading.strip(), body.strip()
    take_step(
        case,
        "draft_response",
        actor=actor,
        at=at,
        seen_version=seen_version,
        content_sha256=desk.digest_of(heading, body),
    )
    case.heading, case.body = heading, body
    case.save(update_fields=["heading", "body"])


@transaction.atomic
def submit_response(
    *, case: ResponseTask, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send it to review."""
    _check(case, case.heading, case.body)
    desk.check_signers(case=case, purpose=PURPOSE, at=at, submitter=actor.account_id)
    digest = case.content_sha256
    take_step(case, "submit_response", actor=actor, at=at, seen_version=seen_version, content_sha256=digest)
    desk.open_review(case=case, purpose=PURPOSE, content_sha256=digest, actor=actor, at=at)
    _tell_unit(case, Role.REVIEWER, "待审核", at)


def _sign(
    case: ResponseTask,
    verb: str,
    step: ReviewStep,
    actor: Actor,
    at: datetime,
    comment: str,
    seen_version: int | None,
    **facts: Any,
) -> None:
    review = desk.open_round(case, PURPOSE)
    digest = case.content_sha256
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
def review_response(
    *, case: ResponseTask, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """Another person of the unit agrees."""
    _sign(case, "review_response", ReviewStep.REVIEW, actor, at, comment, seen_version)
    _tell_unit(case, Role.SECRECY_REVIEWER, "待保密审查", at)


@transaction.atomic
def clear_response(
    *, case: ResponseTask, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The secrecy review agrees."""
    _sign(case, "clear_response", ReviewStep.SECRECY, actor, at, comment, seen_version)
    _tell_unit(case, Role.APPROVER, "待签发", at)


@transaction.atomic
def publish_response(
    *, case: ResponseTask, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The leader signs: everyone may read it; the writers of the letters are told by a job."""
    today = timezone.localdate(at)
    _sign(case, "publish_response", ReviewStep.APPROVE, actor, at, comment, seen_version, today=today)
    reindex(case, at)
    enqueue("responses.tell", key=f"response:{case.pk}:tell:{case.last_seq}", response=case.pk)


def is_public(case: ResponseTask, at: datetime) -> bool:
    """True if everyone may read it at that moment, were it not taken down."""
    return bool(case.state == State.PUBLISHED)


def search_key(case: ResponseTask) -> str:
    """The key of its entry in the index."""
    return f"response:{case.public_id}"


def shown_digest(case: ResponseTask) -> str:
    """All that everyone is shown."""
    return case.content_sha256


def reindex(case: ResponseTask, at: datetime) -> None:
    """Put it into the index as it is."""
    finder.index(
        kind="response",
        key=search_key(case),
        title=f"回应关切：{case.heading}"[:200],
        body=case.body,
        unit=case.unit,
        published_on=timezone.localdate(case.published_at or at),
        url=reverse("responses:detail", args=[case.public_id]),
    )


@transaction.atomic
def return_response(
    *, case: ResponseTask, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send it back with a reason."""
    review = desk.open_round(case, PURPOSE)
    steps = {State.REVIEWING: ReviewStep.REVIEW, State.CLEARING: ReviewStep.SECRECY}
    step = steps.get(State(case.state), ReviewStep.APPROVE)
    desk.send_back(
        case=case,
        review=review,
        verb="return_response",
        step=step,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
    )
    _tell_unit(case, Role.CLERK, "被退回修改", at)


@transaction.atomic
def cancel_response(
    *, case: ResponseTask, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """The unit's leader says why no public response is needed."""
    take_step(
        case,
        "cancel_response",
        actor=actor,
        at=at,
        seen_version=seen_version,
        reason=reason,
        today=timezone.localdate(at),
    )
    for review in case.reviews.filter(closed_at__isnull=True):
        desk.close_review(review=review, at=at)


def tell_writers(*, response_id: int, at: datetime) -> None:
    """Tell the writers of the letters that there is a public response, each once."""
    case: Any = ResponseTask.objects.select_related("unit").get(pk=response_id)
    if case.state != State.PUBLISHED:
        return
    for letter in case.letters.all():
        with transaction.atomic():
            notify(
                recipient=recipient_of(letter),
                key=f"{letter.public_id}:response:{case.public_id}",
                subject=f"您反映的事项已有公开回应（{letter.number}）",
                body=f"{case.unit.name}：{case.heading}。您的来信仍按期限单独答复。",
                link=reverse("responses:detail", args=[case.public_id]),
                at=at,
            )
