"""Polls at every stage, made through the real actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from consultations.polls import actions
from consultations.polls.models import Poll
from portal.units.models import Unit
from tests.cast import Person, moment

QUESTIONS: tuple[dict[str, Any], ...] = (
    {"kind": "single", "title": "您怎样出行？", "required": True, "options": ["公交", "步行", "开车"]},
    {
        "kind": "multiple",
        "title": "开车的困难",
        "required": True,
        "options": ["停车难", "拥堵", "收费"],
        "least": 1,
        "most": 2,
        "show_if": {"question": "q1", "option": "o3"},
    },
    {"kind": "rating", "title": "总体评分", "required": True, "least": 1, "most": 5},
    {"kind": "text", "title": "还想说什么", "required": False, "most": 200, "page": 2},
)
ANSWERS: dict[str, Any] = {
    "title": "公共交通满意度调查",
    "poll_kind": "survey",
    "intro": "了解市民对公共交通的看法。",
    "opens_on": date(2026, 3, 2),
    "closes_on": date(2026, 3, 20),
    "who": "anyone",
    "secrecy": "hidden",
    "changeable": False,
    "shows_running": False,
}
SHEET: dict[str, Any] = {"q1": "o1", "q3": 4, "q4": "多开夜班车"}


def drafted(unit: Unit, clerk: Person, **changes: Any) -> Poll:
    """A poll with its questions; open from 2026-03-02 to 2026-03-20."""
    case = actions.open_poll(
        answers={**ANSWERS, **changes}, unit=unit, actor=clerk.actor, at=moment("2026-02-24")
    )
    for question in QUESTIONS:
        actions.put_question(
            case=case, question=dict(question), actor=clerk.actor, at=moment("2026-02-24", 11)
        )
    return case


def approved(unit: Unit, team: dict[str, Person], **changes: Any) -> Poll:
    """A signed one."""
    case = drafted(unit, team["clerk"], **changes)
    if case.who == "token":
        case.__dict__["made_tokens"] = actions.make_tokens(case=case, count=3, actor=team["clerk"].actor)
    actions.submit_poll(case=case, actor=team["clerk"].actor, at=moment("2026-02-25"))
    actions.review_poll(case=case, actor=team["reviewer"].actor, at=moment("2026-02-25", 11))
    actions.clear_poll(case=case, actor=team["secrecy"].actor, at=moment("2026-02-25", 14))
    actions.approve_poll(case=case, actor=team["approver"].actor, at=moment("2026-02-26"))
    return case


def cast(
    case: Poll, key: str, sheet: dict[str, Any] | None = None, on: str = "2026-03-05", **who: Any
) -> actions.Voted:
    """A vote of a device named by the key, or of whoever is given."""
    voter = actions.Voter(**(who or {"device": f"device-{key}", "address": "198.51.100.7"}))
    return actions.vote(case=case, sheet=sheet or SHEET, voter=voter, key=key, at=moment(on))


def counted(unit: Unit, team: dict[str, Person], votes: int = 3, **changes: Any) -> Poll:
    """One that has ended with so many votes."""
    case = approved(unit, team, **changes)
    for number in range(votes):
        cast(case, f"k{number}")
    actions.close_ended(at=moment("2026-03-21"))
    return Poll.objects.get(pk=case.pk)
