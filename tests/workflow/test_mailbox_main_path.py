"""A letter from the form to the answer (信箱办理流程), with its dates around 春节 2026 counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbox import actions
from mailbox.choices import DeclineReason, State
from mailbox.models import Letter, Reply
from mailbox.walkthrough import mailbox_path
from portal.cases.ledger import verify_cases
from portal.cases.queries import linked
from portal.core.actors import GUEST
from portal.core.errors import InvalidInput, StepRefused
from portal.documents.models import OfficialDocument
from portal.jobs.outbox import run_due
from portal.messaging.models import Message
from requests_app.models import DisclosureRequest
from requests_app.queries import similar_to, volume_of
from requests_app.walkthrough import Walk
from tests.cast import Person, moment
from tests.factories.mailbox import (  # noqa: F401  fixtures
    NAME,
    Hands,
    accepted,
    answered,
    answers,
    assigned,
    day,
    handled,
    in_review,
    signed,
    staffed,
    submitted,
)


def test_submit_gives_number_code_and_a_day_for_screening(hands: Hands) -> None:
    result = actions.submit(answers=answers(), key="k" * 20, actor=GUEST, at=moment("2026-02-13"))
    case = result.case
    assert (case.state, case.number, case.unit) == (State.SUBMITTED, "X2026-00001", hands.office)
    assert len(result.code) == 12
    assert case.internal_due_on == day("2026-02-14"), "14 February 2026 is a worked Saturday"
    assert case.internal_due_for == "审核交办"


def test_submit_before_the_holiday_is_screened_after_it(hands: Hands) -> None:
    assert submitted(on="2026-02-14").internal_due_on == day("2026-02-24"), "15–23 February is 春节"
    assert submitted(on="2026-09-30").internal_due_on == day("2026-10-08"), "1–7 October is 国庆"


def test_submit_twice_with_one_key_gives_one_letter(hands: Hands) -> None:
    first = actions.submit(answers=answers(), key="same-key-" * 3, actor=GUEST, at=moment("2026-02-10"))
    again = actions.submit(answers=answers(), key="same-key-" * 3, actor=GUEST, at=moment("2026-02-10", 11))
    assert (again.case.pk, again.code, again.repeated) == (first.case.pk, first.code, True)
    assert Letter.objects.count() == 1


def test_submit_to_a_head_without_unit_is_refused(hands: Hands) -> None:
    with pytest.raises(InvalidInput) as refused:
        submitted(addressee="head", addressed_unit="nowhere")
    assert refused.value.field == "addressed_unit"


@pytest.mark.parametrize(
    ("simple", "on", "due"),
    [
        (True, "2026-02-10", "2026-02-24"),  # 11, 12, 13, 14 (worked), 24
        (False, "2026-02-10", "2026-03-02"),  # 11–14, 24–28 (28 is worked), 2 March
        (True, "2026-09-28", "2026-10-10"),  # 29, 30, 8, 9, 10 (worked)
        (False, "2026-09-28", "2026-10-16"),  # 29, 30, 8, 9, 10, 12–16
    ],
)
def test_accept_starts_the_reply_clock(hands: Hands, simple: bool, on: str, due: str) -> None:
    case = accepted(hands, on=on, simple=simple)
    assert (case.state, case.due_on) == (State.ACCEPTED, day(due))
    paper = OfficialDocument.objects.get(case=case, kind="mailbox_receipt")
    assert (paper.number, paper.addressee) == ("玉政办信〔2026〕1号", NAME)


def test_main_path_reaches_the_writer(hands: Hands) -> None:
    case = assigned(hands)
    assert (case.unit, case.internal_due_on) == (hands.unit, day("2026-02-11"))
    actions.sign_for(case=case, actor=hands.clerk.actor, at=moment("2026-02-11"))
    assert (case.state, case.officer, case.internal_due_on) == (State.HANDLING, hands.clerk.account, None)
    in_review(hands, case=case, at="2026-02-25")
    actions.review_reply(case=case, actor=hands.reviewer.actor, at=moment("2026-02-26"))
    actions.sign_reply(case=case, actor=hands.approver.actor, at=moment("2026-02-26", 11))
    assert (case.state, case.unit, case.internal_due_on) == (State.CHECKING, hands.office, day("2026-02-27"))
    actions.answer(case=case, actor=hands.office_clerk.actor, at=moment("2026-02-27"))
    assert (case.state, case.unit, case.outcome) == (State.ANSWERED, hands.unit, "answered")
    assert case.closed_on == day("2026-02-27")
    paper = OfficialDocument.objects.get(case=case, kind="mailbox_reply")
    assert (paper.number, paper.unit) == ("玉建信〔2026〕1号", hands.unit)
    assert "已修复" in paper.facts["body"]
    run_due()
    paper.refresh_from_db()
    assert paper.file is not None
    assert Message.objects.filter(key__startswith=f"{case.public_id}:answered").exists()
    assert list(verify_cases()) == []


@pytest.mark.parametrize("reason", [r for r in DeclineReason.values if r != DeclineReason.DISCLOSURE])
def test_decline_with_a_listed_reason_closes_with_a_notice(hands: Hands, reason: str) -> None:
    case = submitted()
    actions.decline(
        case=case,
        reason=reason,
        note="请按程序提出。",
        actor=hands.office_clerk.actor,
        at=moment("2026-02-11"),
    )
    assert (case.state, case.outcome, case.due_on) == (State.DECLINED, "declined", None)
    assert OfficialDocument.objects.get(case=case, kind="mailbox_decline").facts["note"] == "请按程序提出。"


@pytest.mark.parametrize(("reason", "note", "field"), [("other", "x", "reason"), ("abuse", " ", "note")])
def test_decline_incomplete_is_refused(hands: Hands, reason: str, note: str, field: str) -> None:
    case = submitted()
    with pytest.raises(InvalidInput) as refused:
        actions.decline(
            case=case, reason=reason, note=note, actor=hands.office_clerk.actor, at=moment("2026-02-11")
        )
    assert refused.value.field == field


def test_decline_as_disclosure_request_hands_over(hands: Hands) -> None:
    case = submitted()
    actions.decline(
        case=case, reason="disclosure", note="", actor=hands.office_clerk.actor, at=moment("2026-02-11")
    )
    assert (case.state, case.outcome) == (State.HANDED_OVER, "handed_over")
    request = DisclosureRequest.objects.get()
    assert linked(case) == [("已转为", request.case_ptr)]
    assert (request.unit, request.state, request.name) == (hands.office, "submitted", NAME)
    assert request.information_name == case.topic
    assert case.text in request.description
    told = Message.objects.get(key=f"{request.public_id}:taken-over:mail")
    assert request.number in told.secret_text
    assert request.number not in told.body


def test_handed_over_twice_makes_one_request(hands: Hands) -> None:
    case = submitted()
    actions.hand_over(case=case, actor=hands.office_clerk.actor, at=moment("2026-02-11"))
    with pytest.raises(StepRefused):
        actions.hand_over(case=case, actor=hands.office_clerk.actor, at=moment("2026-02-11"))
    assert DisclosureRequest.objects.count() == 1


def test_requests_without_identity_are_not_taken_for_one_applicants(hands: Hands) -> None:
    for _ in range(2):
        actions.hand_over(case=submitted(), actor=hands.office_clerk.actor, at=moment("2026-02-11"))
    last = DisclosureRequest.objects.latest("pk")
    assert similar_to(last) == []
    assert volume_of(last, day("2026-02-11")).year == 1


def test_screening_by_another_unit_is_refused(hands: Hands) -> None:
    case = submitted()
    with pytest.raises(StepRefused, match="您不能办理“受理”"):
        actions.accept(case=case, complexity="reply_simple", actor=hands.clerk.actor, at=moment("2026-02-11"))


def test_draft_with_unfilled_blank_is_refused(hands: Hands) -> None:
    case = handled(hands)
    with pytest.raises(InvalidInput, match="没有填写的空白：核实情况、措施"):
        actions.draft_reply(
            case=case,
            body="一、{{核实情况}}。二、{{ 措施 }}。",
            actor=hands.clerk.actor,
            at=moment("2026-02-24"),
        )
    assert (case.state, Reply.objects.count()) == (State.HANDLING, 0)


def test_review_by_the_drafter_is_refused(hands: Hands) -> None:
    from portal.units.access import actor_for
    from portal.units.actions import appoint
    from portal.units.choices import Role
    from tests.cast import SINCE

    case = in_review(hands)
    appoint(account=hands.clerk.account, unit=hands.unit, role=Role.REVIEWER, starts_on=SINCE)
    actor = actor_for(hands.clerk.account, day("2026-02-25"))
    with pytest.raises(StepRefused, match="不同人员"):
        actions.review_reply(case=case, actor=actor, at=moment("2026-02-25"))


def test_return_reply_and_return_check_go_back_to_the_clerk(hands: Hands) -> None:
    case = in_review(hands)
    actions.return_reply(case=case, comment="事实不清", actor=hands.reviewer.actor, at=moment("2026-02-25"))
    assert (case.state, case.unit) == (State.HANDLING, hands.unit)
    signed(hands, case=case, at="2026-02-26")
    with pytest.raises(InvalidInput):
        actions.return_check(case=case, comment=" ", actor=hands.office_clerk.actor, at=moment("2026-02-27"))
    actions.return_check(
        case=case, comment="没有回应时限", actor=hands.office_clerk.actor, at=moment("2026-02-27")
    )
    assert (case.state, case.unit, case.due_on) == (State.HANDLING, hands.unit, day("2026-03-02"))
    answered(hands, case=case, at="2026-02-28")
    assert case.state == State.ANSWERED


def test_answer_of_another_text_than_signed_is_refused(hands: Hands) -> None:
    case = signed(hands)
    Reply.objects.filter(letter=case).update(body="另一个答复")
    with pytest.raises(StepRefused, match="不一致"):
        actions.answer(case=case, actor=hands.office_clerk.actor, at=moment("2026-02-25"))


def test_enter_by_telephone_is_for_the_mailbox_office(hands: Hands) -> None:
    entry = {
        "answers": answers(),
        "channel": "phone",
        "evidence": "2026年2月10日9时来电",
        "key": "phone-letter-key-1",
        "at": moment("2026-02-10"),
    }
    with pytest.raises(StepRefused, match="信箱办公室"):
        actions.enter(**entry, actor=hands.clerk.actor)
    case = actions.enter(**entry, actor=hands.office_clerk.actor).case
    assert (case.state, case.channel, case.applicant_id) == (State.SUBMITTED, "phone", None)


def test_personal_values_are_sealed_in_the_table(hands: Hands, citizen: Person) -> None:
    from django.db import connection

    case = submitted(actor=citizen.actor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone, email, topic, text FROM mailbox_letter")
        row = cursor.fetchone()
    assert all(str(value).startswith("p1.") for value in row)
    assert case.name_index and case.phone_index and case.applicant == citizen.account


def test_walkthrough_of_a_letter(db: None, tmp_path: Path) -> None:
    said: list[str] = []
    mailbox_path(Walk(said.append, tmp_path))
    assert "台账核验通过" in said[-1]
    assert len(list(tmp_path.glob("*.pdf"))) == 2
