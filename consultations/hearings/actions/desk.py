"""Making a hearing: written, reviewed, announced."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultations.hearings import rules
from consultations.hearings.choices import DECISIONS, KIND, RULES, Subject
from consultations.hearings.models import Hearing, SeatGroup
from consultations.hearings.queries import content_digest, digest_with, term_days
from portal.cases.numbers import take_case_number
from portal.cases.steps import open_case, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput
from portal.core.wording import cn_date
from portal.documents.actions import issue
from portal.holidays.calendars import calendar
from portal.jobs.outbox import enqueue
from portal.publishing import actions as desk
from portal.publishing.choices import ReviewStep
from portal.publishing.handing_on import tell_next
from portal.publishing.screening import refuse_personal
from portal.units.choices import Role
from portal.units.models import Unit

PREFIX = "H"
PURPOSE, REPORT = "hearing", "hearing_report"
FIELDS = (
    "title",
    "matter",
    "place",
    "held_on",
    "held_at",
    "sign_up_from",
    "sign_up_until",
    "contact_phone",
    "consultation",
)


def _days_problem(case: Hearing, today: Any) -> tuple[str, str]:
    return rules.days_problem(
        today,
        case.sign_up_from,
        case.sign_up_until,
        case.held_on,
        term_days("hearing_notice"),
        term_days("hearing_sign_up"),
        calendar(),
        case.subject,
    )


@transaction.atomic
def open_hearing(
    *, answers: dict[str, Any], groups: list[tuple[str, int]], unit: Unit, actor: Actor, at: datetime
) -> Hearing:
    """Begin a hearing with the seats of each interest group; the seed of the draw is made now and sealed.

    Raises InvalidInput for days that do not fit or without seats.
    """
    _check_groups(groups)
    seed = secrets.token_hex(rules.SEED_BYTES)
    case = Hearing(unit=unit, officer_id=actor.account_id, seed=seed, commitment=rules.commitment(seed))
    for name, value in _checked(case, answers, at).items():
        setattr(case, name, value)
    year = timezone.localdate(at).year
    case.number = take_case_number(PREFIX, KIND, year)
    open_case(case, "open_hearing", actor=actor, at=at, seats=dict(groups))
    SeatGroup.objects.bulk_create(
        [SeatGroup(hearing=case, title=title, seats=seats) for title, seats in groups]
    )
    return case


def _check_groups(groups: list[tuple[str, int]]) -> None:
    if not groups or len({title for title, _ in groups}) < len(groups):
        raise InvalidInput("请填写各方席位，名称不能重复", "groups")
    refuse_personal({"groups": "\n".join(title for title, _ in groups)})


def _checked(case: Hearing, answers: dict[str, Any], at: datetime) -> dict[str, Any]:
    """The particulars by field, looked through; InvalidInput for days that do not fit or for somebody's number."""
    found = {name: answers.get(name) for name in FIELDS}
    found["subject"] = str(answers.get("subject") or Subject.OTHER)
    if found["subject"] not in Subject.values:
        raise InvalidInput("请选择事项类别", "subject")
    phone = str(answers.get("contact_phone") or "")
    refuse_personal(
        {name: str(answers.get(name) or "") for name in ("title", "matter", "place")}, allowed=(phone,)
    )
    for name, value in found.items():
        setattr(case, name, value)
    field, sentence = _days_problem(case, timezone.localdate(at))
    if sentence:
        raise InvalidInput(sentence, field)
    return found


@transaction.atomic
def edit_hearing(
    *,
    case: Hearing,
    answers: dict[str, Any],
    groups: list[tuple[str, int]],
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Change it before it is signed, also after it was sent back. Raises InvalidInput like `open_hearing`."""
    _check_groups(groups)
    if "consultation" not in answers:
        answers = {**answers, "consultation": case.consultation}
    found = _checked(case, answers, at)
    take_step(
        case,
        "edit_hearing",
        actor=actor,
        at=at,
        seen_version=seen_version,
        content_sha256=digest_with(case, groups),
    )
    for name, value in found.items():
        setattr(case, name, value)
    case.save(update_fields=list(found))
    if list(case.groups.order_by("id").values_list("title", "seats")) != list(groups):
        case.groups.all().delete()
        SeatGroup.objects.bulk_create(
            [SeatGroup(hearing=case, title=title, seats=seats) for title, seats in groups]
        )


@transaction.atomic
def recall_hearing(*, case: Hearing, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Call the submission back; what was signed so far counts no more."""
    review = desk.open_round(case, PURPOSE)
    take_step(case, "recall_hearing", actor=actor, at=at, seen_version=seen_version)
    desk.close_review(review=review, at=at)


@transaction.atomic
def submit_hearing(*, case: Hearing, actor: Actor, at: datetime, seen_version: int | None = None) -> None:
    """Send it to review."""
    desk.check_signers(case=case, purpose=PURPOSE, at=at, submitter=actor.account_id)
    digest = content_digest(case)
    take_step(case, "submit_hearing", actor=actor, at=at, seen_version=seen_version, content_sha256=digest)
    desk.open_review(case=case, purpose=PURPOSE, content_sha256=digest, actor=actor, at=at)
    tell_next(case, Role.REVIEWER, "待审核", at)


def sign(
    case: Hearing,
    verb: str,
    step: ReviewStep,
    purpose: str,
    digest: str,
    actor: Actor,
    at: datetime,
    comment: str,
    seen_version: int | None,
    **facts: Any,
) -> None:
    """One person's signature under one round of review."""
    review = desk.open_round(case, purpose)
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
def review_hearing(
    *, case: Hearing, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """Another person agrees."""
    digest = content_digest(case)
    sign(case, "review_hearing", ReviewStep.REVIEW, PURPOSE, digest, actor, at, comment, seen_version)
    tell_next(case, Role.APPROVER, "待签发", at)


@transaction.atomic
def announce_hearing(
    *, case: Hearing, actor: Actor, at: datetime, comment: str = "", seen_version: int | None = None
) -> None:
    """The leader signs: the notice is issued, with what binds the draw."""
    digest = content_digest(case)
    sign(
        case,
        "announce_hearing",
        ReviewStep.APPROVE,
        PURPOSE,
        digest,
        actor,
        at,
        comment,
        seen_version,
        commitment=case.commitment,
        problem=_days_problem(case, timezone.localdate(at))[1],
    )
    facts = {
        "topic": case.title,
        "basis": f"{RULES if case.subject == Subject.RULES else DECISIONS}第十六条",
        "matter": case.matter,
        "when": f"{cn_date(case.held_on)}{case.held_at:%H:%M}",
        "place": case.place,
        "sign_up_from": cn_date(case.sign_up_from),
        "sign_up_until": cn_date(case.sign_up_until),
        "seats": [[group.title, group.seats] for group in case.groups.order_by("id")],
        "commitment": case.commitment,
        "contact_phone": case.contact_phone,
    }
    issue(case, "hearing_notice", unit=case.unit, actor=actor, at=at, facts=facts)
    enqueue("hearings.index", key=f"hearing:{case.pk}:announced:{case.last_seq}", hearing=case.pk)


@transaction.atomic
def return_hearing(
    *, case: Hearing, comment: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Send it back with a reason."""
    review = desk.open_round(case, PURPOSE)
    step = ReviewStep.REVIEW if case.state == "reviewing" else ReviewStep.APPROVE
    desk.send_back(
        case=case,
        review=review,
        verb="return_hearing",
        step=step,
        actor=actor,
        at=at,
        comment=comment,
        seen_version=seen_version,
    )
    tell_next(case, Role.CLERK, "被退回修改", at)
