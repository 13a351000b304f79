"""The feedback: the table generated, reviewed, signed, published; every writer told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from consultations.actions.papers import issue_feedback_paper
from consultations.actions.word import tell_unit, tell_writer
from consultations.choices import PUBLIC_STATES, State
from consultations.models import Comment, PublicConsultation
from consultations.queries import (
    clauses_of,
    comments_of,
    content_digest,
    feedback_rows,
    public_versions,
    revised_digest,
    superseded_targets,
    undisposed,
)
from portal.cases.steps import lock, take_step
from portal.core.actors import Actor
from portal.jobs.outbox import enqueue
from portal.privacy.personal import names_among
from portal.publishing import actions as review_desk
from portal.publishing.choices import ReviewStep
from portal.publishing.screening import refuse_personal
from portal.publishing.takedown import open_take_down
from portal.search import actions as finder
from portal.units.choices import Role

PURPOSE = "feedback"


def feedback_digest(case: PublicConsultation, summary: str) -> str:
    """What the signatures of the feedback are bound to: the words of the office and every line of the table."""
    return review_desk.digest_of(
        summary.strip(), revised_digest(case), *(repr(row) for row in feedback_rows(case))
    )


def _refuse_personal(case: PublicConsultation, summary: str) -> None:
    """Nothing that names or reaches a writer, no number of anybody, goes out with the summary."""
    own = set(names_among(comments_of(case)))
    refuse_personal({"summary": summary}, own_values=own, allowed=(case.contact_phone, case.contact_email))


def _targets_problem(case: PublicConsultation) -> str:
    stale = superseded_targets(case)
    if not stale:
        return ""
    numbers = "、".join(str(number) for number in stale[:10])
    return f"第{numbers}条意见指向的条款不在最新的修改稿中，请重新登记采纳情况后再送审。"


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
    _refuse_personal(case, summary)
    waiting, problem = undisposed(case), _targets_problem(case)
    if not waiting and not problem and summary.strip():
        review_desk.check_signers(case=case, purpose=PURPOSE, at=at, submitter=actor.account_id)
    digest = feedback_digest(case, summary)
    take_step(
        case,
        "submit_feedback",
        actor=actor,
        at=at,
        seen_version=seen_version,
        summary=summary,
        undisposed=waiting,
        problem=problem,
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
    _sign(case, "review_feedback", ReviewStep.REVIEW, actor, at, comment, seen_version)
    tell_unit(case, Role.SECRECY_REVIEWER, "采纳情况待保密审查", at)


@transaction.atomic
def clear_feedback(
    *,
    case: PublicConsultation,
    actor: Actor,
    at: datetime,
    comment: str = "",
    seen_version: int | None = None,
) -> None:
    """The secrecy review of the table and the revised text agrees."""
    _sign(case, "clear_feedback", ReviewStep.SECRECY, actor, at, comment, seen_version)
    tell_unit(case, Role.APPROVER, "采纳情况待签发", at)


def _sign(
    case: PublicConsultation,
    verb: str,
    step: ReviewStep,
    actor: Actor,
    at: datetime,
    comment: str,
    seen_version: int | None,
    **facts: Any,
) -> None:
    review = review_desk.open_round(case, PURPOSE)
    digest = feedback_digest(case, case.feedback_summary)
    review_desk.sign(
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
def feed_back(
    *,
    case: PublicConsultation,
    actor: Actor,
    at: datetime,
    comment: str = "",
    seen_version: int | None = None,
) -> None:
    """The leader signs: the table is public, its paper is issued, every writer is told by a job."""
    today = timezone.localdate(at)
    _sign(case, "feed_back", ReviewStep.APPROVE, actor, at, comment, seen_version, today=today)
    issue_feedback_paper(case, actor, at)
    enqueue("consultations.tell", key=f"consultation:{case.pk}:fed_back:tell:{case.last_seq}", case=case.pk)
    enqueue("consultations.index", key=f"consultation:{case.pk}:fed_back:{case.last_seq}", case=case.pk)


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
    steps = {State.FEEDBACK_REVIEWING: ReviewStep.REVIEW, State.FEEDBACK_CLEARING: ReviewStep.SECRECY}
    step = steps.get(State(case.state), ReviewStep.APPROVE)
    review_desk.send_back(
        case=case,
        review=review,
        verb="return_feedback",
        step=step,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
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


def is_public(case: PublicConsultation, at: datetime) -> bool:
    """True if everyone may read anything of it at that moment, were it not taken down."""
    return case.state in PUBLIC_STATES and case.has_begun(timezone.localdate(at))


def search_key(case: PublicConsultation) -> str:
    """The key of its entry in the index."""
    return f"consultation:{case.public_id}"


def shown_digest(case: PublicConsultation) -> str:
    """All that everyone is shown now: what was announced, and the feedback once it is public."""
    fed_back = feedback_digest(case, case.feedback_summary) if case.state == State.FED_BACK else ""
    return review_desk.digest_of(content_digest(case), fed_back)


def reindex(case: PublicConsultation, at: datetime) -> None:
    """Promise the entry in the index anew."""
    enqueue("consultations.index", key=f"consultation:{case.pk}:{case.last_seq}", case=case.pk)


@transaction.atomic
def index_consultation(*, case_id: int, at: datetime) -> None:
    """Put a consultation that everyone may read into the index, anything else out of it; as it is now, in one transaction."""
    lock(PublicConsultation.objects.get(pk=case_id))
    case: Any = PublicConsultation.objects.select_related("unit").get(pk=case_id)
    key = search_key(case)
    if not is_public(case, at) or case.state == State.CANCELLED or open_take_down(case) is not None:
        finder.drop(key=key)
        return
    version = public_versions(case)[-1]
    words = "\n".join(f"{row.label} {row.heading} {row.text}" for row in clauses_of(version))
    finder.index(
        kind="consultation",
        key=key,
        title=f"意见征集：{case.title}"[:200],
        body=f"{case.background}\n{case.feedback_summary if case.state == State.FED_BACK else ''}\n{words}",
        unit=case.unit,
        published_on=case.opens_on,
        url=reverse("consultations:detail", args=[case.public_id]),
    )
