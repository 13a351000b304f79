"""Asking others: third parties, joint makers, assisting units (条例第三十二条、第三十四条)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.cases.periods import up_to_date
from portal.cases.steps import lock, take_step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.core.telephone import mobile, normal_telephone, telephone_problem
from portal.documents.actions import issue
from portal.holidays.calendars import calendar
from portal.messaging.actions import Recipient, notify
from portal.privacy.crypto import keyed_digest
from requests_app import letters, rules
from requests_app.actions.naming import refuse_applicant_as_party, refuse_others_named
from requests_app.actions.word import tell_applicant
from requests_app.choices import ConsultKind, PartyIs, SendBy
from requests_app.models import Consultation, DisclosureRequest

TOKEN_BYTES = 32
LETTERS = {
    ConsultKind.THIRD_PARTY: "third_party_letter",
    ConsultKind.JOINT_MAKER: "joint_maker_letter",
    ConsultKind.ASSISTANT: "assistance_letter",
}
PURPOSE = "consult-token"


@dataclass(frozen=True)
class Party:
    """Who is asked, and what about."""

    kind: str
    name: str
    asked: str
    send_by: str
    email: str = ""
    phone: str = ""
    address: str = ""
    tracking: str = ""
    party_is: str = PartyIs.ORGANISATION


def hash_token(token: str) -> str:
    """The digest under which a party's token is stored."""
    return keyed_digest(token, PURPOSE)


def _check(party: Party) -> None:
    if party.kind not in ConsultKind.values:
        raise InvalidInput("请选择征求对象", "kind")
    if party.party_is not in PartyIs.values:
        raise InvalidInput("请选择对方是个人还是单位", "party_is")
    if not party.name.strip():
        raise InvalidInput("请填写对方名称", "name")
    if not party.asked.strip():
        raise InvalidInput("请写明征求意见的信息内容", "asked")
    if party.send_by not in SendBy.values:
        raise InvalidInput("请选择送达方式", "send_by")
    problem = telephone_problem(party.phone) if party.phone.strip() else ""
    if problem:
        raise InvalidInput(problem, "phone")
    if party.send_by == SendBy.ONLINE and not (party.email or mobile(party.phone)):
        raise InvalidInput("网上送达的，请填写电子邮箱或者手机号码", "email")
    if party.send_by == SendBy.POST and not party.address.strip():
        raise InvalidInput("邮寄送达的，请填写通信地址", "address")


@transaction.atomic
def consult(
    *,
    case: DisclosureRequest,
    party: Party,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> str:
    """Ask somebody for an opinion in writing; gives the address of the party's own page, shown this once.

    The clock stands still from today until the opinion, or the limit from the party's own receipt. Of a third
    party's consultation the applicant is told, without naming it.
    """
    _check(party)
    refuse_others_named(case, None, party.name, asked=party.asked)
    refuse_applicant_as_party(case, party.name, party.phone, party.email)
    lock(case)
    today = timezone.localdate(at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    period = rules.opinion_limit(party.kind, case.law_day)
    answer_by = calendar().term(today, period.days)
    asked = Consultation.objects.create(
        request=case,
        kind=party.kind,
        party_is=party.party_is if party.kind == ConsultKind.THIRD_PARTY else PartyIs.ORGANISATION,
        name=party.name.strip(),
        email=party.email.strip(),
        phone=normal_telephone(party.phone),
        address=party.address.strip(),
        asked=party.asked.strip(),
        send_by=party.send_by,
        tracking=party.tracking.strip(),
        sent_on=today,
        answer_by=answer_by.last,
        token_hash=hash_token(token),
    )
    take_step(
        case,
        "consult",
        actor=actor,
        at=at,
        seen_version=seen_version,
        kind=asked.kind,
        position=case.consultations.count(),
        key=asked.clock_key,
        answer_by=answer_by,
    )
    asked.letter = issue(
        case,
        LETTERS[ConsultKind(asked.kind)],
        unit=case.unit,
        actor=actor,
        at=at,
        facts=letters.consultation(asked, period),
        addressee=asked.name,
    )
    asked.save(update_fields=["letter"])
    path = reverse("opinions:enter", args=[token])
    _send_link(asked, path, case, at)
    if asked.kind == ConsultKind.THIRD_PARTY:
        _tell_of_consultation(case, actor, at)
    return path


def _send_link(asked: Consultation, path: str, case: DisclosureRequest, at: datetime) -> None:
    if asked.send_by != SendBy.ONLINE:
        return
    notify(
        recipient=Recipient(email=asked.email, phone=mobile(asked.phone)),
        key=f"consult:{asked.public_id}:{asked.token_hash[:16]}",
        subject=f"{case.unit.name}征求{asked.addressed_as}的意见",
        body=f"请打开以下链接，确认收到并提出意见。链接只供{asked.addressed_as}使用，请勿转发。",
        link=path,
        at=at,
        secret=True,
    )


def _tell_of_consultation(case: DisclosureRequest, actor: Actor, at: datetime) -> None:
    """The 征求第三方意见告知书, once for a request however many parties there are."""
    if case.documents.filter(kind="third_party_notice").exists():
        return
    issue(
        case,
        "third_party_notice",
        unit=case.unit,
        actor=actor,
        at=at,
        facts=letters.third_party_notice(case, timezone.localdate(at)),
        addressee=case.name,
    )
    tell_applicant(
        case,
        "consulting",
        f"{case.addressed_as}的申请正在征求第三方意见（{case.number}）",
        f"{case.addressed_as}申请的信息可能涉及第三方合法权益，已书面征求其意见。征求意见的时间不计入答复期限。",
        at,
    )


@transaction.atomic
def renew_link(
    *,
    case: DisclosureRequest,
    consultation: Consultation,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> str:
    """A new address for the party's page, shown this once; the former one no longer opens."""
    locked = locked_consultation(case, consultation)
    if not locked.is_open and locked.decision_id is None:
        still_open(locked)
    take_step(case, "renew_link", actor=actor, at=at, seen_version=seen_version, position=position_of(locked))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    locked.token_hash = hash_token(token)
    locked.save(update_fields=["token_hash"])
    path = reverse("opinions:enter", args=[token])
    _send_link(locked, path, case, at)
    return path


def locked_consultation(case: DisclosureRequest, consultation: Consultation) -> Consultation:
    """The consultation of that case, locked, the case before it; NotFound for another case's."""
    lock(case)
    found = Consultation.objects.select_for_update().filter(pk=consultation.pk, request=case).first()
    if found is None:
        raise NotFound("没有找到该征求意见。")
    return up_to_date("requests.opinion_by", found, calendar())  # type: ignore[no-any-return]


def position_of(asked: Consultation) -> int:
    """Which of the request's consultations it is, from 1: how the log names it."""
    return Consultation.objects.filter(request_id=asked.request_id, pk__lte=asked.pk).count()


def still_open(asked: Consultation) -> None:
    """Raise StepRefused if no opinion is waited for any more."""
    if not asked.is_open:
        raise StepRefused(f"该征求意见已经结束（{asked.get_state_display()}）。")


@transaction.atomic
def record_party_receipt(
    *,
    case: DisclosureRequest,
    consultation: Consultation,
    received_on: date,
    evidence: str,
    actor: Actor,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """The party received the letter on that day; its own limit counts from it."""
    asked = locked_consultation(case, consultation)
    still_open(asked)
    if asked.received_on is not None:
        raise StepRefused("收到日已经登记；有误的，由签发人更正。")
    days = rules.opinion_limit(asked.kind, case.law_day).days
    answer_by = calendar().term(received_on, days)
    take_step(
        case,
        "record_party_receipt",
        actor=actor,
        at=at,
        seen_version=seen_version,
        kind=asked.kind,
        position=position_of(asked),
        key=asked.clock_key,
        sent=calendar().term(asked.sent_on, days),
        received_on=received_on,
        evidence=evidence,
        answer_by=answer_by,
    )
    asked.received_on, asked.receipt_evidence, asked.answer_by = received_on, evidence.strip(), answer_by.last
    asked.save(update_fields=["received_on", "receipt_evidence", "answer_by"])
