"""Somebody else goes on with a request, or its applicant has another name (general rules of succession, 待核)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from portal.cases import intake as door
from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput
from portal.core.identity import normal_identity
from portal.core.telephone import mobile
from portal.messaging.actions import Recipient, notify
from portal.privacy.crypto import blind_index
from portal.privacy.personal import particulars
from requests_app import rules
from requests_app.actions.particulars import check_identity, checked_contact, keep_former
from requests_app.actions.word import tell_applicant
from requests_app.choices import ApplicantKind, SuccessionReason
from requests_app.models import DisclosureRequest

ENDS_WITH_THE_FORMER = (
    *(name for name, said in particulars(DisclosureRequest).items() if said.ends),
    "postcode",
    "agent_identity_kind",
)

CHANGING = (
    "name",
    "name_index",
    "identity_kind",
    "identity_number",
    "identity_index",
    "phone",
    "email",
    "address",
)


@dataclass(frozen=True)
class Successor:
    """Who goes on with a request; for a mere change of name, the applicant as now called."""

    name: str
    identity_kind: str
    identity_number: str
    phone: str = ""
    address: str = ""
    email: str = ""


@transaction.atomic
def succeed(
    *,
    case: DisclosureRequest,
    successor: Successor,
    reason: str,
    evidence: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> str:
    """Put the successor in the applicant's place; gives a new query code, shown this once ("" for a change of name).

    The former account, code, agent, representative, contact person and ways of reaching end at once, and so does every
    browser that came by the former code; both sides are told. A change of name keeps all of them, and the document number
    or credit code must stay the same. Raises InvalidInput for particulars that do not hold.
    """
    number = normal_identity(successor.identity_number)
    renamed = reason == SuccessionReason.NAME
    if not successor.name.strip():
        raise InvalidInput("请填写承继人姓名或者名称", "name")
    check_identity(case.applicant_kind, successor.identity_kind, number)
    problem = rules.renaming_problem(case.identity_number, number) if renamed else ""
    if problem:
        raise InvalidInput(problem, "identity_number")
    unchanged = renamed and not (successor.phone or successor.email or successor.address)
    reached = case if unchanged else successor
    contact = checked_contact(reached.phone, reached.email, reached.address, case.delivery)
    take_step(
        case, "succeed", actor=actor, at=at, seen_version=seen_version, reason=reason, evidence=evidence
    )
    keep_former(case, at, gone=not renamed)
    former = _ways_to(case)
    case.name, case.identity_number = successor.name.strip(), number
    case.name_index, case.identity_index = blind_index(case.name, "name"), blind_index(number, "identity")
    case.phone, case.email, case.address = contact
    if case.applicant_kind == ApplicantKind.CITIZEN:
        case.identity_kind = successor.identity_kind
    if renamed:
        case.save(update_fields=CHANGING)
        _tell_renamed(case, at)
        return ""
    for field in ENDS_WITH_THE_FORMER:
        setattr(case, field, "")
    code = door.code_for(case.public_id, door.new_key())
    case.applicant_id, case.code_hash = None, door.hash_code(code)
    case.save(update_fields=[*CHANGING, *ENDS_WITH_THE_FORMER, "applicant", "code_hash"])
    _tell_former(case, former, at)
    _tell_successor(case, at)
    return code


def _ways_to(case: DisclosureRequest) -> tuple[Recipient, Recipient]:
    """How the applicant and the agent can be reached now."""
    applicant = Recipient(account_id=case.applicant_id, email=case.email, phone=mobile(case.phone))
    agent = mobile(case.agent_phone)
    return applicant, Recipient(phone=agent if agent != applicant.phone else "")


def _tell_former(case: DisclosureRequest, former: tuple[Recipient, Recipient], at: datetime) -> None:
    """Whoever could open the request until now; neither name nor reason is said."""
    for who, recipient in zip(("applicant", "agent"), former, strict=True):
        notify(
            recipient=recipient,
            key=f"{case.public_id}:former-{who}:{case.last_seq}",
            subject=f"政府信息公开申请已变更申请人（{case.number}）",
            body=f"该申请已依据证明材料变更申请人，原账号、查询码和代理随即失效。有异议的，请向{case.unit.name}提出。",
            link=reverse("requests:track"),
            at=at,
        )


def _tell_successor(case: DisclosureRequest, at: datetime) -> None:
    tell_applicant(
        case,
        "succeeded",
        f"{case.addressed_as}已成为政府信息公开申请的申请人（{case.number}）",
        f"该申请由{case.addressed_as}继续，办理期限不变。新的查询码由{case.unit.name}告知。",
        at,
    )


def _tell_renamed(case: DisclosureRequest, at: datetime) -> None:
    tell_applicant(
        case,
        "renamed",
        f"{case.addressed_as}的申请已变更名称（{case.number}）",
        "申请人名称已依据证明材料变更，账号和查询码不变。",
        at,
    )
