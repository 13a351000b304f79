"""Four eyes bind everybody who wrote, and a unit without the people who must sign is told so at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from consultations import actions as comment
from consultations.courses import actions as courses
from consultations.polls import actions as polls
from consultations.proposals import actions as topics
from mailbox.responses import actions as responses
from portal.cases.registry import KINDS, NOTES
from portal.cases.transitions import transitions_of
from portal.core.errors import StepRefused
from portal.publishing.actions import digest_of
from portal.publishing.registry import DESKS
from portal.units.access import actor_for
from portal.units.actions import appoint
from portal.units.choices import Role
from portal.units.models import Appointment, Unit
from tests.cast import SINCE, Person, moment, person
from tests.factories.consultations import drafted as consultation
from tests.factories.mailbox import submitted
from tests.factories.polls import drafted as poll

EYES = "您已参与本轮其他环节"
DAY = moment("2026-02-25")
COURSE: dict[str, Any] = {
    "title": "政府信息公开基础知识",
    "intro": "面向市民的公开知识。",
    "material": "任何人都可以申请公开政府信息。",
    "opens_on": date(2026, 3, 9),
    "closes_on": date(2026, 3, 20),
    "pass_mark": 80,
}


@pytest.fixture
def second(office: Unit) -> Person:
    """Another clerk, who writes nothing and only sends it."""
    return person("second", office, Role.CLERK)


@pytest.fixture
def both(office: Unit, clerk: Person) -> Person:
    """The clerk who writes is also appointed to review and to sign."""
    for role in (Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER):
        appoint(account=clerk.account, unit=office, role=role, starts_on=SINCE)
    return Person(clerk.account, actor_for(clerk.account, date(2026, 2, 25)))


def test_writer_of_a_poll_does_not_review_what_another_sent(
    office: Unit, team: dict[str, Person], both: Person, second: Person
) -> None:
    case = poll(office, team["clerk"])
    polls.submit_poll(case=case, actor=second.actor, at=DAY)
    with pytest.raises(StepRefused, match=EYES):
        polls.review_poll(case=case, actor=both.actor, at=DAY)
    polls.review_poll(case=case, actor=team["reviewer"].actor, at=DAY)
    with pytest.raises(StepRefused, match=EYES):
        polls.clear_poll(case=case, actor=both.actor, at=DAY)
    polls.clear_poll(case=case, actor=team["secrecy"].actor, at=DAY)
    with pytest.raises(StepRefused, match=EYES):
        polls.approve_poll(case=case, actor=both.actor, at=DAY)
    polls.approve_poll(case=case, actor=team["approver"].actor, at=DAY)
    assert case.state_label() == "已签发"


def test_writer_of_a_consultation_does_not_review_it(
    office: Unit, team: dict[str, Person], both: Person, second: Person
) -> None:
    case = consultation(office, team["clerk"])
    comment.submit_draft(case=case, actor=second.actor, at=DAY)
    with pytest.raises(StepRefused, match=EYES):
        comment.review_draft(case=case, actor=both.actor, at=DAY)
    with pytest.raises(StepRefused, match=EYES):
        comment.return_draft(case=case, comment="退回", actor=both.actor, at=DAY)


def test_writer_of_a_response_does_not_review_it(
    office: Unit, team: dict[str, Person], both: Person, second: Person
) -> None:
    case = responses.order_response(
        topic="路灯不亮", brief="请说明。", letters=[submitted()], unit=office, actor=second.actor, at=DAY
    )
    responses.draft_response(case=case, heading="路灯怎样修", body="三月底修好。", actor=both.actor, at=DAY)
    responses.submit_response(case=case, actor=second.actor, at=DAY)
    with pytest.raises(StepRefused, match=EYES):
        responses.review_response(case=case, actor=both.actor, at=DAY)


def test_writer_of_an_answer_to_a_topic_does_not_sign_it(
    office: Unit, team: dict[str, Person], both: Person, second: Person
) -> None:
    case = topics.propose_topic(
        title="停车难", background="小区缺少车位。", unit=office, actor=person("p").actor, at=DAY
    )
    topics.accept_topic(case=case, actor=second.actor, at=DAY)
    topics.draft_answer(case=case, answer="增加车位二百个。", actor=both.actor, at=DAY)
    topics.submit_answer(case=case, actor=second.actor, at=DAY)
    with pytest.raises(StepRefused, match="须由不同人员"):
        topics.clear_answer(case=case, actor=both.actor, at=DAY)
    topics.clear_answer(case=case, actor=team["secrecy"].actor, at=DAY)
    with pytest.raises(StepRefused, match="须由不同人员"):
        topics.publish_answer(case=case, actor=both.actor, at=DAY)


def test_writer_of_a_course_does_not_sign_it(
    office: Unit, team: dict[str, Person], both: Person, second: Person
) -> None:
    case = courses.open_course(answers=COURSE, unit=office, actor=both.actor, at=DAY)
    courses.put_question(
        case=case, title="几日答复？", options=["20日", "60日"], correct=[1], actor=both.actor, at=DAY
    )
    courses.submit_course(case=case, actor=second.actor, at=DAY)
    with pytest.raises(StepRefused, match="须由不同人员"):
        courses.clear_course(case=case, actor=both.actor, at=DAY)
    courses.clear_course(case=case, actor=team["secrecy"].actor, at=DAY)
    with pytest.raises(StepRefused, match="须由不同人员"):
        courses.offer_course(case=case, actor=both.actor, at=DAY)


@pytest.mark.parametrize(
    ("leaves", "said"),
    [
        (Role.REVIEWER, "没有审核人，送审后无人办理；请联系安全管理员任命后再送审。"),
        (Role.SECRECY_REVIEWER, "没有保密审查员，送审后无人办理"),
        (Role.APPROVER, "没有签发人，送审后无人办理"),
    ],
)
def test_unit_without_a_signer_does_not_take_the_submission(
    office: Unit, team: dict[str, Person], leaves: Role, said: str
) -> None:
    case = poll(office, team["clerk"])
    Appointment.objects.filter(unit=office, role=leaves).delete()
    with pytest.raises(StepRefused, match=said):
        polls.submit_poll(case=case, actor=team["clerk"].actor, at=DAY)
    assert case.state_label() == "起草中"


def test_only_reviewer_who_wrote_is_no_reviewer(
    office: Unit, team: dict[str, Person], both: Person, second: Person
) -> None:
    Appointment.objects.filter(unit=office, role=Role.REVIEWER).exclude(account=both.account).delete()
    case = consultation(office, team["clerk"])
    with pytest.raises(StepRefused, match="审核人都参与了拟稿"):
        comment.submit_draft(case=case, actor=second.actor, at=DAY)


def test_one_person_for_three_signatures_is_too_few(office: Unit, clerk: Person) -> None:
    alone = person("alone", office, Role.REVIEWER)
    for role in (Role.SECRECY_REVIEWER, Role.APPROVER):
        appoint(account=alone.account, unit=office, role=role, starts_on=SINCE)
    case = poll(office, clerk)
    with pytest.raises(StepRefused, match="须由不同人员担任，现有人员不够"):
        polls.submit_poll(case=case, actor=clerk.actor, at=DAY)


def test_reviewer_whose_office_ended_is_not_counted(office: Unit, team: dict[str, Person]) -> None:
    Appointment.objects.filter(unit=office, role=Role.REVIEWER).update(ends_on=date(2026, 2, 24))
    case = poll(office, team["clerk"])
    with pytest.raises(StepRefused, match="没有审核人"):
        polls.submit_poll(case=case, actor=team["clerk"].actor, at=DAY)


def test_every_desk_names_steps_of_its_kind() -> None:
    unknown = {
        (desk.kind, desk.purpose, verb)
        for desk in DESKS.values()
        for verb in desk.writes
        if verb not in NOTES and verb not in {entry.name for entry in transitions_of(KINDS[desk.kind].model)}
    }
    assert unknown == set()


def test_digest_keeps_its_fields_apart() -> None:
    assert digest_of("停水", "两天") != digest_of("停水两", "天")
    assert digest_of("a", "") != digest_of("", "a")
