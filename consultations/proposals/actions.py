"""The writers of topics and suggestions: a function for each verb."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consultations import rules
from consultations.proposals.choices import KIND, PUBLIC_STATES, State
from consultations.proposals.models import ProposalTopic, Suggestion, Support
from consultations.proposals.queries import support_count, term_days
from portal.cases.numbers import take_case_number, take_number
from portal.cases.steps import clock_of, open_case, take_step
from portal.core.actors import SYSTEM, Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.holidays.calendars import calendar
from portal.jobs.outbox import enqueue
from portal.messaging.actions import Recipient, notify
from portal.publishing import actions as desk
from portal.publishing.choices import ReviewStep, Verdict
from portal.publishing.screening import screen
from portal.search import actions as finder
from portal.units.models import Unit

PREFIX = "J"
PURPOSE = "topic"


def _begin(unit: Unit, title: str, background: str, at: datetime) -> ProposalTopic:
    for field, words in (("title", title), ("background", background)):
        if not words.strip():
            raise InvalidInput("请填写此项", field)
        if any(finding.blocks for finding in screen(words)):
            raise InvalidInput("议题会公开，请不要写证件号码、手机号码", field)
    case = ProposalTopic(unit=unit, title=title.strip()[:160], background=background.strip())
    year = timezone.localdate(at).year
    case.number = take_case_number(PREFIX, KIND, year)
    return case


@transaction.atomic
def name_topic(
    *, title: str, background: str, closes_on: date, unit: Unit, actor: Actor, at: datetime
) -> ProposalTopic:
    """The unit names a topic with a last day for suggestions."""
    if closes_on <= timezone.localdate(at):
        raise InvalidInput("截止日须晚于今天", "closes_on")
    case = _begin(unit, title, background, at)
    case.closes_on, case.named_by_id = closes_on, actor.account_id
    open_case(case, "name_topic", actor=actor, at=at)
    return case


@transaction.atomic
def approve_topic(
    *, case: ProposalTopic, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """The leader opens it to everyone."""
    take_step(case, "approve_topic", actor=actor, at=at, seen_version=seen_version, named_by=case.named_by_id)
    enqueue("proposals.index", key=f"topic:{case.pk}:open", proposal=case.pk)


@transaction.atomic
def propose_topic(*, title: str, background: str, unit: Unit, actor: Actor, at: datetime) -> ProposalTopic:
    """A citizen with an account proposes a topic to a unit. Raises StepRefused for a guest."""
    if actor.account_id is None:
        raise StepRefused("请先登录再提议。")
    case = _begin(unit, title, background, at)
    case.applicant_id = actor.account_id
    screen_by = calendar().term(timezone.localdate(at), term_days("proposal_screening"))
    open_case(case, "propose_topic", actor=actor, at=at, screen_by=screen_by)
    return case


@transaction.atomic
def accept_topic(*, case: ProposalTopic, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Open a citizen's topic."""
    take_step(case, "accept_topic", actor=actor, at=at, seen_version=seen_version)
    _tell(case, case.applicant_id, "accepted", "您提议的议题已开放", "所有人可以支持、提建议。", at)
    enqueue("proposals.index", key=f"topic:{case.pk}:open", proposal=case.pk)


@transaction.atomic
def decline_topic(
    *, case: ProposalTopic, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Do not open it, and say why."""
    take_step(case, "decline_topic", actor=actor, at=at, seen_version=seen_version, reason=reason)
    said = case.get_decline_reason_display()
    _tell(case, case.applicant_id, "declined", "您提议的议题未采用", f"理由：{said}", at)


def _tell(
    case: ProposalTopic, account_id: int | None, what: str, subject: str, body: str, at: datetime
) -> None:
    if account_id is None:
        return
    notify(
        recipient=Recipient(account_id=account_id),
        key=f"{case.public_id}:{what}:{account_id}",
        subject=f"{subject}（{case.title[:40]}）",
        body=body,
        link=reverse("proposals:detail", args=[case.public_id]),
        at=at,
    )


def _check_open(case: ProposalTopic, actor: Actor, at: datetime) -> int:
    if actor.account_id is None:
        raise StepRefused("请先登录。")
    if not case.takes_suggestions(timezone.localdate(at)):
        raise StepRefused("这个议题现在不征集建议：尚未开放、已经截止或者已经答复。")
    return actor.account_id


@transaction.atomic
def suggest(*, case: ProposalTopic, text: str, actor: Actor, at: datetime) -> Suggestion:
    """Make a suggestion; the same words of the same account are one.

    Raises InvalidInput for words that cannot be one or that hold somebody's numbers.
    """
    account_id = _check_open(case, actor, at)
    problem = rules.text_problem(text)
    if problem:
        raise InvalidInput(problem, "text")
    if any(finding.blocks for finding in screen(text)):
        raise InvalidInput("建议会公开，请不要写证件号码、手机号码", "text")
    digest = rules.text_digest(text)
    earlier = Suggestion.objects.filter(topic=case, account_id=account_id, text_digest=digest).first()
    if earlier is not None:
        return earlier
    return Suggestion.objects.create(
        topic=case,
        number=take_number(case.unit, f"suggestion:{case.pk}", case.created_at.year),
        account_id=account_id,
        text=text.strip(),
        text_digest=digest,
        at=at,
    )


def support(*, case: ProposalTopic, actor: Actor, at: datetime) -> int:
    """Support a topic, once; gives how many do. Enough of them start the clock of a citizens' topic."""
    account_id = _check_open(case, actor, at)
    try:
        with transaction.atomic():
            Support.objects.create(topic=case, account_id=account_id, at=at)
    except IntegrityError:
        return support_count(case)
    count = support_count(case)
    if case.closes_on is None and count >= settings.PORTAL_PROPOSAL_SUPPORTS:
        _reach(case, count, at)
    return count


@transaction.atomic
def _reach(case: ProposalTopic, count: int, at: datetime) -> None:
    locked = ProposalTopic.objects.select_for_update().get(pk=case.pk)
    if locked.reached_on is not None:  # type: ignore[attr-defined]  # a topic
        return
    take_step(
        case,
        "reach_support",
        actor=SYSTEM,
        at=at,
        today=timezone.localdate(at),
        days=term_days("proposal_answer"),
        supports=count,
    )


@transaction.atomic
def close_topic(*, case: ProposalTopic, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """The last day has passed; the clock to the answer starts."""
    take_step(
        case,
        "close_topic",
        actor=actor,
        at=at,
        seen_version=seen_version,
        today=timezone.localdate(at),
        days=term_days("proposal_answer"),
        running=clock_of(case) is not None,
        suggestions=Suggestion.objects.filter(topic=case).count(),
    )


def close_ended(*, at: datetime) -> int:
    """Close every topic whose last day has passed; gives how many."""
    ended = ProposalTopic.objects.filter(state=State.OPEN, closes_on__lt=timezone.localdate(at))
    rows: list[Any] = list(ended.select_related("unit").order_by("pk"))
    for case in rows:
        close_topic(case=case, actor=SYSTEM, at=at)
    return len(rows)


@transaction.atomic
def remove_suggestion(
    *, case: ProposalTopic, suggestion: Suggestion, reason: str, actor: Actor, at: datetime
) -> None:
    """Show a suggestion no more, for a reason that is shown."""
    take_step(case, "remove_suggestion", actor=actor, at=at, number=suggestion.number, reason=reason)
    suggestion.removed_reason = reason.strip()
    suggestion.save(update_fields=["removed_reason"])


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
    take_step(case, "submit_answer", actor=actor, at=at, seen_version=seen_version, content_sha256=digest)
    desk.open_review(case=case, purpose=PURPOSE, content_sha256=digest, actor=actor, at=at)


@transaction.atomic
def publish_answer(
    *, case: ProposalTopic, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The leader signs: public; those who supported or suggested are told by a job."""
    review = desk.open_round(case, PURPOSE)
    digest = desk.digest_of(case.answer)
    take_step(
        case,
        "publish_answer",
        actor=actor,
        at=at,
        seen_version=seen_version,
        signers=desk.signers(review),
        content_sha256=digest,
        today=timezone.localdate(at),
        running=clock_of(case) is not None,
    )
    desk.sign_off(
        review=review,
        step=ReviewStep.APPROVE,
        actor=actor,
        verdict=Verdict.PASS,
        comment=comment,
        content_sha256=digest,
        at=at,
    )
    enqueue("proposals.index", key=f"topic:{case.pk}:answered", proposal=case.pk)
    enqueue("proposals.tell", key=f"topic:{case.pk}:answered:tell", proposal=case.pk)


@transaction.atomic
def return_answer(
    *, case: ProposalTopic, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send the answer back with a reason."""
    review = desk.open_round(case, PURPOSE)
    take_step(case, "return_answer", actor=actor, at=at, seen_version=seen_version, comment=comment)
    desk.close_review(review=review, at=at)


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
            _tell(case, account_id, "answered", "议题已有答复", "您支持或者提过建议的议题已公布答复。", at)


def index_topic(*, topic_id: int) -> None:
    """Renew the search entry of a topic that everyone may read."""
    case: Any = ProposalTopic.objects.select_related("unit").get(pk=topic_id)
    if case.state not in PUBLIC_STATES or case.opened_at is None:
        return
    finder.index(
        kind="topic",
        key=f"topic:{case.public_id}",
        title=f"建言献策：{case.title}"[:200],
        body=f"{case.background}\n{case.answer if case.answered_at else ''}",
        unit=case.unit,
        published_on=timezone.localdate(case.opened_at),
        url=reverse("proposals:detail", args=[case.public_id]),
    )
