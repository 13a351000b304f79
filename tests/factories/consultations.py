"""Consultations at every stage, made through the real actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from consultations import actions
from consultations.models import PublicConsultation
from portal.core.actors import GUEST, Actor
from portal.units.models import Unit
from tests.cast import Person, moment

TEXT = """玉溪市城市供水管理办法

第一章　总则

第一条　为了保障城市供水，维护用户和供水企业的合法权益，制定本办法。

第二条　本办法适用于本市中心城区的供水和用水活动。

第二章　供水

第三条　供水企业应当做好下列工作：

（一）保证水质符合国家标准；

（二）停水提前一天告知用户。

第四条　水质检测结果每季度公布一次。
"""
REVISED = TEXT.replace("停水提前一天告知用户", "计划停水提前两天告知用户").replace("每季度", "每月")
ANSWERS: dict[str, Any] = {
    "title": "玉溪市城市供水管理办法（征求意见稿）",
    "policy_kind": "normative",
    "background": "现行办法已施行十年，需要修订。",
    "contact_name": "供水科",
    "contact_phone": "0877-12345",
    "contact_email": "water@example.org",
    "contact_address": "玉溪市红塔区",
    "opens_on": date(2026, 3, 2),
    "closes_on": date(2026, 3, 31),
    "shorter_reason": "",
    "access": "anyone",
    "display": "by_rule",
}


def drafted(unit: Unit, clerk: Person, **changes: Any) -> PublicConsultation:
    """A consultation with its text, not yet submitted; opens on 2026-03-02, ends on 2026-03-31."""
    case = actions.open_draft(
        answers={**ANSWERS, **changes}, unit=unit, actor=clerk.actor, at=moment("2026-02-24")
    )
    actions.add_version(
        case=case, title="玉溪市城市供水管理办法", text=TEXT, actor=clerk.actor, at=moment("2026-02-24", 11)
    )
    return case


def announced(unit: Unit, team: dict[str, Person], **changes: Any) -> PublicConsultation:
    """A signed one."""
    case = drafted(unit, team["clerk"], **changes)
    actions.submit_draft(case=case, actor=team["clerk"].actor, at=moment("2026-02-25"))
    actions.review_draft(case=case, actor=team["reviewer"].actor, at=moment("2026-02-26"))
    actions.clear_draft(case=case, actor=team["secrecy"].actor, at=moment("2026-02-26", 14))
    actions.announce(case=case, actor=team["approver"].actor, at=moment("2026-02-27"))
    return case


def said(
    case: PublicConsultation,
    text: str,
    *,
    key: str,
    clause: str = "",
    on: str = "2026-03-05",
    actor: Actor = GUEST,
    email: str = "",
    **changes: Any,
) -> actions.Commented:
    """A comment of a guest, or of the actor."""
    facts: dict[str, Any] = {
        "attitude": "change",
        "writer": "person",
        "name": "",
        "address": "",
        **changes,
    }
    return actions.comment(
        case=case, clause=clause, text=text, email=email, key=key, actor=actor, at=moment(on), **facts
    )


def closed(unit: Unit, team: dict[str, Person]) -> PublicConsultation:
    """One with three comments whose period has ended, and its revised text."""
    case = announced(unit, team)
    said(case, "停水应当至少提前两天告知用户。", key="k1", clause="t3.x2", email="one@example.org")
    said(case, "停水应当至少提前两天告知用户", key="k2", clause="t3.x2")
    said(case, "费用应当全部由供水企业承担。", key="k3")
    actions.close(case=case, actor=team["clerk"].actor, at=moment("2026-04-01", 9))
    actions.add_version(
        case=case,
        title="玉溪市城市供水管理办法（修改稿）",
        text=REVISED,
        actor=team["clerk"].actor,
        at=moment("2026-04-02"),
    )
    return case
