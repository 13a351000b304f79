"""Published, changed, no longer in force, taken down."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from notices import rules, structures
from notices.actions.checking import blocking_sentence
from notices.actions.word import tell
from notices.choices import State
from notices.models import Article, ArticleVersion
from notices.queries import content_digest, shown_fields, shown_version, words_digest
from portal.cases.steps import clock_of, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import limit
from portal.holidays.calendars import calendar
from portal.jobs.outbox import enqueue
from portal.publishing import actions as desk
from portal.publishing.models import Review
from portal.search import actions as finder
from portal.units.choices import Role

FARTHEST_DAYS = 90


def _approved_digest(case: Article) -> str:
    """The digest of the last finished round of review."""
    review = (
        Review.objects.filter(case=case, purpose="article", closed_at__isnull=False).order_by("-pk").first()
    )
    return review.content_sha256 if review is not None else ""


@transaction.atomic
def publish_item(
    *,
    case: Article,
    actor: Actor,
    at: datetime,
    publish_at: datetime | None = None,
    seen_version: int | None = None,
) -> ArticleVersion:
    """Publish what was approved, now or at a time ahead; the index follows in a job.

    Raises StepRefused if the words are not those that were approved, InvalidInput for a time in the past.
    """
    when = publish_at or at
    if when < at:
        raise InvalidInput("发布时间不能早于现在", "publish_at")
    if (when - at).days > FARTHEST_DAYS:
        raise InvalidInput(f"定时发布最多提前{FARTHEST_DAYS}日", "publish_at")
    digest = content_digest(case)
    if digest != _approved_digest(case):
        raise StepRefused("内容与审定的不一致，须重新送审。")
    version = _version(case, when, digest, actor)
    take_step(
        case,
        "publish_item",
        actor=actor,
        at=at,
        seen_version=seen_version,
        version=version.number,
        sha256=digest,
        words_sha256=words_digest(version),
        publish_on=timezone.localdate(when),
        running=_is_running(case, at),
        problem=blocking_sentence(case),
    )
    _keep(case, version)
    return version


@transaction.atomic
def publish_urgently(
    *, case: Article, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> ArticleVersion:
    """A leader publishes at once what concerns an emergency; the review follows by a date of its own."""
    today = timezone.localdate(at)
    digest = content_digest(case)
    version = _version(case, at, digest, actor)
    take_step(
        case,
        "publish_urgently",
        actor=actor,
        at=at,
        seen_version=seen_version,
        version=version.number,
        sha256=digest,
        words_sha256=words_digest(version),
        publish_on=today,
        running=_is_running(case, at),
        problem=blocking_sentence(case),
        review_by=calendar().term(today, limit("publishing.after_review", on=today).days),
        reason=reason,
    )
    for review in case.reviews.filter(closed_at__isnull=True):
        desk.close_review(review=review, at=at)
    _keep(case, version)
    tell(case, case.unit, Role.REVIEWER, "已先行发布，待补审", at)
    return version


@transaction.atomic
def review_after(
    *, case: Article, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """Somebody else looks at what went out at once."""
    version = case.versions.order_by("-number").first()
    if version is None:
        raise StepRefused("没有先行发布的版本。")
    take_step(
        case,
        "review_after",
        actor=actor,
        at=at,
        seen_version=seen_version,
        published_by=version.published_by_id,
        sha256=version.sha256,
    )


@transaction.atomic
def revise(
    *, case: Article, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """The content changed: another version goes through the review within three working days."""
    today = timezone.localdate(at)
    update_by = calendar().term(today, limit("publishing.update", on=today).days)
    take_step(
        case, "revise", actor=actor, at=at, seen_version=seen_version, update_by=update_by, reason=reason
    )


@transaction.atomic
def set_validity(
    *,
    case: Article,
    validity: str,
    document: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Say that it is amended, expired or repealed, and by what."""
    take_step(
        case,
        "set_validity",
        actor=actor,
        at=at,
        seen_version=seen_version,
        validity=validity,
        document=document,
    )
    enqueue("notices.index", key=f"article:{case.pk}:validity:{case.last_seq}", article=case.pk)


@transaction.atomic
def withdraw_item(
    *, case: Article, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Take it down at once: out of the lists and out of the index in this transaction."""
    take_step(case, "withdraw_item", actor=actor, at=at, seen_version=seen_version, reason=reason)
    finder.drop(key=f"article:{case.public_id}")


def _is_running(case: Article, at: datetime) -> bool:
    clock = clock_of(case, as_of=timezone.localdate(at))
    return clock is not None and clock.stopped_on is None


def _version(case: Article, when: datetime, digest: str, actor: Actor) -> ArticleVersion:
    if actor.account_id is None:
        raise StepRefused("须由本单位发布员发布。")
    last = case.versions.order_by("-number").values_list("number", flat=True).first()
    return ArticleVersion(
        article=case,
        number=(last or 0) + 1,
        title=case.title,
        summary=case.summary,
        body=case.body,
        fields=shown_fields(case),
        sha256=digest,
        publish_at=when,
        published_by_id=actor.account_id,
    )


def _keep(case: Article, version: ArticleVersion) -> None:
    version.article = case
    version.save(force_insert=True)
    enqueue(
        "notices.index",
        key=f"article:{case.pk}:{version.number}",
        not_before=version.publish_at,
        article=case.pk,
    )


def index_article(*, article_id: int, at: datetime) -> None:
    """Put what everyone may read now into the index; anything else out of it."""
    case: Any = Article.objects.select_related("unit").get(pk=article_id)
    key = f"article:{case.public_id}"
    version = shown_version(case, at)
    if version is None or case.state == State.WITHDRAWN:
        finder.drop(key=key)
        return
    number = case.doc_number
    words = structures.plain(version.fields.get("structure", ""), version.fields.get("particulars", {}))
    finder.index(
        kind="article",
        key=key,
        title=version.title,
        body=f"{number}\n{rules.plain_of(version.body)}\n{words}".strip(),
        unit=case.unit,
        published_on=timezone.localdate(version.publish_at),
        url=reverse("notices:article", args=[case.public_id]),
    )
