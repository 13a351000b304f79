"""Disclosure requests: the smallest lawful one, and later states reached through actions."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from portal.core.actors import GUEST, Actor
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.reply import ReplyText
from requests_app.choices import Channel, ReplyKind
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment

_keys = count(1)
NAME, IDENTITY, PHONE = "梁䶮", "11010519491231002X", "13800000000"


def answers(**changes: Any) -> dict[str, Any]:
    """Checked answers of a citizen who asks for one thing."""
    return {
        "applicant_kind": "citizen",
        "organisation_kind": "",
        "name": NAME,
        "identity_kind": "resident",
        "identity_number": IDENTITY,
        "phone": PHONE,
        "email": "",
        "address": "云南省玉溪市红塔区示例路1号",
        "postcode": "653100",
        "information_name": "2025年度老旧小区改造项目清单",
        "information_number": "",
        "description": "包括投资金额。",
        "form_wanted": "electronic",
        "delivery": "online",
    } | changes


def submitted(
    unit: Unit, *, on: str = "2026-02-09", actor: Actor = GUEST, **changes: Any
) -> DisclosureRequest:
    """A request that has just come in."""
    key = f"test-submission-key-{next(_keys):06d}"
    return actions.submit(unit=unit, answers=answers(**changes), key=key, actor=actor, at=moment(on)).case


def registered(unit: Unit, clerk: Person, *, on: str = "2026-02-10", **changes: Any) -> DisclosureRequest:
    """A request whose clock runs since that day."""
    case = submitted(unit, on=on, **changes)
    actions.register(
        case=case,
        received_on=date.fromisoformat(on),
        channel=Channel.ONLINE,
        evidence="平台确认",
        actor=clerk.actor,
        at=moment(on, 11),
    )
    return case


def handled(unit: Unit, clerk: Person, *, on: str = "2026-02-10", **changes: Any) -> DisclosureRequest:
    """A request in a clerk's hands."""
    case = registered(unit, clerk, on=on, **changes)
    actions.assign(case=case, officer=clerk.account, actor=clerk.actor, at=moment(on, 12))
    return case


def in_review(
    unit: Unit,
    clerk: Person,
    *,
    on: str = "2026-02-10",
    at: str = "2026-03-02",
    text: ReplyText | None = None,
) -> DisclosureRequest:
    """A request whose reply has been sent to review."""
    case = handled(unit, clerk, on=on)
    words = text or ReplyText(ReplyKind.DISCLOSE, "清单共12项，见附表。")
    actions.draft_reply(case=case, text=words, actor=clerk.actor, at=moment(at))
    actions.submit_reply(case=case, actor=clerk.actor, at=moment(at, 11))
    return case


def signed(unit: Unit, team: dict[str, Person], **options: Any) -> DisclosureRequest:
    """A request whose reply is signed but not yet out."""
    case = in_review(unit, team["clerk"], **options)
    actions.review_reply(case=case, actor=team["reviewer"].actor, at=moment("2026-03-03"))
    actions.clear_reply(case=case, actor=team["secrecy"].actor, at=moment("2026-03-04"))
    actions.sign_reply(case=case, actor=team["approver"].actor, at=moment("2026-03-05"))
    return case


def answered(unit: Unit, team: dict[str, Person], **options: Any) -> DisclosureRequest:
    """A request that has been answered."""
    case = signed(unit, team, **options)
    actions.reply(case=case, actor=team["clerk"].actor, at=moment("2026-03-06"))
    return case
