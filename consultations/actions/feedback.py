"""The feedback: the table generated, reviewed, signed, published; every writer told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from consultations import letters
from consultations.actions.word import tell_unit, tell_writer
from consultations.choices import PUBLIC_STATES, State
from consultations.models import Comment, PublicConsultation
from consultations.queries import (
    clauses_of,
    current_version,
    feedback_rows,
    feedback_totals,
    undisposed,
)
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.documents.actions import issue
from portal.jobs.outbox import enqueue
from portal.publishing import actions as review_desk
from portal.publishing.choices import ReviewStep, Verdict
from portal.search import actions as finder
from portal.units.choices import Role

PURPOSE = "feedback"


def feedback_digest(case: PublicConsultation, summary: str) -> str:
    """What the signatures of the feedback are bound to: the words of the office and every line of the table."""
    return review_desk.digest_of(summary.strip(), *(repr(row) for row in feedback_rows(case)))


@transaction.atomic
def submit_feedback(
    *,
    case: PublicConsultation,
    summary: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Send the table to review. Raises StepRefused while a comment lacks a disposition."""
    review_desk.check_signers(case=case, purpose=PURPOSE, at=at, submitter=actor.account_id)
    digest = feedback_digest(case, summary)
    take_step(
        case,
        "submit_feedback",
        actor=actor,
        at=at,
        seen_version=seen_version,
        summary=summary,
        undisposed=undisposed(case),
        content_sha256=digest,
    )
    review_desk.open_review(case=case, purpose=PURPOSE, content_sha256=digest, actor=actor, at=at)
    tell_unit(case, Role.REVIEWER, "采纳情况待审核", at)


@transaction.atomic
def review_feedback(
    *,
    case: PublicConsultation,
    actor: Actor,
    at: datetime,
    comment: str = "",
    seen_version: int | None = None,
) -> None:
    """Another person of the unit agrees."""
    review = review_desk.open_round(case, PURPOSE)
    digest = feedback_digest(case, case.feedback_summary)
    take_step(
        case,
        "review_feedback",
        actor=actor,
        at=at,
        seen_version=seen_version,
        signers=review_desk.signers(review),
        content_sha256=digest,
    )
    review_desk.sign_off(
        review=review,
        step=ReviewStep.REVIEW,
        actor=actor,
        verdict=Verdict.PASS,
        comment=comment,
        content_sha256=digest,
        at=at,
    )
    tell_unit(case, Role.APPROVER, "采纳情况待签发", at)


@transaction.atomic
def feed_back(
    *,
    case: PublicConsultation,
    actor: Actor,
    at: datetime,
    comment: str = "",
    seen_version: int | None = None,
) -> None:
    """The leader signs: the table is public, its paper is issued, every writer is told by a job."""
    review = review_desk.open_round(case, PURPOSE)
    digest = feedback_digest(case, case.feedback_summary)
    take_step(
        case,
        "feed_back",
        actor=actor,
        at=at,
        seen_version=seen_version,
        signers=review_desk.signers(review),
        content_sha256=digest,
        today=timezone.localdate(at),
    )
    review_desk.sign_off(
        review=review,
        step=ReviewStep.APPROVE,
        actor=actor,
        verdict=Verdict.PASS,
        comment=comment,
        content_sha256=digest,
        at=at,
    )
    facts = letters.feedback(case, feedback_rows(case), feedback_totals(case))
    issue(case, "consultation_feedback", unit=case.unit, actor=actor, at=at, facts=facts)
    enqueue("consultations.tell", key=f"consultation:{case.pk}:fed_back:tell", case=case.pk)
    enqueue("consultations.index", key=f"consultation:{case.pk}:fed_back", case=case.pk)


@transaction.atomic
def return_feedback(
    *,
    case: PublicConsultation,
    comment: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Send the table back with a reason."""
    review = review_desk.open_round(case, PURPOSE)
    step = ReviewStep.REVIEW if case.state == State.FEEDBACK_REVIEWING else ReviewStep.APPROVE
    take_step(
        case,
        "return_feedback",
        actor=actor,
        at=at,
        seen_version=seen_version,
        signers=review_desk.signers(review),
        comment=comment,
    )
    review_desk.sign_off(
        review=review,
        step=step,
        actor=actor,
        verdict=Verdict.RETURN,
        comment=comment[:300],
        content_sha256=review.content_sha256,
        at=at,
    )
    tell_unit(case, Role.CLERK, "采纳情况被退回", at)


def tell_writers(*, case_id: int, at: datetime) -> None:
    """Tell everybody who commented how it ended; running it twice tells nobody twice."""
    case: Any = PublicConsultation.objects.select_related("unit").get(pk=case_id)
    if case.state not in (State.FED_BACK, State.CANCELLED):
        return
    rows = Comment.objects.filter(consultation=case, withdrawn_at__isnull=True)
    for row in rows.select_related("disposition").iterator():
        if not row.email and row.account_id is None:
            continue
        with transaction.atomic():
            _tell(case, row, at)


def _tell(case: PublicConsultation, row: Comment, at: datetime) -> None:
    page = reverse("consultations:detail", args=[case.public_id])
    if case.state == State.CANCELLED:
        subject, body = f"意见征集已终止（{case.title[:40]}）", f"终止的理由：{case.cancel_reason}"
        tell_writer(row, "cancelled", subject, body, page, at)
        return
    said = row.disposition
    reason = f"说明：{said.reason}" if said.reason else ""
    subject = f"您的意见已有采纳情况（{case.title[:40]}）"
    body = f"您提出的第{row.number}条意见：{said.get_outcome_display()}。{reason}"
    tell_writer(row, "fed_back", subject, body, f"{page}feedback/", at)


def index_consultation(*, case_id: int, at: datetime) -> None:
    """Put a consultation that everyone may read into the index, anything else out of it."""
    case: Any = PublicConsultation.objects.select_related("unit").get(pk=case_id)
    key = f"consultation:{case.public_id}"
    if case.state not in PUBLIC_STATES or not case.has_begun(timezone.localdate(at)):
        finder.drop(key=key)
        return
    words = "\n".join(f"{row.label} {row.heading} {row.text}" for row in clauses_of(current_version(case)))
    finder.index(
        kind="consultation",
        key=key,
        title=f"意见征集：{case.title}"[:200],
        body=f"{case.background}\n{case.feedback_summary}\n{words}",
        unit=case.unit,
        published_on=case.opens_on,
        url=reverse("consultations:detail", args=[case.public_id]),
    )
