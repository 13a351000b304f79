"""Letters: the smallest lawful one, and later states reached through actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

import pytest

from mailbox import actions
from mailbox.models import Letter, RatingInvitation
from portal.core.actors import GUEST, Actor
from portal.messaging.models import Message
from portal.units.choices import Role
from portal.units.models import Unit
from tests.cast import Person, moment, person

_keys = count(1)
NAME, PHONE, EMAIL = "梁䶮", "13800000001", "liang@example.org"
GOOD = {
    "addressee": "mayor",
    "addressed_unit": "",
    "letter_kind": "help",
    "place": "hongta",
    "topic": "某路口夜间照明不足",
    "text": "红塔区某路口的路灯不亮，夜间行人很不安全。",
    "name": NAME,
    "phone": PHONE,
    "email": "",
    "residence": "",
    "confidential": "no",
    "key": "page-key-" + "0" * 20,
}
BODY = "一、核实情况：该路口2盏路灯因线路故障不亮。\n二、处理情况：已修复。"


@dataclass(frozen=True)
class Hands:
    """Everybody through whose hands a letter goes: the mailbox office's clerk and head, and the housing bureau."""

    office: Unit
    unit: Unit
    office_clerk: Person
    office_head: Person
    clerk: Person
    reviewer: Person
    approver: Person


@pytest.fixture(name="hands")
def staffed(office: Unit, housing: Unit) -> Hands:
    """The mailbox office and the housing bureau, staffed."""
    return Hands(
        office,
        housing,
        person("mailbox-clerk", office, Role.CLERK),
        person("mailbox-head", office, Role.APPROVER),
        person("housing-clerk", housing, Role.CLERK),
        person("housing-reviewer", housing, Role.REVIEWER),
        person("housing-approver", housing, Role.APPROVER),
    )


@pytest.fixture(name="transport")
def assisting_unit(organisation: None) -> Unit:
    """An assisting unit."""
    return Unit.objects.get(code="transport")


@pytest.fixture(name="helper")
def assisting_clerk(transport: Unit) -> Person:
    """经办人 of the assisting unit."""
    return person("transport-clerk", transport, Role.CLERK)


def answers(**changes: Any) -> dict[str, Any]:
    """Checked answers of somebody who asks for help."""
    return {
        "addressee": "mayor",
        "addressed_unit": "",
        "letter_kind": "help",
        "place": "hongta",
        "topic": "某路口夜间照明不足",
        "text": "红塔区某路口的路灯不亮，夜间行人很不安全，请尽快修复。",
        "name": NAME,
        "phone": PHONE,
        "email": EMAIL,
        "residence": "",
        "confidential": False,
        "consent_to_publish": False,
    } | changes


def submitted(*, on: str = "2026-02-10", actor: Actor = GUEST, **changes: Any) -> Letter:
    """A letter that has just come in."""
    key = f"test-letter-key-{next(_keys):06d}"
    return actions.submit(answers=answers(**changes), key=key, actor=actor, at=moment(on)).case


def report(**changes: Any) -> Letter:
    """A confidential report whose words name its writer."""
    text = f"我是{NAME}，电话{PHONE}，举报某工地夜间违规施工。"
    return submitted(letter_kind="report", confidential=True, topic="某工地违规施工", text=text, **changes)


def accepted(
    hands: Hands, *, case: Letter | None = None, on: str = "2026-02-10", simple: bool = False
) -> Letter:
    """A letter whose clock runs since that day: complex, unless it is simple."""
    case = case or submitted(on=on)
    complexity = "reply_simple" if simple else "reply_complex"
    actions.accept(case=case, complexity=complexity, actor=hands.office_clerk.actor, at=moment(on, 11))
    return case


def assigned(hands: Hands, *, on: str = "2026-02-10", **options: Any) -> Letter:
    """A letter that the housing bureau has been given."""
    case = accepted(hands, on=on, **options)
    actions.assign(case=case, unit=hands.unit, actor=hands.office_clerk.actor, at=moment(on, 12))
    return case


def handled(hands: Hands, *, on: str = "2026-02-10", **options: Any) -> Letter:
    """A letter in the hands of the housing bureau's clerk."""
    case = assigned(hands, on=on, **options)
    actions.sign_for(case=case, actor=hands.clerk.actor, at=moment(on, 14))
    return case


def in_review(
    hands: Hands, *, at: str = "2026-02-24", case: Letter | None = None, body: str = BODY
) -> Letter:
    """A letter whose answer has been sent to review."""
    case = case or handled(hands)
    actions.draft_reply(case=case, body=body, actor=hands.clerk.actor, at=moment(at))
    actions.submit_reply(case=case, actor=hands.clerk.actor, at=moment(at, 11))
    return case


def signed(hands: Hands, *, at: str = "2026-02-24", **options: Any) -> Letter:
    """A letter whose answer waits for the mailbox office's check."""
    case = in_review(hands, at=at, **options)
    actions.review_reply(case=case, actor=hands.reviewer.actor, at=moment(at, 14))
    actions.sign_reply(case=case, actor=hands.approver.actor, at=moment(at, 15))
    return case


def answered(hands: Hands, *, at: str = "2026-02-24", **options: Any) -> Letter:
    """A letter that has been answered."""
    case = signed(hands, at=at, **options)
    actions.answer(case=case, actor=hands.office_clerk.actor, at=moment(at, 16))
    return case


def invitation(case: Letter) -> RatingInvitation:
    """The invitation to rate the letter's last answer."""
    return RatingInvitation.objects.get(letter=case, round=case.round)


def rating_path(case: Letter) -> str:
    """The address of the rating page, as it was sent to the writer."""
    key = f"{case.public_id}:rate:{case.round}:mail"
    return str(Message.objects.get(key=key).secret_link)


def dissatisfied(case: Letter, *, on: str) -> bool:
    """The writer rates the answer as not solving anything, and says so; True if the supervisors are called."""
    actions.rate(invitation=invitation(case), solved=1, attitude=3, at=moment(on))
    called = actions.object_to_answer(invitation=invitation(case), reason="路灯仍然不亮", at=moment(on, 11))
    case.refresh_from_db()
    return called


def day(text: str) -> date:
    """A date from its ISO form."""
    return date.fromisoformat(text)


def helped(hands: Hands, transport: Unit, case: Letter | None = None) -> Letter:
    """A letter for which the transport bureau is asked to contribute."""
    case = case or handled(hands)
    actions.ask_assistance(
        case=case,
        unit=transport,
        asked="该路段道路权属",
        due_on=day("2026-02-25"),
        actor=hands.clerk.actor,
        at=moment("2026-02-11"),
    )
    return case


@dataclass(frozen=True)
class Desk:
    """Who publishes for the housing bureau: the secrecy reviewer and the publisher."""

    secrecy: Person
    publisher: Person


@pytest.fixture(name="desk")
def publishing_desk(housing: Unit) -> Desk:
    """The housing bureau's secrecy reviewer and publisher."""
    return Desk(
        person("housing-secrecy", housing, Role.SECRECY_REVIEWER),
        person("housing-publisher", housing, Role.PUBLISHER),
    )


COPY = {
    "title": "路口夜间照明不足的答复",
    "question": "某路口的路灯不亮，夜间行人很不安全。",
    "answer": "该路口路灯因线路故障不亮，已修复。",
}


def proposed(hands: Hands, *, on: str = "2026-02-25", case: Letter | None = None, **changes: str) -> Letter:
    """An answered letter of which a public copy has been proposed."""
    case = case or answered(hands)
    actions.propose_release(case=case, actor=hands.clerk.actor, at=moment(on), **(COPY | changes))
    return case


def cleared(hands: Hands, desk: Desk, *, on: str = "2026-02-25", **options: Any) -> Letter:
    """An answered letter whose public copy may be published."""
    case = proposed(hands, on=on, **options)
    actions.clear_release(case=case, actor=desk.secrecy.actor, at=moment(on, 11))
    return case


def published(hands: Hands, desk: Desk, *, on: str = "2026-02-25", **options: Any) -> Letter:
    """An answered letter that everyone may read."""
    case = cleared(hands, desk, on=on, **options)
    actions.release(case=case, actor=desk.publisher.actor, at=moment(on, 12))
    return case
