"""The writers of topics and suggestions: a function for each verb."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consultations import rules
from consultations.proposals.choices import KIND, PUBLIC_STATES, TAKING, State
from consultations.proposals.models import ProposalTopic, Suggestion, Support
from consultations.proposals.queries import support_count, term_days
from portal.cases.numbers import take_case_number, take_number
from portal.cases.steps import clock_of, lock, open_case, take_step
from portal.core.actors import SYSTEM, Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.holidays.calendars import calendar
from portal.jobs.outbox import enqueue
from portal.messaging.actions import Recipient, notify
from portal.publishing import actions as desk
from portal.publishing.desks import writers
from portal.publishing.screening import refuse_personal, screen
from portal.publishing.takedown import open_take_down, refuse_down
from portal.search import actions as finder
from portal.units.models import Unit

PREFIX = "J"
PURPOSE, OPENING = "topic", "topic_opening"
GRACE = timedelta(minutes=5)
NOT_NOW = "这个议题现在不征集建议：尚未开放、已经截止或者已经答复。"


def _check_words(title: str, background: str) -> None:
    for field, words in (("title", title), ("background", background)):
        if not words.strip():
            raise InvalidInput("请填写此项", field)
        if any(finding.blocks for finding in screen(words)):
            raise InvalidInput("议题会公开，请不要写证件号码、手机号码", field)


def _begin(unit: Unit, title: str, background: str, at: datetime) -> ProposalTopic:
    _check_words(title, background)
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
    wrote = writers(case, OPENING)
    if case.named_by_id is not None:
        wrote |= {case.named_by_id}
    take_step(
        case,
        "approve_topic",
        actor=actor,
        at=at,
        seen_version=seen_version,
        writers=wrote,
        today=timezone.localdate(at),
    )
    enqueue("proposals.index", key=f"topic:{case.pk}:open:{case.last_seq}", proposal=case.pk)


@transaction.atomic
def edit_topic(
    *,
    case: ProposalTopic,
    title: str,
    background: str,
    closes_on: date,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Change a topic that the unit named, before it is open or after it was sent back."""
    if closes_on <= timezone.localdate(at):
        raise InvalidInput("截止日须晚于今天", "closes_on")
    _check_words(title, background)
    digest = desk.digest_of(title.strip(), background.strip(), closes_on.isoformat())
    take_step(case, "edit_topic", actor=actor, at=at, seen_version=seen_version, content_sha256=digest)
    case.title, case.background, case.closes_on = title.strip()[:160], background.strip(), closes_on
    case.save(update_fields=["title", "background", "closes_on"])


@transaction.atomic
def return_topic(
    *, case: ProposalTopic, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """The leader sends a named topic back with a reason."""
    take_step(case, "return_topic", actor=actor, at=at, seen_version=seen_version, comment=comment)


@transaction.atomic
def drop_topic(
    *, case: ProposalTopic, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """The unit drops a topic that nobody could read yet."""
    take_step(case, "drop_topic", actor=actor, at=at, seen_version=seen_version, reason=reason)


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
    tell(case, case.applicant_id, "accepted", "您提议的议题已开放", "所有人可以支持、提建议。", at)
    enqueue("proposals.index", key=f"topic:{case.pk}:open:{case.last_seq}", proposal=case.pk)


@transaction.atomic
def decline_topic(
    *, case: ProposalTopic, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Do not open it, and say why."""
    take_step(case, "decline_topic", actor=actor, at=at, seen_version=seen_version, reason=reason)
    said = case.get_decline_reason_display()
    tell(case, case.applicant_id, "declined", "您提议的议题未采用", f"理由：{said}", at)


def tell(
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
        raise StepRefused(NOT_NOW)
    refuse_down(case)
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
    lock(case)
    if not case.takes_suggestions(timezone.localdate(at)):
        raise StepRefused(NOT_NOW)
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
    if locked.reached_on is not None or locked.state not in TAKING:  # type: ignore[attr-defined]  # a topic
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


def closing_day(at: datetime) -> date:
    """The day up to which every suggestion has surely been written."""
    return timezone.localdate(at - GRACE)


def _is_closed(case: ProposalTopic) -> bool:
    return case.events.filter(kind="close_topic").exists()


@transaction.atomic
def close_topic(*, case: ProposalTopic, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """The last day has passed; the clock to the answer starts."""
    take_step(
        case,
        "close_topic",
        actor=actor,
        at=at,
        seen_version=seen_version,
        today=closing_day(at),
        days=term_days("proposal_answer"),
        closed=_is_closed(case),
        running=clock_of(case) is not None,
        suggestions=Suggestion.objects.filter(topic=case).count(),
    )


def close_ended(*, at: datetime) -> int:
    """Close every topic whose last day has passed; gives how many."""
    ended = ProposalTopic.objects.filter(state__in=TAKING, closes_on__lt=closing_day(at)).exclude(
        events__kind="close_topic"
    )
    rows: list[Any] = list(ended.select_related("unit").order_by("pk"))
    for case in rows:
        close_topic(case=case, actor=SYSTEM, at=at)
    return len(rows)


@transaction.atomic
def remove_suggestion(
    *, case: ProposalTopic, suggestion: Suggestion, reason: str, actor: Actor, at: datetime
) -> None:
    """Show a suggestion no more, for a reason that is shown."""
    refuse_personal({"reason": reason})
    take_step(case, "remove_suggestion", actor=actor, at=at, number=suggestion.number, reason=reason)
    suggestion.removed_reason = reason.strip()
    suggestion.save(update_fields=["removed_reason"])


def is_public(case: ProposalTopic, at: datetime | None = None) -> bool:
    """True if everyone may read it, were it not taken down."""
    return case.state in PUBLIC_STATES


def search_key(case: ProposalTopic) -> str:
    """The key of its entry in the index."""
    return f"topic:{case.public_id}"


def shown_digest(case: ProposalTopic) -> str:
    """All that everyone is shown of the unit's own words now."""
    return desk.digest_of(case.title, case.background, case.answer if case.state == State.ANSWERED else "")


def reindex(case: ProposalTopic, at: datetime) -> None:
    """Promise the entry in the index anew."""
    enqueue("proposals.index", key=f"topic:{case.pk}:{case.last_seq}", proposal=case.pk)


@transaction.atomic
def index_topic(*, topic_id: int) -> None:
    """Renew the search entry of a topic that everyone may read; any other has none."""
    lock(ProposalTopic.objects.get(pk=topic_id))
    case: Any = ProposalTopic.objects.select_related("unit").get(pk=topic_id)
    if not is_public(case) or case.opened_at is None or open_take_down(case) is not None:
        finder.drop(key=search_key(case))
        return
    finder.index(
        kind="topic",
        key=search_key(case),
        title=f"建言献策：{case.title}"[:200],
        body=f"{case.background}\n{case.answer if case.state == State.ANSWERED else ''}",
        unit=case.unit,
        published_on=timezone.localdate(case.opened_at),
        url=reverse("proposals:detail", args=[case.public_id]),
    )
