"""Coming in and going back: submit, register, assign, withdraw."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.cases import intake as door
from portal.cases.actions import attach
from portal.cases.numbers import take_number
from portal.cases.steps import open_case, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput
from portal.core.limits import limit
from portal.core.numbering import case_number, plain_number
from portal.core.wording import cn_date
from portal.core.workdays import WorkdayTerm
from portal.documents.actions import issue
from portal.holidays.calendars import calendar
from portal.holidays.told import told_day
from portal.privacy.crypto import blind_index
from portal.units.choices import HANDLING_ROLES
from portal.units.models import Account, Unit
from portal.units.queries import people_with
from requests_app import letters, rules
from requests_app.actions.receipts import serve
from requests_app.actions.voiding import end_everything
from requests_app.actions.word import tell_applicant
from requests_app.choices import FeeState
from requests_app.models import DisclosureRequest, RequestDraft
from requests_app.queries.receipts import can_be_told

SCOPE = "disclosure"


@dataclass(frozen=True)
class Upload:
    """A file handed in with a submission."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Submitted:
    """The answer to a submission: the case and its query code, the same for the same key."""

    case: DisclosureRequest
    code: str
    repeated: bool


def submit(
    *,
    unit: Unit,
    answers: dict[str, Any],
    key: str,
    actor: Actor,
    at: datetime,
    uploads: Iterable[Upload] = (),
    told: bool = True,
) -> Submitted:
    """Open a case from checked answers (fields of DisclosureRequest); the same key gives the same receipt.

    The applicant is told unless `told` is False, where whoever calls does so in other words.
    Raises KeyReused for the same key with other content, InvalidInput for a bad file, for an applicant who cannot
    be reached, and for a way of delivery without its address.
    """
    files = list(uploads)
    _check_contact(answers)
    content = door.content_of(unit.code, answers, files=[(file.name, file.data) for file in files])
    earlier = door.earlier_submission(SCOPE, key, content)
    if earlier is None:
        try:
            with transaction.atomic():
                return _open(unit, answers, key, content, actor, at, files, told)
        except IntegrityError:
            earlier = door.earlier_submission(SCOPE, key, content)
            if earlier is None:
                raise
    case = DisclosureRequest.objects.get(pk=earlier.pk)
    return Submitted(case, door.code_for(case.public_id, key), repeated=True)


def _check_contact(answers: dict[str, Any]) -> None:
    email, address = answers.get("email", ""), answers.get("address", "")
    problem = rules.contact_problem(answers.get("phone", ""), email, address)
    if problem:
        raise InvalidInput(problem, "phone")
    problem = rules.delivery_problem(answers.get("delivery", ""), email=email, address=address)
    problem = problem or rules.form_problem(answers.get("form_wanted", ""), answers.get("delivery", ""))
    if problem:
        raise InvalidInput(problem, "delivery")


def _open(
    unit: Unit,
    answers: dict[str, Any],
    key: str,
    content: str,
    actor: Actor,
    at: datetime,
    files: list[Upload],
    told: bool,
) -> Submitted:
    asked = answers.get("information_name") or answers.get("information_number") or "按描述查找的政府信息"
    case = DisclosureRequest(
        **answers,
        unit=unit,
        title=f"关于“{asked}”的信息公开申请"[:160],
        applicant_id=actor.account_id if actor.is_public else None,
        name_index=blind_index(answers["name"], "name"),
        identity_index=blind_index(answers["identity_number"], "identity"),
    )
    topic = answers.get("information_number") or answers.get("information_name") or ""
    case.topic_index = blind_index(plain_number(topic), "topic")
    code = door.code_for(case.public_id, key)
    case.code_hash = door.hash_code(code)
    year = timezone.localdate(at).year
    case.number = case_number(f"G{unit.pk:03d}-", year, take_number(unit, "case", year))
    open_case(case, "submit", actor=actor, at=at, register_by=register_by(at))
    door.record_submission(SCOPE, key, content, case, at)
    for upload in files:
        attach(case=case, name=upload.name, data=upload.data, at=at)
    issue(
        case,
        "application_form",
        unit=unit,
        actor=actor,
        at=at,
        facts=letters.application_form(case, files, at),
        addressee=case.name,
    )
    if told:
        tell_applicant(
            case,
            "submitted",
            f"{case.addressed_as}的政府信息公开申请已提交（{case.number}）",
            f"受理机关：{unit.name}。请保存编号和查询码，机关登记后将告知答复期限。",
            at,
            first=actor.is_public,
        )
    RequestDraft.objects.filter(key=door.key_digest(key)).update(submitted_as=case, answers={})
    return Submitted(case, code, repeated=False)


def register_by(at: datetime) -> WorkdayTerm:
    """The term in which what came in at that moment has to be registered: one working day."""
    today = timezone.localdate(at)
    return calendar().term(today, limit("disclosure.registration", on=today).days)


@transaction.atomic
def register(
    *,
    case: DisclosureRequest,
    received_on: date,
    channel: str,
    evidence: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Fix the day of receipt; the clock starts, the applicant gets the 登记回执."""
    take_step(
        case,
        "register",
        actor=actor,
        at=at,
        seen_version=seen_version,
        received_on=received_on,
        channel=channel,
        evidence=evidence,
        entered=case.events.filter(kind="submit", actor_kind="staff").exists() and case.applicant_id is None,
    )
    issue(
        case, "receipt", unit=case.unit, actor=actor, at=at, facts=letters.receipt(case), addressee=case.name
    )
    issue(
        case, "register_sheet", unit=case.unit, actor=actor, at=at, facts=letters.register_sheet(case, actor)
    )
    tell_applicant(
        case,
        "registered",
        f"{case.addressed_as}的申请已登记（{case.number}）",
        f"收到日期：{cn_date(received_on)}；答复期限至：{told_day(case.due_on)}。",
        at,
    )


@transaction.atomic
def transfer(
    *,
    case: DisclosureRequest,
    unit: Unit,
    reason: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Hand an unregistered request to another unit. Raises InvalidInput for one that takes no requests."""
    if not unit.is_active or not unit.takes_requests:
        raise InvalidInput("该机关不受理政府信息公开申请", "unit")
    take_step(
        case,
        "transfer",
        actor=actor,
        at=at,
        seen_version=seen_version,
        unit_id=unit.pk,
        unit_name=unit.name,
        reason=reason,
        register_by=register_by(at),
    )
    tell_applicant(
        case,
        "transferred",
        f"{case.addressed_as}的申请已转由{unit.name}办理（{case.number}）",
        f"{case.addressed_as}申请的信息由{unit.name}制作或者保存，由该机关登记并答复。",
        at,
    )


@transaction.atomic
def assign(
    *, case: DisclosureRequest, officer: Account, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Give the request to a person of the unit. Raises InvalidInput for somebody from elsewhere."""
    if not people_with(case.unit, *HANDLING_ROLES, on=timezone.localdate(at)).filter(pk=officer.pk).exists():
        raise InvalidInput("请选择本机关的经办人员", "officer")
    if officer.pk == case.applicant_id:
        raise InvalidInput("该人员是本件的申请人，应当回避", "officer")
    take_step(
        case,
        "assign",
        actor=actor,
        at=at,
        seen_version=seen_version,
        officer_id=officer.pk,
        officer_label=officer.get_full_name(),
    )


@transaction.atomic
def withdraw(
    *, case: DisclosureRequest, reason: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> None:
    """Take the request back before the answer; reviews and consultations end, the 撤回确认书 goes out."""
    told = can_be_told(case)
    take_step(case, "withdraw", actor=actor, at=at, seen_version=seen_version, reason=reason, told=told)
    paid = case.fees.filter(state=FeeState.PAID).exists()
    end_everything(case, at)
    paper = issue(
        case,
        "withdrawal_note",
        unit=case.unit,
        actor=actor,
        at=at,
        facts=letters.withdrawal_note(case, at, by_letter=actor.is_staff, paid=paid),
        addressee=case.name,
    )
    serve(case, paper, at)
    tell_applicant(
        case,
        "withdrawn",
        f"{case.addressed_as}的申请已撤回（{case.number}）",
        f"该申请不再办理。{letters.PAID_ALREADY if paid else ''}需要时可以重新提出申请；并非{case.addressed_as}本人撤回的，请立即与受理机关联系。",
        at,
    )
