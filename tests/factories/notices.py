"""Items that the city publishes, made through the real actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from notices import actions
from notices.choices import NEEDS_HIGHER, NEEDS_LEADER, Route
from notices.models import Article, Column
from portal.units.models import Unit
from tests.cast import Person, moment

BODY = "# 一、停水范围\n红塔区某片区。\n# 二、恢复时间\n预计当日18时恢复供水，请提前储水。"


def column(unit: Unit, entry: str = "notices") -> Column:
    """A column of the unit's catalogue."""
    if not Column.objects.filter(unit=unit).exists():
        actions.load_catalogue()
    return Column.objects.get(unit=unit, entry=entry)


def answers(unit: Unit, **changes: Any) -> dict[str, Any]:
    """The particulars of a notice made on 2026-03-02."""
    facts: dict[str, Any] = {
        "title": "关于部分片区停水的通告",
        "column": column(unit, changes.pop("entry", "notices")),
        "route": Route.GENERAL,
        "doc_number": "",
        "issuer": unit.name,
        "made_on": date(2026, 3, 2),
        "subject": "construction",
        "openness": "proactive",
        "summary": "",
        "body": BODY,
        "source": "",
        "source_url": "",
        "interprets": None,
        "outlets": [],
    }
    return {**facts, **changes}


def drafted(unit: Unit, clerk: Person, **changes: Any) -> Article:
    """An item that a clerk has written."""
    return actions.open_item(answers=answers(unit, **changes), actor=clerk.actor, at=moment("2026-03-02"))


def approved(unit: Unit, team: dict[str, Person], higher: Person | None = None, **changes: Any) -> Article:
    """An item that has gone through the whole review of its route."""
    case = drafted(unit, team["clerk"], **changes)
    actions.submit_item(case=case, actor=team["clerk"].actor, at=moment("2026-03-02", 11))
    actions.review_item(case=case, actor=team["reviewer"].actor, at=moment("2026-03-02", 14))
    actions.clear_item(case=case, actor=team["secrecy"].actor, at=moment("2026-03-03", 9))
    if Route(case.route) in NEEDS_LEADER:
        actions.approve_item(case=case, actor=team["approver"].actor, at=moment("2026-03-03", 10))
    if Route(case.route) in NEEDS_HIGHER:
        assert higher is not None
        actions.approve_higher(case=case, actor=higher.actor, at=moment("2026-03-03", 15))
    return case


def published(unit: Unit, team: dict[str, Person], on: str = "2026-03-04", **changes: Any) -> Article:
    """One that everyone may read."""
    case = approved(unit, team, **changes)
    actions.publish_item(case=case, actor=team["publisher"].actor, at=moment(on))
    return case
