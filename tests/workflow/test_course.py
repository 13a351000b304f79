"""Online courses: made by two people, learned by anyone with an account, certified once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from consultations.courses import actions, queries
from consultations.courses.choices import State
from consultations.courses.models import Course, Enrolment
from portal.cases.ledger import verify_cases
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.jobs.outbox import run_due
from portal.units.models import Unit
from tests.cast import Person, moment, person

Team = dict[str, Person]
RIGHT = {"q1": "o2", "q2": ["o1", "o3"]}
HALF = {"q1": "o2", "q2": ["o1", "o2"]}


def drafted(office: Unit, team: Team) -> Course:
    case = actions.open_course(
        answers={
            "title": "政府信息公开基础知识",
            "intro": "面向市民的公开知识。",
            "material": "# 申请\n任何人都可以申请公开政府信息。",
            "opens_on": date(2026, 3, 9),
            "closes_on": date(2026, 3, 20),
            "pass_mark": 80,
        },
        unit=office,
        actor=team["clerk"].actor,
        at=moment("2026-03-02"),
    )
    ask(case, team, "答复期限是多少个工作日？", ["15", "20", "30"], [2])
    ask(case, team, "哪些可以提出申请？", ["公民", "密码", "法人"], [1, 3])
    return case


def ask(case: Course, team: Team, title: str, options: list[str], correct: list[int]) -> None:
    actions.put_question(
        case=case,
        title=title,
        options=options,
        correct=correct,
        actor=team["clerk"].actor,
        at=moment("2026-03-02", 11),
    )


def offered(office: Unit, team: Team) -> Course:
    case = drafted(office, team)
    actions.submit_course(case=case, actor=team["clerk"].actor, at=moment("2026-03-03"))
    actions.clear_course(case=case, actor=team["secrecy"].actor, at=moment("2026-03-03", 15))
    actions.offer_course(case=case, actor=team["approver"].actor, at=moment("2026-03-04"))
    return case


def learn(case: Course, who: Person, on: str = "2026-03-10") -> Enrolment:
    return actions.enrol(case=case, name="王小芳", actor=who.actor, at=moment(on))


def test_who_passes_gets_one_certificate(office: Unit, citizen: Person, team: Team) -> None:
    case = offered(office, team)
    learn(case, citizen)
    first = actions.take_quiz(case=case, sheet=HALF, actor=citizen.actor, at=moment("2026-03-11"))
    assert (first.score, first.passed) == (50, False)
    for hour in (9, 10):
        marked = actions.take_quiz(case=case, sheet=RIGHT, actor=citizen.actor, at=moment("2026-03-12", hour))
        assert (marked.score, marked.passed) == (100, True)
    run_due()
    row = Enrolment.objects.get(course=case)
    assert (row.attempts, row.best, row.passed_at) == (3, 100, moment("2026-03-12", 9))
    assert row.certificate is not None and row.certificate.file is not None
    assert case.documents.filter(kind="course_certificate").count() == 1
    assert case.events.filter(kind="certify").count() == 1
    assert list(verify_cases()) == []


def test_enrolled_once_and_only_while_it_runs(office: Unit, citizen: Person, team: Team) -> None:
    case = offered(office, team)
    with pytest.raises(StepRefused, match="尚未开始"):
        learn(case, citizen, "2026-03-08")
    assert learn(case, citizen).pk == learn(case, citizen, "2026-03-11").pk
    with pytest.raises(StepRefused, match="请先登录"):
        actions.enrol(case=case, name="过路人", actor=GUEST, at=moment("2026-03-10"))
    with pytest.raises(InvalidInput, match="请填写姓名"):
        actions.enrol(case=case, name=" ", actor=person("nameless").actor, at=moment("2026-03-10"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(
            course=case, account_id=citizen.actor.account_id, name="再来", at=moment("2026-03-10")
        )
    with pytest.raises(StepRefused, match="请先报名"):
        actions.take_quiz(case=case, sheet=RIGHT, actor=person("other").actor, at=moment("2026-03-10"))
    with pytest.raises(StepRefused, match="已经截止"):
        actions.take_quiz(case=case, sheet=RIGHT, actor=citizen.actor, at=moment("2026-03-21"))


def test_ten_attempts_and_no_more(office: Unit, citizen: Person, team: Team) -> None:
    case = offered(office, team)
    learn(case, citizen)
    for minute in range(actions.MOST_ATTEMPTS):
        at = moment("2026-03-11", 9) + timedelta(minutes=minute)
        assert not actions.take_quiz(case=case, sheet=HALF, actor=citizen.actor, at=at).passed
    with pytest.raises(StepRefused, match="最多10次"):
        actions.take_quiz(case=case, sheet=RIGHT, actor=citizen.actor, at=moment("2026-03-12"))
    assert case.documents.count() == 0


def test_a_course_needs_a_quiz_and_a_second_person(office: Unit, team: Team) -> None:
    case = drafted(office, team)
    for name in ("q1", "q1"):
        actions.drop_question(
            case=case, question=name, actor=team["clerk"].actor, at=moment("2026-03-02", 12)
        )
    with pytest.raises(StepRefused, match="没有这道题"):
        actions.drop_question(
            case=case, question="q1", actor=team["clerk"].actor, at=moment("2026-03-02", 13)
        )
    with pytest.raises(StepRefused):
        actions.submit_course(case=case, actor=team["clerk"].actor, at=moment("2026-03-03"))
    for options, correct in ((["甲", "乙"], [3]), (["甲", "乙"], []), (["甲"], [1])):
        with pytest.raises(InvalidInput):
            ask(case, team, "问题", options, correct)
    ask(case, team, "答复期限是多少个工作日？", ["15", "20", "30"], [2])
    actions.submit_course(case=case, actor=team["clerk"].actor, at=moment("2026-03-03"))
    with pytest.raises(StepRefused):
        ask(case, team, "签发前加题", ["甲", "乙"], [1])
    with pytest.raises(StepRefused):
        actions.offer_course(case=case, actor=team["clerk"].actor, at=moment("2026-03-04"))
    actions.return_course(
        case=case, comment="题目太少", actor=team["approver"].actor, at=moment("2026-03-04")
    )
    assert case.state == State.DRAFTING
    with pytest.raises(NotFound):
        queries.find_public(case.public_id, date(2026, 3, 10))


def test_called_off_says_why(office: Unit, citizen: Person, team: Team, client: Client) -> None:
    case = offered(office, team)
    actions.cancel_course(case=case, reason="讲师生病", actor=team["approver"].actor, at=moment("2026-03-09"))
    page = client.get(reverse("courses:detail", args=[case.public_id]))
    assert "讲师生病" in page.content.decode()
    with pytest.raises(StepRefused, match="取消"):
        learn(case, citizen)


@given(st.lists(st.sampled_from(["o1", "o2", "o3"]), max_size=3, unique=True))
def test_a_question_counts_only_when_exactly_right(chosen: list[str]) -> None:
    quiz = {"pages": [{"questions": [{"id": "q1", "correct": ["o1", "o3"]}]}]}
    right = set(chosen) == {"o1", "o3"}
    assert actions.score_of(quiz, {"q1": chosen}) == (100 if right else 0)
