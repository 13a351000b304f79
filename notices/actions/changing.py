"""What has been public is worked on again, or a draft is given up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from notices.actions.files import keep_files
from notices.actions.life import is_running, stop_versions
from notices.actions.word import tell
from notices.models import Article, ArticleVersion
from notices.models.life_steps import BASIS
from notices.queries import live_versions, shown_version
from portal.cases.steps import clock_of, lock, take_step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.limits import limit
from portal.core.workdays import WorkdayTerm
from portal.holidays.calendars import calendar
from portal.publishing import actions as desk
from portal.units.choices import Role

RESTORED = ("title", "summary", "body", "doc_number", "subject", "column_id", "interprets_id")


@transaction.atomic
def revise(
    *, case: Article, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """The content changed: another version goes through the review within three working days.

    What everyone reads stays until the new version is out; a version that waits for its time is stopped. The law counts its
    20 working days from the day of the change; for what was never out both clocks run on from the day they began: the
    making, or the day on which it was taken up again.
    """
    lock(case)
    waiting = list(live_versions(case).filter(publish_at__gt=at))
    shown = shown_version(case, at)
    take_step(
        case,
        "revise",
        actor=actor,
        at=at,
        seen_version=seen_version,
        update_by=_update_by(case, at, changed=shown is not None),
        clock=_runs_again(case, at, changed=shown is not None),
        stopped=[row.number for row in waiting],
        reason=reason,
    )
    stop_versions(case, waiting, at)


def _update_by(case: Article, at: datetime, *, changed: bool) -> WorkdayTerm:
    today = timezone.localdate(at)
    if changed:
        return calendar().term(today, limit("publishing.update", on=today).days)
    clock = clock_of(case, as_of=today)
    since = clock.started_on if clock is not None and clock.started_on is not None else case.made_on
    return calendar().term(since, limit("publishing.usual", on=case.law_day).days)


def _runs_again(case: Article, at: datetime, *, changed: bool) -> list[ClockFact]:
    """The clock after a change: 20 working days from that day; after a stop before its time, as if it had not stopped."""
    today = timezone.localdate(at)
    if changed:
        days = limit("publishing.outer", on=today).days
        return [ClockFact(FactKind.RESTART, today, days, reason="信息变更", basis=BASIS)]
    clock = clock_of(case, as_of=today)
    if clock is None or clock.stopped_on is None:
        return []
    return [ClockFact(FactKind.REOPEN, today, reason="取消定时发布", basis=BASIS)]


@transaction.atomic
def give_up_revision(*, case: Article, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """A revision that nobody needs: the draft takes again what everyone reads, and its files.

    Raises StepRefused where nothing is out.
    """
    lock(case)
    shown = shown_version(case, at)
    take_step(
        case,
        "give_up_revision",
        actor=actor,
        at=at,
        seen_version=seen_version,
        version=shown.number if shown is not None else 0,
        running=is_running(case, at),
    )
    if shown is not None:
        _restore(case, shown)


def _restore(case: Article, version: ArticleVersion) -> None:
    named = {entry["id"] for entry in version.fields.get("files", [])}
    for name in RESTORED:
        setattr(case, name, getattr(version, name))
    for name in ("issuer", "source", "source_url", "change_note", "structure"):
        setattr(case, name, version.fields.get(name, getattr(case, name)))
    case.particulars = version.fields.get("particulars", {})
    case.outlets = version.fields.get("outlets", case.outlets)
    names = [
        *RESTORED,
        "issuer",
        "source",
        "source_url",
        "change_note",
        "structure",
        "particulars",
        "outlets",
    ]
    case.save(update_fields=[name.removesuffix("_id") for name in names])
    keep_files(case, named)


@transaction.atomic
def reopen_item(
    *, case: Article, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """What was taken down is worked on again and comes back through the whole review; until then its address says why
    it is gone."""
    lock(case)
    was_out = any(row.came_out(at) for row in case.versions.all())
    take_step(
        case,
        "reopen_item",
        actor=actor,
        at=at,
        seen_version=seen_version,
        update_by=_update_by(case, at, changed=was_out),
        clock=_runs_again(case, at, changed=was_out),
        reason=reason,
    )


@transaction.atomic
def recall_item(*, case: Article, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """The clerk takes back what was sent to review; the round ends, and so do the signatures in it."""
    take_step(case, "recall_item", actor=actor, at=at, seen_version=seen_version)
    for review in case.reviews.filter(closed_at__isnull=True):
        desk.close_review(review=review, at=at)
    tell(case, case.unit, Role.REVIEWER, "已由经办人撤回", at)


@transaction.atomic
def discard_item(*, case: Article, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Delete a draft that was never public: it leaves the lists; the log keeps that there was one."""
    take_step(
        case,
        "discard_item",
        actor=actor,
        at=at,
        seen_version=seen_version,
        running=is_running(case, at),
        versions=case.versions.count(),
    )
