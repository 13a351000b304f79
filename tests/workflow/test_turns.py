"""待我办理: the queue holds what waits for this very person, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from notices import actions as publishing
from portal.cases.registry import KINDS
from portal.messaging.models import Message
from portal.publishing.turns import my_turn
from portal.units.choices import Role
from portal.units.models import Unit
from requests_app import actions
from tests.cast import Person, moment, person
from tests.factories.notices import approved
from tests.factories.requests_app import handled, in_review, registered

Team = dict[str, Person]


def whose_turn(team: Team) -> list[str]:
    """The people of the team with something to do."""
    return [name for name, one in team.items() if my_turn(one.actor).exists()]


def test_reply_goes_from_hand_to_hand(office: Unit, team: Team) -> None:
    case = in_review(office, team["clerk"])
    assert whose_turn(team) == ["reviewer"]
    actions.review_reply(case=case, actor=team["reviewer"].actor, at=moment("2026-03-03"))
    assert whose_turn(team) == ["secrecy"]
    actions.clear_reply(case=case, actor=team["secrecy"].actor, at=moment("2026-03-04"))
    assert whose_turn(team) == ["approver"]
    actions.return_reply(
        case=case, comment="请补充依据", actor=team["approver"].actor, at=moment("2026-03-04", 15)
    )
    assert whose_turn(team) == ["clerk"]
    told = (
        Message.objects.filter(subject__contains=case.number).order_by("pk").values_list("subject", flat=True)
    )
    assert [subject for subject in told if "答复" in subject] == [
        f"依申请公开答复待审核（{case.number}）",
        f"依申请公开答复待保密审查（{case.number}）",
        f"依申请公开答复待签发（{case.number}）",
        f"依申请公开答复被退回修改（{case.number}）",
    ]


def test_signed_reply_waits_for_whoever_sends_it(office: Unit, team: Team) -> None:
    case = in_review(office, team["clerk"])
    for verb, name, day in (
        ("review_reply", "reviewer", "2026-03-03"),
        ("clear_reply", "secrecy", "2026-03-04"),
        ("sign_reply", "approver", "2026-03-05"),
    ):
        getattr(actions, verb)(case=case, actor=team[name].actor, at=moment(day))
    assert whose_turn(team) == ["clerk", "publisher"]
    actions.reply(case=case, actor=team["publisher"].actor, at=moment("2026-03-06"))
    assert whose_turn(team) == []


def test_who_wrote_does_not_sign(office: Unit, team: Team) -> None:
    double = person("double", office, Role.CLERK)
    both = person("both", office, Role.REVIEWER)
    assert not my_turn(both.actor).exists()
    case = handled(office, team["clerk"])
    actions.assign(case=case, officer=double.account, actor=team["clerk"].actor, at=moment("2026-02-11"))
    assert whose_turn(team) == []
    assert [row.pk for row in my_turn(double.actor)] == [case.pk]
    in_review(office, team["clerk"])
    assert my_turn(both.actor).count() == 1
    assert my_turn(team["reviewer"].actor).count() == 1


def test_clerk_sees_her_own_and_what_nobody_has(office: Unit, team: Team) -> None:
    other = person("other", office, Role.CLERK)
    free = registered(office, team["clerk"])
    hers = handled(office, team["clerk"])
    assert {row.pk for row in my_turn(team["clerk"].actor)} == {free.pk, hers.pk}
    assert {row.pk for row in my_turn(other.actor)} == {free.pk}
    actions.request_correction(
        case=hers,
        unclear="请说明年度",
        correct_by=date(2026, 3, 20),
        actor=team["clerk"].actor,
        at=moment("2026-02-12"),
    )
    assert {row.pk for row in my_turn(team["clerk"].actor)} == {free.pk}


def test_cleared_item_waits_for_the_publisher(office: Unit, team: Team) -> None:
    case = approved(office, team)
    assert whose_turn(team) == ["publisher"]
    publishing.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-03", 16))
    assert whose_turn(team) == []


def test_every_state_named_in_a_turn_is_one_of_its_kind() -> None:
    wrong = [
        (kind.code, state)
        for kind in KINDS.values()
        for state in kind.turns
        if state not in (*kind.states, "new")
    ]
    assert wrong == []


@time_machine.travel(moment("2026-03-02", 15), tick=False)
def test_page_opens_with_what_waits_for_the_reader(
    office: Unit, team: Team, django_assert_max_num_queries: Any
) -> None:
    waiting = [in_review(office, team["clerk"]) for _ in range(3)]
    handled(office, team["clerk"])
    url = reverse("workbench:inbox")
    browser = team["reviewer"].client()
    with django_assert_max_num_queries(14):
        page = browser.get(url)
    assert {row.pk for row in page.context["page"].rows} == {case.pk for case in waiting}
    assert page.context["turn"] == 3
    assert browser.get(url, {"due": ""}).context["counts"].all == 4
    mine = team["clerk"].client().get(url)
    assert [row.officer_id for row in mine.context["page"].rows] == [team["clerk"].account.pk]
    nothing = team["secrecy"].client().get(url).content.decode()
    assert "没有等待您办理的事项" in nothing


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.CLERK])
def test_nobody_sees_another_unit(office: Unit, housing: Unit, team: Team, role: Role) -> None:
    in_review(office, team["clerk"])
    registered(office, team["clerk"])
    assert not my_turn(person("elsewhere", housing, role).actor).exists()
