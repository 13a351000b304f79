"""Published, changed, no longer in force, taken down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from notices import rules, structures
from notices.actions.checking import blocking_sentence
from notices.actions.indexing import attached_words, channel_of, validity_of
from notices.actions.word import tell
from notices.models import Article, ArticleVersion
from notices.models.life_steps import MadePublic
from notices.queries import (
    content_digest,
    current,
    live_versions,
    shown_digest,
    shown_fields,
    shown_version,
    words_digest,
)
from portal.cases.steps import clock_of, lock, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import limit
from portal.holidays.calendars import calendar
from portal.jobs.outbox import enqueue
from portal.publishing import actions as desk
from portal.publishing.desks import writers
from portal.publishing.models import Review
from portal.publishing.screening import refuse_personal
from portal.search import actions as finder
from portal.units.choices import Role

FARTHEST_DAYS = 90
MOST_REASON = 300
PURPOSE = "article"
_AFTER = (Role.REVIEWER, Role.SECRECY_REVIEWER)


def _approved_digest(case: Article) -> str:
    """The digest of the last finished round of review."""
    review = (
        Review.objects.filter(case=case, purpose=PURPOSE, closed_at__isnull=False).order_by("-pk").first()
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
    lock(case)
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
        made=_made(version),
        running=is_running(case, at),
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
    lock(case)
    version = _version(case, at, content_digest(case), actor)
    take_step(
        case,
        "publish_urgently",
        actor=actor,
        at=at,
        seen_version=seen_version,
        made=_made(version),
        running=is_running(case, at),
        problem=blocking_sentence(case),
        review_by=calendar().term(today, limit("publishing.after_review", on=today).days),
        reason=reason,
    )
    for review in case.reviews.filter(closed_at__isnull=True):
        desk.close_review(review=review, at=at)
    _keep(case, version)
    for role in _AFTER:
        tell(case, case.unit, role, "已先行发布，待补审", at)
    return version


@transaction.atomic
def review_after(
    *, case: Article, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """Others look at what went out at once: a reviewer and a secrecy reviewer, two persons who wrote none of it.

    Raises StepRefused for whoever wrote or published it, and where this person's review has been done.
    """
    lock(case)
    version = case.versions.order_by("-number").first()
    if version is None:
        raise StepRefused("没有先行发布的版本。")
    done = _looked_at(case)
    role = next((role for role in _AFTER if role not in done and actor.has_role(case.unit_id, role)), None)
    if role is None and done and any(actor.has_role(case.unit_id, role) for role in _AFTER):
        missing = "、".join(Role(code).label for code in _AFTER if code not in done)
        raise StepRefused(f"这一环节的补审已经完成，还须由{missing}补审。")
    take_step(
        case,
        "review_after",
        actor=actor,
        at=at,
        seen_version=seen_version,
        wrote=writers(case, PURPOSE) | {version.published_by_id, *done.values()},
        sha256=version.sha256,
        as_role=role or "",
        last=bool(done),
    )


def _looked_at(case: Article) -> dict[str, int]:
    """Who has reviewed afterwards what went out at once, by the role in which; of the present round."""
    events = list(case.events.filter(kind__in=("publish_urgently", "review_after")).order_by("seq"))
    last = max((number for number, row in enumerate(events) if row.kind == "publish_urgently"), default=0)
    rounds = [row for row in events[last:] if row.kind == "review_after"]
    return {str(row.facts.get("as_role", "")): row.actor_id for row in rounds if row.actor_id}


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
        public=live_versions(case).filter(publish_at__lte=at).exists(),
    )
    enqueue("notices.index", key=f"article:{case.pk}:validity:{case.last_seq}", article=case.pk)


@transaction.atomic
def withdraw_item(
    *, case: Article, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Take it down at once, in every state: every version that is out or waits for its time, the search entry with it.

    Raises StepRefused where nothing is out, InvalidInput for a reason that names somebody: everyone will read it.
    """
    refuse_personal({"reason": reason}, allowed=(case.unit.phone, case.unit.email))
    lock(case)
    taken = list(live_versions(case).order_by("number"))
    take_step(
        case,
        "withdraw_item",
        actor=actor,
        at=at,
        seen_version=seen_version,
        reason=reason[:MOST_REASON],
        versions=[version.number for version in taken],
        running=is_running(case, at),
    )
    stop_versions(case, taken, at)
    for review in case.reviews.filter(closed_at__isnull=True):
        desk.close_review(review=review, at=at)
    finder.drop(key=f"article:{case.public_id}")


def stop_versions(case: Article, versions: Sequence[ArticleVersion], at: datetime) -> None:
    """Take these versions out of everything that is public; one that waits for its time never comes out."""
    ArticleVersion.objects.filter(article=case, pk__in=[row.pk for row in versions]).update(withdrawn_at=at)


def is_running(case: Article, at: datetime) -> bool:
    """True while the clock of the law counts."""
    clock = clock_of(case, as_of=timezone.localdate(at))
    return clock is not None and clock.stopped_on is None


def _version(case: Article, when: datetime, digest: str, actor: Actor) -> ArticleVersion:
    if actor.account_id is None:
        raise StepRefused("须由本单位发布员发布。")
    earlier = list(case.versions.order_by("number"))
    first = [row.first_at or row.publish_at for row in earlier if row.came_out(when)]
    return ArticleVersion(
        article=case,
        number=max((row.number for row in earlier), default=0) + 1,
        column=case.column,
        doc_number=case.doc_number,
        made_on=case.made_on,
        subject=case.subject,
        interprets_id=case.interprets_id,
        first_at=min(first, default=when),
        title=case.title,
        summary=case.summary,
        body=case.body,
        fields=shown_fields(case),
        sha256=digest,
        publish_at=when,
        published_by_id=actor.account_id,
    )


def _made(version: ArticleVersion) -> MadePublic:
    return MadePublic(
        version=version.number,
        sha256=version.sha256,
        words_sha256=words_digest(version),
        shown_sha256=shown_digest(version),
        publish_at=version.publish_at,
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


def sweep_index(*, at: datetime) -> int:
    """Take out of the index what nobody may read any more, whatever left it there; gives how many entries."""
    shown = {f"article:{key}" for key in current(at).values_list("article__public_id", flat=True)}
    stray = [key for key in finder.keys_of("article") if key not in shown]
    for key in stray:
        finder.drop(key=key)
    return len(stray)


@transaction.atomic
def index_article(*, article_id: int, at: datetime) -> None:
    """Put what everyone may read now into the index; anything else out of it.

    The item is held while its state is read and its entry written: nobody takes it down in between.
    """
    case: Any = Article.objects.select_related("unit", "column").get(pk=article_id)
    lock(case)
    key = f"article:{case.public_id}"
    version = shown_version(case, at)
    if version is None:
        finder.drop(key=key)
        return
    words = structures.plain(version.fields.get("structure", ""), version.fields.get("particulars", {}))
    finder.index(
        kind="article",
        key=key,
        title=version.title,
        body=f"{version.doc_number}\n{rules.plain_of(version.body)}\n{words}".strip(),
        unit=case.unit,
        published_on=timezone.localdate(version.first_at or version.publish_at),
        url=reverse("notices:article", args=[case.public_id]),
        chip=channel_of(case, version),
        validity=validity_of(case),
        attached=attached_words(version),
    )
