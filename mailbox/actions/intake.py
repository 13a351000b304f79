"""Coming in: a letter by the form, or entered by a clerk of the mailbox office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from mailbox import rules
from mailbox.actions.word import tell_writer
from mailbox.choices import Addressee, Channel
from mailbox.models import Letter
from mailbox.queries import answering_units, mailbox_office, term
from portal.cases import intake as door
from portal.cases.actions import attach
from portal.cases.numbers import take_case_number
from portal.cases.steps import open_case
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.holidays.calendars import calendar
from portal.privacy.crypto import blind_index
from portal.units.choices import Role
from portal.units.models import Unit

SCOPE = "letter"
SERIES = "letter"
PREFIX = "X"
MOST_FILES = 5


@dataclass(frozen=True)
class Upload:
    """A file handed in with a letter."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Submitted:
    """The answer to a submission: the letter and its query code, the same for the same key."""

    case: Letter
    code: str
    repeated: bool


def submit(
    *,
    answers: dict[str, Any],
    key: str,
    actor: Actor,
    at: datetime,
    uploads: Iterable[Upload] = (),
    tell: bool = True,
) -> Submitted:
    """Open a letter from checked answers; the same key gives the same receipt.

    With `tell` the writer is told that it came in; without, the caller sends a receipt of its own.

    `answers` are fields of Letter, with `addressed_unit` as the unit's code ("" for none). Raises KeyReused for the
    same key with other content, InvalidInput for a bad file or an answer that does not fit.
    """
    files = list(uploads)
    if len(files) > MOST_FILES:
        raise InvalidInput(f"最多上传{MOST_FILES}个文件", "files")
    content = door.content_of(answers, files=[(file.name, file.data) for file in files])
    earlier = door.earlier_submission(SCOPE, key, content)
    if earlier is None:
        try:
            with transaction.atomic():
                return _open(answers, key, content, actor, at, files, tell)
        except IntegrityError:
            earlier = door.earlier_submission(SCOPE, key, content)
            if earlier is None:
                raise
    case = Letter.objects.get(pk=earlier.pk)
    return Submitted(case, door.code_for(case.public_id, key), repeated=True)


def _open(
    answers: dict[str, Any],
    key: str,
    content: str,
    actor: Actor,
    at: datetime,
    files: list[Upload],
    tell: bool,
) -> Submitted:
    office = mailbox_office()
    fields = {**answers, "addressed_unit": _addressed_unit(answers)}
    if fields.get("confidential") and fields.get("consent_to_publish"):
        raise InvalidInput("要求保密的来信不公开，请取消其中一项", "consent_to_publish")
    problem = rules.contact_problem(
        answers.get("phone", ""), answers.get("email", ""), answers.get("residence", "")
    )
    if problem:
        raise InvalidInput(problem, "phone")
    case = Letter(
        **fields,
        unit=office,
        applicant_id=actor.account_id if actor.is_public else None,
        name_index=blind_index(answers["name"], "name"),
        phone_index=blind_index(answers.get("phone", ""), "phone"),
    )
    # The docket's title is in every list and is not sealed: the writer's own values stay out of it.
    case.title = rules.without(case.shown_topic, case.personal_values())[:160]
    code = door.code_for(case.public_id, key)
    case.code_hash = door.hash_code(code)
    today = timezone.localdate(at)
    case.number = take_case_number(PREFIX, SERIES, today.year)
    screen_by = calendar().term(today, term("screening").days)
    open_case(case, "submit", actor=actor, at=at, screen_by=screen_by)
    door.record_submission(SCOPE, key, content, case, at)
    for upload in files:
        attach(case=case, name=upload.name, data=upload.data, at=at)
    if tell:
        tell_writer(
            case,
            "submitted",
            f"您的来信已提交（{case.number}）",
            "请保存编号和查询码。信箱办公室审核后将告知是否受理和答复期限。",
            at,
            first=actor.is_public,
        )
    return Submitted(case, code, repeated=False)


def _addressed_unit(answers: dict[str, Any]) -> Unit | None:
    code = answers.get("addressed_unit") or ""
    if answers["addressee"] != Addressee.HEAD:
        return None
    unit = answering_units().filter(code=code).first()
    if unit is None:
        raise InvalidInput("请选择写给哪个单位的负责人", "addressed_unit")
    return unit


@transaction.atomic
def enter(
    *,
    answers: dict[str, Any],
    channel: str,
    evidence: str,
    key: str,
    actor: Actor,
    at: datetime,
    uploads: Iterable[Upload] = (),
) -> Submitted:
    """Enter a letter that came by telephone, on paper or by mail; the query code is for the writer.

    Raises StepRefused for anybody but a clerk of the mailbox office.
    """
    if not actor.has_role(mailbox_office().pk, Role.CLERK):
        raise StepRefused("须由信箱办公室经办人登记。")
    if channel not in Channel.values or channel == Channel.WEB:
        raise InvalidInput("请选择来信渠道", "channel")
    if not evidence.strip():
        raise InvalidInput("请写明收到情况", "evidence")
    return submit(
        answers={**answers, "channel": channel, "evidence": evidence.strip()},
        key=key,
        actor=actor,
        at=at,
        uploads=uploads,
    )
