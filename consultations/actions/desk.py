"""The review of what is going to be asked: four people, one digest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from consultations import letters, rules
from consultations.actions.word import tell_unit
from consultations.models import PublicConsultation
from consultations.queries import content_digest, papers_of, period_of, versions_of
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.core.moments import begin_of
from portal.core.wording import cn_date
from portal.documents.actions import issue
from portal.holidays.calendars import calendar
from portal.jobs.outbox import enqueue
from portal.publishing import actions as review_desk
from portal.publishing.attached import words_in
from portal.publishing.choices import ReviewStep
from portal.publishing.filechecks import check_file, check_of, remarks_of_check
from portal.publishing.screening import screen
from portal.records.queries import entries_of, problems_of
from portal.units.choices import Role

PURPOSE = "consultation"
NEXT = {
    "review_draft": (ReviewStep.REVIEW, Role.SECRECY_REVIEWER, "待保密审查"),
    "clear_draft": (ReviewStep.SECRECY, Role.APPROVER, "待签发"),
    "announce": (ReviewStep.APPROVE, None, ""),
}


@transaction.atomic
def submit_draft(
    *, case: PublicConsultation, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send it to review; from now on what was submitted is what is signed."""
    versions = len(versions_of(case))
    _look_into_papers(case, actor, at)
    _look_into_records(case)
    if versions:
        review_desk.check_signers(case=case, purpose=PURPOSE, at=at, submitter=actor.account_id)
    digest = content_digest(case)
    take_step(
        case,
        "submit_draft",
        actor=actor,
        at=at,
        seen_version=seen_version,
        content_sha256=digest,
        versions=versions,
    )
    review_desk.open_review(case=case, purpose=PURPOSE, content_sha256=digest, actor=actor, at=at)
    tell_unit(case, Role.REVIEWER, "待审核", at)


def _look_into_papers(case: PublicConsultation, actor: Actor, at: datetime) -> None:
    """No paper goes to review of which no copy can go out; one whose turn has not come yet is looked into now."""
    for entry in papers_of(case):
        if check_of(entry) is None:
            check_file(file_id=entry.pk, added_by=actor.account_id or 0, at=at)
    hindered = [
        f"附件“{entry.name}”：{remark.sentence}"
        for entry in papers_of(case)
        if (check := check_of(entry)) is not None
        for remark in remarks_of_check(check)
        if remark.blocks
    ]
    if hindered:
        raise StepRefused(f"以下问题须先解决：{'；'.join(hindered)}。")


def _look_into_records(case: PublicConsultation) -> None:
    """Every record is decided, its copy proven, and no copy tells everyone somebody's number."""
    entries = entries_of(case)
    found = problems_of(entries)
    for entry in entries:
        if not found and entry.is_given and entry.copy is not None and entry.copy.file is not None:
            words = screen(words_in(entry.copy.file.read()), allowed=(case.unit.phone, case.contact_phone))
            found += [f"第{entry.number}份信息中有{row.kind}（{row.shown}）" for row in words if row.blocks]
    if found:
        raise StepRefused(f"以下问题须先解决：{'；'.join(found[:3])}。", tuple(found))


@transaction.atomic
def recall_draft(
    *, case: PublicConsultation, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Call the submission back; what was signed so far counts no more."""
    review = review_desk.open_round(case, PURPOSE)
    take_step(case, "recall_draft", actor=actor, at=at, seen_version=seen_version)
    review_desk.close_review(review=review, at=at)


def _sign(
    case: PublicConsultation,
    verb: str,
    actor: Actor,
    at: datetime,
    comment: str,
    seen_version: int | None,
    **facts: Any,
) -> None:
    review = review_desk.open_round(case, PURPOSE)
    digest = content_digest(case)
    step, following, said = NEXT[verb]
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
    if following is not None:
        tell_unit(case, following, said, at)


@transaction.atomic
def review_draft(
    *,
    case: PublicConsultation,
    actor: Actor,
    at: datetime,
    comment: str = "",
    seen_version: int | None = None,
) -> None:
    """Another person of the unit agrees."""
    _sign(case, "review_draft", actor, at, comment, seen_version)


@transaction.atomic
def clear_draft(
    *,
    case: PublicConsultation,
    actor: Actor,
    at: datetime,
    comment: str = "",
    seen_version: int | None = None,
) -> None:
    """The secrecy review finds nothing against it."""
    _sign(case, "clear_draft", actor, at, comment, seen_version)


@transaction.atomic
def announce(
    *,
    case: PublicConsultation,
    actor: Actor,
    at: datetime,
    comment: str = "",
    seen_version: int | None = None,
) -> None:
    """The leader signs: the notice is issued, and from the opening day on everyone may comment.

    Raises StepRefused if the opening day has passed meanwhile or the period does not hold any more.
    """
    today = timezone.localdate(at)
    problem = ""
    if case.opens_on < today:
        problem = f"开始日{cn_date(case.opens_on)}已经过去"
    else:
        period = period_of(case.policy_kind)
        problem = rules.period_problem(
            case.opens_on, case.closes_on, period, case.shorter_reason, calendar()
        )[1]
    _sign(case, "announce", actor, at, comment, seen_version, problem=problem)
    issue(
        case,
        "consultation_notice",
        unit=case.unit,
        actor=actor,
        at=at,
        facts=letters.notice(case, reverse("consultations:detail", args=[case.public_id])),
    )
    enqueue(
        "consultations.index",
        key=f"consultation:{case.pk}:open:{case.last_seq}",
        not_before=max(at, begin_of(case.opens_on)),
        case=case.pk,
    )


@transaction.atomic
def return_draft(
    *,
    case: PublicConsultation,
    comment: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Send it back with a reason; the round of review ends."""
    review = review_desk.open_round(case, PURPOSE)
    steps = {"reviewing": ReviewStep.REVIEW, "clearing": ReviewStep.SECRECY, "approving": ReviewStep.APPROVE}
    step = steps.get(str(case.state), ReviewStep.REVIEW)
    review_desk.send_back(
        case=case,
        review=review,
        verb="return_draft",
        step=step,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
    )
    tell_unit(case, Role.CLERK, "被退回修改", at)
