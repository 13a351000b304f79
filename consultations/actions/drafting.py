"""Writing what is going to be asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultations import rules
from consultations.choices import KIND, State
from consultations.models import PublicConsultation
from consultations.queries import content_digest, period_of
from portal.cases.actions import attach
from portal.cases.models import CaseFile
from portal.cases.numbers import take_case_number
from portal.cases.steps import open_case, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput
from portal.holidays.calendars import calendar
from portal.publishing.filechecks import plan_check
from portal.publishing.screening import refuse_personal
from portal.units.choices import Role
from portal.units.models import Unit

PREFIX = "Z"
MOST_FILES = 10
FIELDS = (
    "title",
    "policy_kind",
    "background",
    "contact_name",
    "contact_phone",
    "contact_email",
    "contact_address",
    "opens_on",
    "closes_on",
    "shorter_reason",
    "access",
    "display",
)


def _check(answers: dict[str, Any]) -> None:
    field, sentence = rules.period_problem(
        answers["opens_on"],
        answers["closes_on"],
        period_of(answers["policy_kind"]),
        answers.get("shorter_reason", ""),
        calendar(),
    )
    if sentence:
        raise InvalidInput(sentence, field)
    refuse_personal(
        {name: answers.get(name, "") for name in ("title", "background", "shorter_reason")},
        allowed=(answers["contact_phone"], answers["contact_email"]),
    )


@transaction.atomic
def open_draft(*, answers: dict[str, Any], unit: Unit, actor: Actor, at: datetime) -> PublicConsultation:
    """Begin a consultation of the unit. Raises InvalidInput for a period that is too short."""
    _check(answers)
    case = PublicConsultation(unit=unit, officer_id=actor.account_id)
    for name in FIELDS:
        setattr(case, name, answers[name])
    year = timezone.localdate(at).year
    case.number = take_case_number(PREFIX, KIND, year)
    open_case(case, "open_draft", actor=actor, at=at, policy_kind=case.policy_kind)
    return case


@transaction.atomic
def edit_draft(
    *,
    case: PublicConsultation,
    answers: dict[str, Any],
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Change it before it is signed. Raises InvalidInput for a period that is too short."""
    _check(answers)
    for name in FIELDS:
        setattr(case, name, answers[name])
    digest = content_digest(case)
    take_step(case, "edit_draft", actor=actor, at=at, seen_version=seen_version, content_sha256=digest)
    for name in FIELDS:
        setattr(case, name, answers[name])
    case.save(update_fields=list(FIELDS))


def attach_paper(*, case: PublicConsultation, name: str, data: bytes, actor: Actor, at: datetime) -> CaseFile:
    """Lay a paper beside the draft, for everyone to read once it has been checked.

    Raises InvalidInput for a file that is not allowed, or for anybody but the unit's clerk.
    """
    if not actor.has_role(case.unit_id, Role.CLERK):
        raise InvalidInput("须由起草单位经办人添加附件", "file")
    if case.state != State.DRAFTING:
        raise InvalidInput("已经送审，不能再添加附件；须退回修改或者撤回送审后添加，并重新送审", "file")
    if case.files.count() >= MOST_FILES:
        raise InvalidInput(f"最多添加{MOST_FILES}个附件", "file")
    with transaction.atomic():
        row = attach(case=case, name=name, data=data, at=at)
        take_step(case, "attach_paper", actor=actor, at=at, sha256=row.stored.sha256)
        plan_check(row, actor)
    return row


@transaction.atomic
def remove_paper(
    *,
    case: PublicConsultation,
    file: CaseFile,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Take a wrong paper away before the review; what it held stays in the store under its digest only."""
    if file.case_id != case.pk:
        raise InvalidInput("没有这个附件", "file")
    digest = file.stored.sha256
    take_step(case, "remove_paper", actor=actor, at=at, seen_version=seen_version, sha256=digest)
    file.delete()
