"""What the city publishes, told by the articles of its own rules: catalogue, review by route, clocks, life."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from notices import actions, queries
from notices.catalogue.rows import catalogue
from notices.choices import State
from notices.models import AliveRule, Article, Column
from portal.cases.ledger import verify_cases
from portal.cases.models import Case
from portal.core.errors import InvalidInput, StepRefused
from portal.search.queries import search
from portal.units.access import actor_for
from portal.units.actions import appoint
from portal.units.choices import Role
from portal.units.models import Unit
from tests.cast import Person, moment, person
from tests.factories.notices import answers, approved, column, drafted, published

Team = dict[str, Person]


@pytest.fixture
def other_leader(office: Unit) -> Person:
    """A second 签发人 of the government office."""
    return person("second-approver", office, Role.APPROVER)


def test_catalogue_has_the_numbers_of_the_founding_text() -> None:
    rows = catalogue()

    def count(prefix: str) -> int:
        return sum(row.code.startswith(prefix) for row in rows)

    assert (count("city-"), count("county-"), count("township-")) == (8, 20, 8)
    classes = [row for row in rows if row.parent == "fields" and row.code.startswith("class-")]
    assert len(classes) == 6
    assert sum(row.parent == "class-enforcement" for row in rows) == 8
    assert sum(row.parent == "class-organisation" for row in rows) == 4
    assert sum(row.parent == "news" for row in rows) == 7
    assert sum(row.obligatory and not row.parent for row in rows) == 8


def test_every_unit_gets_its_columns_once(organisation: None) -> None:
    made = actions.load_catalogue()
    assert made > 1000
    assert actions.load_catalogue() == 0
    assert queries.missing_obligatory() == []
    gone = Column.objects.get(unit__code="housing", entry="guide")
    gone.is_open = False
    gone.save()
    assert [(unit.code, title) for unit, title in queries.missing_obligatory()] == [
        ("housing", "信息公开指南")
    ]


def test_both_clocks_count_from_the_day_it_was_made(office: Unit, clerk: Person) -> None:
    case = drafted(office, clerk, made_on=date(2026, 2, 13))
    assert case.internal_due_on == date(2026, 2, 25)  # 3 working days over the Spring Festival
    assert case.due_on == date(2026, 3, 19)


@pytest.mark.parametrize(
    ("route", "source", "states"),
    [
        ("general", "", ["clearing", "leading", "approved"]),
        ("business", "", ["clearing", "leading", "approved"]),
        ("marked", "", ["clearing", "approved"]),
        ("repost", "中国政府网", ["clearing", "approved"]),
        ("major", "", ["clearing", "leading", "higher"]),
        ("event", "", ["clearing", "leading", "higher"]),
    ],
)
def test_review_by_route(office: Unit, team: Team, route: str, source: str, states: list[str]) -> None:
    case = drafted(office, team["clerk"], route=route, source=source)
    actions.submit_item(case=case, actor=team["clerk"].actor, at=moment("2026-03-02", 11))
    seen = []
    actions.review_item(case=case, actor=team["reviewer"].actor, at=moment("2026-03-02", 12))
    seen.append(str(case.state))
    actions.clear_item(case=case, actor=team["secrecy"].actor, at=moment("2026-03-02", 13))
    seen.append(str(case.state))
    if case.state == State.LEADING:
        actions.approve_item(case=case, actor=team["approver"].actor, at=moment("2026-03-02", 14))
        seen.append(str(case.state))
    assert seen == states
    assert list(verify_cases()) == []


def test_major_information_of_a_department_waits_for_the_government_office(
    housing: Unit, office: Unit, other_leader: Person, outsider: Person
) -> None:
    roles = {
        "clerk": outsider,
        "reviewer": person("h-reviewer", housing, Role.REVIEWER),
        "secrecy": person("h-secrecy", housing, Role.SECRECY_REVIEWER),
        "approver": person("h-approver", housing, Role.APPROVER),
        "publisher": person("h-publisher", housing, Role.PUBLISHER),
    }
    case = drafted(housing, roles["clerk"], route="major")
    with pytest.raises(StepRefused):
        actions.approve_higher(case=case, actor=roles["approver"].actor, at=moment("2026-03-03"))
    case = approved(housing, roles, other_leader, route="major")
    assert case.state == State.APPROVED
    assert case.unit == housing
    actions.publish_item(case=case, actor=roles["publisher"].actor, at=moment("2026-03-04"))
    assert case.state == State.PUBLISHED


def test_one_person_signs_once(office: Unit, team: Team) -> None:
    both = person("both", office, Role.REVIEWER)
    appoint(account=both.account, unit=office, role=Role.SECRECY_REVIEWER, starts_on=date(2020, 1, 1))
    actor = actor_for(both.account, date(2026, 3, 2))
    case = drafted(office, team["clerk"])
    actions.submit_item(case=case, actor=team["clerk"].actor, at=moment("2026-03-02", 11))
    actions.review_item(case=case, actor=actor, at=moment("2026-03-02", 12))
    with pytest.raises(StepRefused, match="不同人员"):
        actions.clear_item(case=case, actor=actor, at=moment("2026-03-02", 13))


def test_an_edit_voids_the_approval(office: Unit, team: Team) -> None:
    case = approved(office, team)
    Article.objects.filter(pk=case.pk).update(body="后来改过的正文。")
    case = Article.objects.get(pk=case.pk)
    with pytest.raises(StepRefused, match="与审定的不一致"):
        actions.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-04"))
    actions.edit_item(
        case=case, answers=answers(office), actor=team["clerk"].actor, at=moment("2026-03-04", 11)
    )
    assert case.state == State.DRAFTING


def test_personal_data_blocks_the_submission(office: Unit, clerk: Person) -> None:
    case = drafted(office, clerk, body="联系人：张三，手机１３８ ０００ ００００１。")
    with pytest.raises(StepRefused, match="手机号码"):
        actions.submit_item(case=case, actor=clerk.actor, at=moment("2026-03-02"))


def test_picture_without_words_blocks_the_submission(office: Unit, clerk: Person) -> None:
    case = drafted(office, clerk, body="说明如下。\n![](map.png)")
    with pytest.raises(StepRefused, match="没有替代文字"):
        actions.submit_item(case=case, actor=clerk.actor, at=moment("2026-03-02"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"made_on": date(2026, 3, 3)}, "made_on"),
        ({"route": "repost"}, "source"),
        ({"openness": "closed"}, "openness"),
        ({"openness": "on_request"}, "openness"),
    ],
)
def test_particulars_that_do_not_fit_are_refused(
    office: Unit, clerk: Person, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        drafted(office, clerk, **changes)
    assert refused.value.field == field


def test_publish_stops_the_clock_and_says_what_was_late(office: Unit, team: Team) -> None:
    case = published(office, team)
    assert case.closed_on == date(2026, 3, 4)
    event = case.events.get(kind="publish_item")
    assert (event.facts["late"], event.facts["after_three_days"]) == (False, False)
    late = approved(office, team, title="晚了的通告")
    actions.publish_item(case=late, actor=team["publisher"].actor, at=moment("2026-04-10"))
    event = late.events.get(kind="publish_item")
    assert (event.facts["late"], event.facts["after_three_days"]) == (True, True)


def test_scheduled_item_is_out_by_the_time_of_the_query(office: Unit, team: Team) -> None:
    case = approved(office, team)
    when = moment("2026-03-05", 9)
    actions.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-04"), publish_at=when)
    assert queries.latest(moment("2026-03-05", 8)) == []
    assert [row.title for row in queries.latest(when)] == [case.title]
    actions.index_article(article_id=case.pk, at=moment("2026-03-05", 8))
    assert search("停水").total == 0
    actions.index_article(article_id=case.pk, at=when)
    assert search("停水").total == 1
    with pytest.raises(InvalidInput):
        actions.publish_item(
            case=approved(office, team),
            actor=team["publisher"].actor,
            at=moment("2026-03-04"),
            publish_at=moment("2026-03-03"),
        )


def test_emergency_goes_out_at_once_and_is_reviewed_by_others(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"], route="emergency")
    with pytest.raises(StepRefused):
        actions.publish_urgently(
            case=drafted(office, team["clerk"]),
            reason="山洪",
            actor=team["approver"].actor,
            at=moment("2026-03-02", 11),
        )
    actions.publish_urgently(
        case=case, reason="山洪预警", actor=team["approver"].actor, at=moment("2026-03-02", 11)
    )
    assert (case.state, case.internal_due_on) == (State.URGENT, date(2026, 3, 3))
    assert len(queries.latest(moment("2026-03-02", 12))) == 1
    actions.review_after(case=case, actor=team["secrecy"].actor, at=moment("2026-03-03"))
    assert (case.state, case.internal_due_on) == (State.URGENT, date(2026, 3, 3))
    actions.review_after(case=case, actor=team["reviewer"].actor, at=moment("2026-03-03", 11))
    assert (case.state, case.internal_due_on) == (State.PUBLISHED, None)


def test_revision_keeps_the_old_words_public_until_the_new_are_out(office: Unit, team: Team) -> None:
    case = published(office, team)
    actions.revise(case=case, reason="恢复时间有变", actor=team["clerk"].actor, at=moment("2026-03-06"))
    assert case.internal_due_on == date(2026, 3, 11)
    assert Case.objects.get(pk=case.pk).closed_on is None
    actions.edit_item(
        case=case,
        answers=answers(office, body="预计22时恢复。"),
        actor=team["clerk"].actor,
        at=moment("2026-03-06", 11),
    )
    assert queries.latest(moment("2026-03-07"))[0].number == 1
    actions.submit_item(case=case, actor=team["clerk"].actor, at=moment("2026-03-07"))
    actions.review_item(case=case, actor=team["reviewer"].actor, at=moment("2026-03-07", 11))
    actions.clear_item(case=case, actor=team["secrecy"].actor, at=moment("2026-03-07", 12))
    actions.approve_item(case=case, actor=team["approver"].actor, at=moment("2026-03-07", 13))
    actions.publish_item(case=case, actor=team["publisher"].actor, at=moment("2026-03-09"))
    shown = queries.latest(moment("2026-03-09", 11))
    assert [(row.number, row.body) for row in shown] == [(2, "预计22时恢复。")]
    assert list(verify_cases()) == []


def test_withdrawn_item_leaves_list_and_index_at_once(office: Unit, team: Team) -> None:
    case = published(office, team)
    actions.index_article(article_id=case.pk, at=moment("2026-03-04", 11))
    actions.withdraw_item(
        case=case, reason="内容有误", actor=team["publisher"].actor, at=moment("2026-03-05")
    )
    assert queries.latest(moment("2026-03-05", 11)) == []
    assert search("停水").total == 0
    item, _ = queries.find_item(case.public_id, moment("2026-03-05", 11))
    assert item.withdrawn_reason == "内容有误"


def test_validity_needs_the_document_that_did_it(office: Unit, team: Team) -> None:
    case = published(office, team)
    facts: dict[str, Any] = {"case": case, "actor": team["publisher"].actor, "at": moment("2026-03-05")}
    with pytest.raises(InvalidInput):
        actions.set_validity(validity="repealed", document="", **facts)
    actions.set_validity(validity="repealed", document="玉政发〔2026〕3号", **facts)
    assert queries.listed(moment("2026-03-05", 11), validity="repealed").count() == 1


def test_drop_needs_one_of_the_six_grounds(office: Unit, team: Team) -> None:
    case = drafted(office, team["clerk"])
    facts: dict[str, Any] = {"case": case, "actor": team["approver"].actor, "at": moment("2026-03-03")}
    with pytest.raises(InvalidInput):
        actions.drop_item(ground="because", reason="不宜公开", **facts)
    actions.drop_item(ground="pending", reason="正在审议", **facts)
    assert (case.state, case.openness, case.openness_ground) == (State.DROPPED, "closed", "pending")
    assert case.closed_on == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("today", "state"),
    [("2026-09-02", "alive"), ("2026-09-03", "alive"), ("2026-08-05", "warn"), ("2026-09-04", "red")],
)
def test_column_turns_red_on_a_day_known_before(office: Unit, team: Team, today: str, state: str) -> None:
    published(office, team)
    states = queries.column_states(moment(today), units=frozenset({office.pk}))
    row = next(found for found in states if found.column.entry == "notices")
    assert row.fresh.red_on == date(2026, 9, 4)  # 183 days are still in time, the day after is not
    assert row.fresh.is_red == (state == "red")
    assert row.fresh.warn == (state in ("warn", "alive"))


def test_empty_obligatory_columns_are_told(office: Unit, team: Team) -> None:
    column(office)
    AliveRule.objects.filter(code="news").update(days=10)
    states = queries.column_states(moment("2026-03-02"), units=frozenset({office.pk}))
    assert queries.alive_table(states)["empty"] == len(states)
    assert {found.column.entry for found in states} >= {"profile", "leaders", "guide", "notices", "news-work"}


def test_topic_is_opened_by_the_office_that_decides(
    office: Unit, housing: Unit, approver: Person, outsider: Person
) -> None:
    column(office)
    with pytest.raises(StepRefused, match="签发人批准"):
        actions.open_topic(unit=office, title="抗旱保供水", entry="water", actor=outsider.actor)
    made = actions.open_topic(unit=office, title="抗旱保供水", entry="water", actor=approver.actor)
    assert made.parent is not None
    with pytest.raises(InvalidInput):
        actions.open_topic(unit=office, title="再来一个", entry="water", actor=approver.actor)
