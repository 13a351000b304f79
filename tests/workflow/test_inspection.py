"""The vetoes of the national inspection (国办秘函〔2019〕19号): stale columns added up, grave incidents, useless services."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from notices import actions as notices
from notices.choices import Holds
from notices.models import AliveRule, Column
from notices.watch import actions, queries, rules
from notices.watch.choices import Health
from notices.watch.models import InspectionJudgement, TamperAlarm
from notices.watch.rules import Check
from portal.core.errors import InvalidInput, StepRefused
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.notices import approved
from tests.workflow.test_structured import published as published_guide

Team = dict[str, Person]


def check(code: str, on: str) -> Check:
    return {entry.code: entry for entry in queries.inspection_sheet(moment(on))}[code]


def columns(office: Unit, holds: str, number: int, *, parent: Column | None = None) -> list[Column]:
    """So many columns of a kind that must be renewed."""
    return [
        Column.objects.create(
            unit=office,
            entry=f"extra-{holds}-{index}-{parent is not None}",
            title=f"栏目{index}",
            holds=holds,
            parent=parent,
            alive_rule=AliveRule.objects.get(code=holds),
        )
        for index in range(number)
    ]


@pytest.fixture
def filled(office: Unit, team: Team) -> list[Column]:
    """Three news columns and two first-level notice columns, each with one item of 3 March, and one below another."""
    made = [*columns(office, Holds.NEWS, 3), *columns(office, Holds.NOTICE, 2)]
    made += columns(office, Holds.NOTICE, 1, parent=made[3])
    for column in made:
        case = approved(office, team, entry=column.entry)
        notices.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-03", 16))
    return made


def test_news_and_first_level_notices_are_added_up(filled: list[Column]) -> None:
    """News goes stale after two weeks, a notice column after six months: five together are the veto."""
    before = check("stale_added", "2026-03-20")
    assert before.words.startswith("3个，达到5个") and before.veto
    assert (before.health, before.red_on) == (Health.GOOD, date(2026, 9, 3))
    assert check("stale_added", "2026-09-02").health == Health.SOON
    after = check("stale_added", "2026-09-04")
    assert (after.health, after.words[:2]) == (Health.RED, "5个")
    assert check("stale", "2026-09-04").health == Health.GOOD, "six of ten"


def test_grave_incidents_are_judged_by_a_person(office: Unit, team: Team, supervisor: Person) -> None:
    assert check("severe", "2026-03-04").health == Health.UNKNOWN
    facts: dict[str, Any] = {"verdict": "clean", "severe": "", "reason": "逐页抽查100页，未发现"}
    actions.judge(**facts, actor=team["reviewer"].actor, at=moment("2026-03-04"))
    good = check("severe", "2026-03-05")
    assert good.health == Health.GOOD
    assert "2026年3月4日" in good.words and "逐页抽查100页" in good.words
    assert check("severe", "2026-06-04").health == Health.GOOD
    late = check("severe", "2026-06-05")
    assert late.health == Health.UNKNOWN and "请重新评判" in late.words
    actions.judge(
        verdict="found",
        severe="harmful",
        reason="外链被改为赌博网站，已撤下",
        actor=supervisor.actor,
        at=moment("2026-06-06"),
    )
    bad = check("severe", "2026-06-07")
    assert (bad.health, bad.veto) == (Health.RED, True)
    assert "发布或者链接反动、暴力、色情等内容" in bad.words
    assert InspectionJudgement.objects.count() == 2


def test_an_open_alarm_is_told_beside_the_judgement(office: Unit, team: Team) -> None:
    facts: dict[str, Any] = {"verdict": "clean", "severe": "", "reason": "未发现"}
    actions.judge(**facts, actor=team["approver"].actor, at=moment("2026-03-04"))
    TamperAlarm.objects.create(key="event:1:1", sort="words", title="通告", at=moment("2026-03-04"))
    found = check("severe", "2026-03-05")
    assert found.health == Health.SOON
    assert "1个篡改告警未处理" in found.words


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"verdict": "found"}, "severe"),
        ({"verdict": "maybe"}, "verdict"),
    ],
)
def test_incomplete_judgement_is_refused(
    office: Unit, team: Team, changes: dict[str, str], field: str
) -> None:
    facts = {"verdict": "clean", "severe": "", "reason": "未发现"} | changes
    with pytest.raises(InvalidInput) as refused:
        actions.judge(**facts, actor=team["approver"].actor, at=moment("2026-03-04"))
    assert refused.value.field == field
    assert not InspectionJudgement.objects.exists()


def test_others_cannot_judge(office: Unit, team: Team, outsider: Person, citizen: Person) -> None:
    for person in (team["clerk"], outsider, citizen):
        with pytest.raises(StepRefused):
            actions.judge(
                verdict="clean", severe="", reason="未发现", actor=person.actor, at=moment("2026-03-04")
            )


def test_page_of_a_judgement(office: Unit, team: Team, citizen: Person) -> None:
    where, sheet = reverse("workbench_watch:judge"), reverse("workbench_watch:sheet")
    good = {"verdict": "found", "severe": "faked", "reason": "发布日期被改早"}
    assert citizen.client().get(where).status_code == 403
    assert team["clerk"].client().post(where, good).status_code == 409
    assert where not in team["clerk"].client().get(sheet).content.decode()
    leader = team["approver"].client()
    assert where in leader.get(sheet).content.decode()
    bad = leader.post(where, good | {"severe": ""})
    assert bad.status_code == 400
    assert "请选择问题类别" in bad.content.decode()
    assert "发布日期被改早" in bad.content.decode()
    assert leader.post(where, good).status_code == 302
    page = leader.get(sheet).content.decode()
    assert "弄虚作假，如伪造发布日期" in page
    assert "安全、泄密事故等严重问题" in page


@pytest.mark.parametrize(
    ("missing", "health"),
    [
        ((), Health.RED),
        ((0,), Health.GOOD),
        ((4,), Health.RED),
        ((4, 3), Health.GOOD),
        ((4, 5, 4, 8), Health.RED),
        ((4, 4, 4, 4, 0, 0, 0), Health.GOOD),
        ((4, 4, 4, 4, 4, 0, 0), Health.RED),
    ],
)
def test_services_are_judged_by_the_parts_of_their_guides(missing: tuple[int, ...], health: Health) -> None:
    found = rules.served(missing)
    assert (found.health, found.veto) == (health, True)


def test_public_guides_are_counted(office: Unit, team: Team) -> None:
    assert check("service", "2026-03-04").words == "没有提供办事服务"
    published_guide(office, team)
    found = check("service", "2026-03-04")
    assert (found.health, found.words) == (Health.GOOD, "公开的办事指南1项，其中要素缺4类以上的0项")
