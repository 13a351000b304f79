"""Topics, courses, responses: a draft ends nothing, what was sent back is mended, what is public comes down."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from consultations.courses import actions as courses
from consultations.courses import queries as course_queries
from consultations.courses.models import Course, Enrolment
from consultations.proposals import actions as topics
from consultations.proposals import queries as topic_queries
from consultations.proposals.models import ProposalTopic, Suggestion
from mailbox.responses import actions as responses
from mailbox.responses import queries as response_queries
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.jobs.outbox import run_due
from portal.privacy.retention import RULES
from portal.publishing import takedown
from portal.search.queries import search
from portal.units.models import Unit
from tests.cast import SHANGHAI, Person, moment, person
from tests.factories.mailbox import submitted
from tests.workflow.test_course import RIGHT
from tests.workflow.test_course import drafted as course_drafted
from tests.workflow.test_course import offered as course_offered
from tests.workflow.test_proposals import answer, opened

Team = dict[str, Person]
PERSONAL = "联系人身份证号11010519491231002X"


def named(office: Unit, team: Team) -> ProposalTopic:
    return topics.name_topic(
        title="老旧小区停车",
        background="征集停车管理的办法。",
        closes_on=date(2026, 3, 20),
        unit=office,
        actor=team["clerk"].actor,
        at=moment("2026-03-02"),
    )


def test_first_draft_of_the_answer_ends_no_period(office: Unit, citizen: Person, team: Team) -> None:
    case = named(office, team)
    topics.approve_topic(case=case, actor=team["approver"].actor, at=moment("2026-03-02", 15))
    clerk = team["clerk"].actor
    topics.draft_answer(case=case, answer="研究中。", actor=clerk, at=moment("2026-03-03"))
    topics.suggest(case=case, text="建议错时共享停车场。", actor=citizen.actor, at=moment("2026-03-20"))
    assert topics.support(case=case, actor=citizen.actor, at=moment("2026-03-20")) == 1
    with pytest.raises(StepRefused, match="2026年3月20日截止，截止后才能送签"):
        topics.submit_answer(case=case, actor=clerk, at=moment("2026-03-20"))
    assert topics.close_ended(at=moment("2026-03-21")) == 1
    assert topics.close_ended(at=moment("2026-03-21", 11)) == 0
    case = ProposalTopic.objects.get(pk=case.pk)
    assert (case.state, case.due_on) == ("drafted", date(2026, 4, 13))
    assert case.events.get(kind="close_topic").facts["ended_on"] == "2026-03-20"
    with pytest.raises(StepRefused, match="不征集建议"):
        topics.suggest(case=case, text="晚了一天的建议。", actor=citizen.actor, at=moment("2026-03-21"))
    answer(case, team, "2026-04-01")
    assert case.closed_on == date(2026, 4, 1)


def test_suggestion_of_the_last_second_is_kept(office: Unit, citizen: Person, team: Team) -> None:
    case = named(office, team)
    topics.approve_topic(case=case, actor=team["approver"].actor, at=moment("2026-03-02", 15))
    last = datetime(2026, 3, 20, 23, 59, 59, tzinfo=SHANGHAI)
    assert topics.close_ended(at=last + timedelta(seconds=1)) == 0
    topics.suggest(case=case, text="建议错时共享停车场。", actor=citizen.actor, at=last)
    assert topics.close_ended(at=last + timedelta(minutes=6)) == 1
    assert case.events.get(kind="close_topic").facts["suggestions"] == 1


def test_named_topic_is_sent_back_changed_and_opened(office: Unit, team: Team) -> None:
    case = named(office, team)
    clerk, leader = team["clerk"].actor, team["approver"].actor
    topics.return_topic(case=case, comment="写清范围", actor=leader, at=moment("2026-03-03"))
    assert case.state == "returned"
    facts: dict[str, Any] = {"case": case, "actor": clerk, "at": moment("2026-03-04")}
    with pytest.raises(InvalidInput, match="会公开"):
        topics.edit_topic(title="停车", background=PERSONAL, closes_on=date(2026, 3, 25), **facts)
    topics.edit_topic(title="停车", background="限中心城区。", closes_on=date(2026, 3, 25), **facts)
    topics.approve_topic(case=case, actor=leader, at=moment("2026-03-05"))
    assert (case.state, case.background, case.closes_on) == ("open", "限中心城区。", date(2026, 3, 25))


def test_named_topic_can_be_dropped(office: Unit, team: Team) -> None:
    case = named(office, team)
    topics.drop_topic(case=case, reason="已有安排", actor=team["clerk"].actor, at=moment("2026-03-03"))
    assert (case.is_open, case.outcome) == (False, "dropped")


def test_answer_passes_the_secrecy_review(office: Unit, citizen: Person, team: Team) -> None:
    case = opened(office, citizen, team)
    clerk = team["clerk"].actor
    topics.draft_answer(case=case, answer="五月起增加。", actor=clerk, at=moment("2026-03-05"))
    topics.submit_answer(case=case, actor=clerk, at=moment("2026-03-05"))
    with pytest.raises(StepRefused, match="答复待保密审查"):
        topics.publish_answer(case=case, actor=team["approver"].actor, at=moment("2026-03-05"))


def test_suggestion_comes_down_after_the_answer(office: Unit, citizen: Person, team: Team) -> None:
    case = opened(office, citizen, team)
    row = topics.suggest(case=case, text="点名他人的建议。", actor=citizen.actor, at=moment("2026-03-04"))
    answer(case, team, "2026-03-20")
    topics.remove_suggestion(
        case=case, suggestion=row, reason="点名", actor=team["reviewer"].actor, at=moment("2026-03-21")
    )
    assert Suggestion.objects.get().removed_reason == "点名"


def test_topic_comes_down_at_once(office: Unit, citizen: Person, team: Team) -> None:
    case = opened(office, citizen, team)
    run_due()
    assert search("夜间公交").total == 1
    takedown.take_down(case=case, reason="有误", actor=team["approver"].actor, at=moment("2026-03-04"))
    assert (search("夜间公交").total, list(topic_queries.listed())) == (0, [])
    with pytest.raises(NotFound, match="已于2026年3月4日撤下"):
        topic_queries.find_public(case.public_id)
    with pytest.raises(StepRefused, match="已经撤下"):
        topics.support(case=case, actor=citizen.actor, at=moment("2026-03-05"))


def test_supporter_is_not_told_an_error_when_the_state_changed(
    office: Unit, citizen: Person, team: Team, settings: Any
) -> None:
    settings.PORTAL_PROPOSAL_SUPPORTS = 1
    case = opened(office, citizen, team)
    stale = ProposalTopic.objects.get(pk=case.pk)
    topics.draft_answer(case=case, answer="研究中。", actor=team["clerk"].actor, at=moment("2026-03-05"))
    topics.submit_answer(case=case, actor=team["clerk"].actor, at=moment("2026-03-05"))
    assert topics.support(case=stale, actor=person("late").actor, at=moment("2026-03-05")) == 1


def test_course_that_was_sent_back_is_mended(office: Unit, team: Team) -> None:
    case = course_drafted(office, team)
    clerk = team["clerk"].actor
    courses.submit_course(case=case, actor=clerk, at=moment("2026-03-03"))
    courses.return_course(case=case, comment="补充", actor=team["secrecy"].actor, at=moment("2026-03-03"))
    answers = {name: getattr(case, name) for name in courses.FIELDS}
    with pytest.raises(InvalidInput, match="身份证"):
        courses.edit_course(
            case=case, answers={**answers, "material": PERSONAL}, actor=clerk, at=moment("2026-03-04")
        )
    courses.edit_course(
        case=case, answers={**answers, "material": "新的材料。"}, actor=clerk, at=moment("2026-03-04")
    )
    assert Course.objects.get().material == "新的材料。"
    courses.submit_course(case=case, actor=clerk, at=moment("2026-03-04"))
    courses.recall_course(case=case, actor=clerk, at=moment("2026-03-04"))
    assert case.state == "drafting"


def test_signers_read_the_material_on_the_staff_page(office: Unit, team: Team) -> None:
    case = course_drafted(office, team)
    page = reverse("workbench_courses:detail", args=[case.public_id])
    assert "任何人都可以申请公开政府信息。" in team["approver"].client().get(page).content.decode()


def test_course_passes_the_secrecy_review(office: Unit, team: Team) -> None:
    case = course_drafted(office, team)
    courses.submit_course(case=case, actor=team["clerk"].actor, at=moment("2026-03-03"))
    with pytest.raises(StepRefused, match="待保密审查"):
        courses.offer_course(case=case, actor=team["approver"].actor, at=moment("2026-03-03"))


def test_course_closes_and_the_names_of_its_learners_go(office: Unit, citizen: Person, team: Team) -> None:
    case = course_offered(office, team)
    courses.enrol(case=case, name="梁䶮", actor=citizen.actor, at=moment("2026-03-10"))
    courses.take_quiz(case=case, sheet=RIGHT, actor=citizen.actor, at=moment("2026-03-10"))
    assert courses.close_ended(at=moment("2026-03-20", 23)) == 0
    assert courses.close_ended(at=moment("2026-03-21")) == 1
    case = Course.objects.get(pk=case.pk)
    assert (case.state, case.closed_on) == ("closed", date(2026, 3, 21))
    facts = case.events.get(kind="close_course").facts
    assert (facts["enrolled"], facts["passed"], facts["ended_on"]) == (1, 1, "2026-03-20")
    rule = RULES["course_names"]
    assert rule.overdue(moment("2027-03-20")).count() == 0
    rule.erase(rule.overdue(moment("2027-03-25")), moment("2027-03-25"))
    assert Enrolment.objects.get().name == ""


def test_course_comes_down_at_once(office: Unit, citizen: Person, team: Team) -> None:
    case = course_offered(office, team)
    takedown.take_down(case=case, reason="有误", actor=team["approver"].actor, at=moment("2026-03-10"))
    with pytest.raises(NotFound, match="已于2026年3月10日撤下"):
        course_queries.find_public(case.public_id, date(2026, 3, 10))
    with pytest.raises(StepRefused, match="已经撤下"):
        courses.enrol(case=case, name="梁䶮", actor=citizen.actor, at=moment("2026-03-10"))


def test_public_response_comes_down_and_back_through_review(office: Unit, team: Team) -> None:
    clerk = team["clerk"].actor
    case = responses.order_response(
        topic="路灯不亮",
        brief="请说明。",
        letters=[submitted()],
        unit=office,
        actor=clerk,
        at=moment("2026-03-02"),
    )
    facts: dict[str, Any] = {"case": case, "at": moment("2026-03-03")}
    responses.draft_response(heading="路灯怎样修", body="三月底修好。", actor=clerk, **facts)
    responses.submit_response(actor=clerk, **facts)
    responses.review_response(actor=team["reviewer"].actor, **facts)
    responses.clear_response(actor=team["secrecy"].actor, **facts)
    responses.publish_response(actor=team["approver"].actor, **facts)
    assert search("路灯怎样修").total == 1
    later = moment("2026-03-05")
    takedown.take_down(case=case, reason="日期有误", actor=team["reviewer"].actor, at=later)
    assert (search("路灯怎样修").total, list(response_queries.published(later))) == (0, [])
    with pytest.raises(NotFound, match="已于2026年3月5日撤下。理由：日期有误"):
        response_queries.find_public(case.public_id, later)
    takedown.submit_return(case=case, actor=clerk, at=later)
    takedown.review_return(case=case, actor=team["reviewer"].actor, at=later)
    takedown.clear_return(case=case, actor=team["secrecy"].actor, at=later)
    takedown.restore(case=case, actor=team["approver"].actor, at=later)
    assert search("路灯怎样修").total == 1
    assert response_queries.find_public(case.public_id, later).pk == case.pk
