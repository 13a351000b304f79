"""People change: another telephone or address, a name or a document put right (条例第二十九条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from portal.cases.steps import take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput
from portal.core.identity import normal_identity
from portal.core.telephone import mobile
from portal.messaging.actions import Recipient, notify
from portal.privacy.crypto import blind_index
from requests_app.actions.particulars import check_identity, checked_contact, keep_former
from requests_app.actions.word import tell_applicant
from requests_app.choices import ApplicantKind, Delivery, OrganisationKind
from requests_app.models import DisclosureRequest


@dataclass(frozen=True)
class Contact:
    """How the applicant is reached from now on; None leaves a field as it is, "" empties it."""

    phone: str | None = None
    email: str | None = None
    address: str | None = None
    postcode: str | None = None
    delivery: str | None = None


@dataclass(frozen=True)
class Amended:
    """Who the applicant is, put right; "" leaves a field as it is."""

    name: str = ""
    applicant_kind: str = ""
    organisation_kind: str = ""
    identity_kind: str = ""
    identity_number: str = ""


@transaction.atomic
def change_contact(
    *,
    case: DisclosureRequest,
    contact: Contact,
    actor: Actor,
    at: datetime,
    evidence: str = "",
    seen_version: int | None = None,
) -> None:
    """Reach the applicant another way; told by the new ways and by those of before.

    Raises InvalidInput where nobody could be reached, or not as the papers are wanted.
    """
    fields = ("phone", "email", "address", "postcode", "delivery")
    wanted = {name: getattr(contact, name) for name in fields}
    new = {name: getattr(case, name) if value is None else value.strip() for name, value in wanted.items()}
    if new["delivery"] not in Delivery.values:
        raise InvalidInput("请选择获取方式", "delivery")
    new["phone"], new["email"], new["address"] = checked_contact(
        new["phone"], new["email"], new["address"], new["delivery"]
    )
    take_step(
        case,
        "change_contact",
        actor=actor,
        at=at,
        seen_version=seen_version,
        changed=[name for name in fields if new[name] != getattr(case, name)],
        delivery=new["delivery"],
        evidence=evidence,
    )
    keep_former(case, at)
    before = Recipient(
        email=case.email if case.email != new["email"] else "",
        phone=mobile(case.phone) if mobile(case.phone) != mobile(new["phone"]) else "",
    )
    for name, value in new.items():
        setattr(case, name, value)
    case.save(update_fields=fields)
    subject = f"{case.addressed_as}的申请已变更联系方式（{case.number}）"
    body = "申请的联系方式或者获取方式已经变更。如非本人要求，请立即联系受理机关。"
    tell_applicant(case, "contact", subject, body, at)
    notify(
        recipient=before,
        key=f"{case.public_id}:former-contact:{case.last_seq}",
        subject=subject,
        body=body,
        link=reverse("requests:track"),
        at=at,
    )


@transaction.atomic
def amend_applicant(
    *,
    case: DisclosureRequest,
    amended: Amended,
    evidence: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Put name, kind or document right; the indexes for look-up follow. A request from a letter gets its identity so.

    Raises InvalidInput for a number that does not fit, and for another kind of applicant without its number.
    """
    new = _amended(case, amended)
    take_step(
        case,
        "amend_applicant",
        actor=actor,
        at=at,
        seen_version=seen_version,
        changed=[name for name, value in new.items() if value != getattr(case, name)],
        applicant_kind=new["applicant_kind"],
        evidence=evidence,
    )
    keep_former(case, at)
    for name, value in new.items():
        setattr(case, name, value)
    case.name_index = blind_index(case.name, "name")
    case.identity_index = blind_index(case.identity_number, "identity")
    case.save(update_fields=[*new, "name_index", "identity_index"])
    tell_applicant(
        case,
        "amended",
        f"{case.addressed_as}的申请已更正申请人信息（{case.number}）",
        "申请人信息已依据证明材料更正。如有疑问，请联系受理机关。",
        at,
    )


def _amended(case: DisclosureRequest, amended: Amended) -> dict[str, str]:
    """The fields as they are to stand."""
    kind = amended.applicant_kind or case.applicant_kind
    if kind not in ApplicantKind.values:
        raise InvalidInput("请选择申请人类型", "applicant_kind")
    other = kind != case.applicant_kind
    organisation = kind == ApplicantKind.ORGANISATION
    organisation_kind = (amended.organisation_kind or case.organisation_kind) if organisation else ""
    if organisation and organisation_kind not in OrganisationKind.values:
        raise InvalidInput("请选择组织类型", "organisation_kind")
    number = normal_identity(amended.identity_number) or ("" if other else case.identity_number)
    identity_kind = "" if organisation else amended.identity_kind or case.identity_kind
    if other and not number:
        raise InvalidInput("变更申请人类型的，请填写相应的证件号码或者统一社会信用代码", "identity_number")
    if identity_kind != case.identity_kind and not organisation and not number:
        raise InvalidInput("请填写证件号码", "identity_number")
    if number:
        check_identity(kind, identity_kind, number)
    return {
        "name": amended.name.strip() or case.name,
        "applicant_kind": kind,
        "organisation_kind": organisation_kind,
        "identity_kind": identity_kind if number else "",
        "identity_number": number,
    }
