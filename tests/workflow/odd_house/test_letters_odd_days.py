"""Letters on their odd days: waits that end, words that stay masked, copies that come down, readers who left."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mailbox import actions, queries
from mailbox.actions.reminders import send_late_notices
from mailbox.choices import State
from mailbox.models import Letter
from mailbox.responses import actions as responses
from portal.core.errors import InvalidInput, StepRefused
from portal.messaging.models import Message
from portal.publishing.choices import ReleaseState
from portal.publishing.models import Release
from portal.publishing.takedown import take_down
from portal.search.models import SearchEntry
from portal.units.choices import Role
from portal.units.models import Appointment, Unit
from tests.cast import Person, moment, person
from tests.factories.mailbox import (  # noqa: F401  fixtures
    COPY,
    NAME,
    PHONE,
    Desk,
    Hands,
    accepted,
    answered,
    assigned,
    assisting_clerk,
    assisting_unit,
    cleared,
    day,
    dissatisfied,
    handled,
    helped,
    invitation,
    proposed,
    publishing_desk,
    report,
    staffed,
    submitted,
)


def ask(case: Letter, hands: Hands, until: str, on: str = "2026-02-11") -> None:
    """The clerk asks the writer for more by a day."""
    actions.ask_supplement(
        case=case, asked="具体位置", answer_by=day(until), actor=hands.clerk.actor, at=moment(on)
    )


def test_wait_for_a_supplement_has_an_end(hands: Hands) -> None:
    """Asked on 11 February: with the Spring Festival the fifteenth working day is Tuesday, 10 March."""
    case = handled(hands)
    for until in ("2026-03-11", "2027-02-11"):
        with pytest.raises(InvalidInput, match="最长15个工作日，不晚于2026年3月10日"):
            ask(case, hands, until)
    ask(case, hands, "2026-03-10")
    assert case.state == State.AWAITING_SUPPLEMENT


def test_writer_is_asked_for_more_twice_at_most(hands: Hands) -> None:
    case = handled(hands)
    for on in ("2026-02-11", "2026-02-12"):
        ask(case, hands, "2026-02-25", on)
        actions.supplement(case=case, text="某路口", actor=actions.WRITER, at=moment(on, 16))
    with pytest.raises(StepRefused, match="已经请来信人补充2次"):
        ask(case, hands, "2026-02-25", "2026-02-13")


def test_merged_letter_brings_no_false_notice(hands: Hands) -> None:
    """Accepted and not given to a unit: the day passes, but the leader is handled for it."""
    leader, member = handled(hands), accepted(hands, case=submitted())
    actions.merge(case=leader, members=[member], actor=hands.office_clerk.actor, at=moment("2026-02-10", 15))
    member.refresh_from_db()
    assert member.internal_due_on is not None and member.internal_due_on < date(2026, 3, 2)
    Message.objects.all().delete()
    send_late_notices(at=moment("2026-03-02"))
    assert not Message.objects.filter(subject__contains=str(member.number)).exists()


def test_rating_and_second_handling_have_an_end(hands: Hands) -> None:
    """Answered on 24 February: a year later is 24 February 2027."""
    case, other = answered(hands), answered(hands, case=handled(hands, case=submitted(name="李某")))
    actions.rate(invitation=invitation(case), solved=1, attitude=3, at=moment("2027-02-24"))
    with pytest.raises(StepRefused, match="答复已超过365日"):
        actions.object_to_answer(invitation=invitation(case), reason="不亮", at=moment("2029-01-02"))
    with pytest.raises(StepRefused, match="答复已超过365日"):
        actions.rate(invitation=invitation(other), solved=1, attitude=3, at=moment("2027-02-25"))
    assert case.round == 1


def test_second_answer_takes_the_copy_of_the_first_down(hands: Hands, desk: Desk) -> None:
    case = cleared(hands, desk)
    copy = actions.release(case=case, actor=desk.publisher.actor, at=moment("2026-02-25", 15))
    dissatisfied(case, on="2026-03-02")
    answered(hands, at="2026-03-06", case=case, body="更正：第一次答复有误，路灯归交通部门维护。")
    copy.refresh_from_db()
    assert copy.state == ReleaseState.RETRACTED and "原答复不再公开" in copy.retracted_reason
    assert not SearchEntry.objects.filter(key=f"release:{copy.public_id}").exists()
    assert copy.pk not in {row.pk for row in Release.objects.filter(state=ReleaseState.PUBLISHED)}
    assert proposed(hands, case=case, on="2026-03-09").releases.count() == 2


def test_copy_comes_down_whatever_became_of_the_letter(hands: Hands, desk: Desk, citizen: Person) -> None:
    """Handled again and then taken back by its writer; the unit has no publisher any more, its head takes it down."""
    case = cleared(
        hands, desk, case=answered(hands, case=handled(hands, case=submitted(actor=citizen.actor)))
    )
    copy = actions.release(case=case, actor=desk.publisher.actor, at=moment("2026-02-25", 15))
    dissatisfied(case, on="2026-03-02")
    actions.withdraw(case=case, actor=citizen.actor, at=moment("2026-03-03"))
    assert case.state == State.WITHDRAWN
    actions.retract_release(
        case=case, comment="有他人信息", actor=hands.approver.actor, at=moment("2026-03-04")
    )
    copy.refresh_from_db()
    assert copy.state == ReleaseState.RETRACTED


def test_copy_that_nobody_can_check_any_more_is_not_made_public(hands: Hands, desk: Desk) -> None:
    """The contacts are erased 210 days after the end: what cannot be looked for is not published."""
    waiting, case = cleared(hands, desk), answered(hands, case=handled(hands, case=submitted(name="李某")))
    Letter.objects.update(phone="", email="", residence="", phone_index="")
    for letter in (waiting, case):
        letter.refresh_from_db()
    with pytest.raises(StepRefused, match="联系方式已按保存期限清除"):
        actions.propose_release(case=case, actor=hands.clerk.actor, at=moment("2026-10-01"), **COPY)
    with pytest.raises(StepRefused, match="联系方式已按保存期限清除"):
        actions.release(case=waiting, actor=desk.publisher.actor, at=moment("2026-10-01"))


def test_words_of_the_letter_name_nobody_to_helpers_and_supervisors(
    hands: Hands, transport: Unit, helper: Person
) -> None:
    text = f"我是{NAME}，电话{PHONE}，路口的路灯不亮，请尽快修复。"
    case = helped(hands, transport, handled(hands, case=submitted(text=text, topic=f"{NAME}反映路灯不亮")))
    watching = person("watching", hands.office, Role.SUPERVISOR)
    for who in (helper, watching):
        view = queries.staff_view(case, who.actor, day("2026-02-12"))
        assert not view.knows
        for words in (view.topic, view.text):
            assert NAME not in words and PHONE not in words
        page = who.client().get(reverse("workbench_mailbox:detail", args=[case.public_id])).content.decode()
        assert "路口的路灯不亮" in page and NAME not in page and PHONE not in page
    assert NAME in queries.staff_view(case, hands.clerk.actor, day("2026-02-12")).text


def test_named_reader_who_left_the_office_sees_the_reporter_no_more(hands: Hands) -> None:
    case = report()
    reader = person("reader", hands.office, Role.REVIEWER)
    facts: Any = {"reason": "核查", "actor": hands.office_head.actor, "at": moment("2026-02-10", 11)}
    actions.name_reader(case=case, reader=reader.account, **facts)
    assert queries.may_know_writer(case, reader.actor)
    moved = person("moved", hands.office, Role.SUPERVISOR)
    Appointment.objects.filter(account=reader.account).update(account=moved.account)
    from portal.units.access import actor_for

    Appointment.objects.filter(account=moved.account, role=Role.SUPERVISOR).update(account=reader.account)
    assert not queries.may_know_writer(case, actor_for(reader.account, date(2026, 2, 11)))
    Appointment.objects.filter(account=hands.office_clerk.account).update(ends_on=date(2026, 2, 1))
    assert hands.office_clerk.account not in queries.possible_readers(case, date(2026, 2, 10))
    with pytest.raises(InvalidInput):
        actions.name_reader(case=case, reader=hands.office_clerk.account, **facts)


def test_supervisor_of_the_unit_concludes_nothing_about_it(hands: Hands) -> None:
    case = answered(hands)
    dissatisfied(case, on="2026-03-02")
    answered(hands, at="2026-03-06", case=case)
    assert dissatisfied(case, on="2026-03-09")
    own = person("own", hands.unit, Role.SUPERVISOR)
    both = Appointment.objects.create(
        account=own.account, unit=hands.unit, role=Role.CLERK, starts_on=date(2020, 1, 1)
    )
    from portal.units.access import actor_for

    facts: Any = {"verdict": "proper", "note": "已说明", "at": moment("2026-03-10")}
    with pytest.raises(StepRefused, match="应当回避"):
        actions.conclude_supervision(case=case, actor=actor_for(both.account, date(2026, 3, 10)), **facts)
    watching = person("watching", hands.office, Role.SUPERVISOR)
    actions.conclude_supervision(case=case, actor=watching.actor, **facts)


def test_public_response_is_taken_down_at_once(hands: Hands, desk: Desk) -> None:
    letters = [handled(hands, case=submitted(name=f"来信人{number}")) for number in range(3)]
    case = responses.order_response(
        unit=hands.unit,
        topic="路灯",
        brief="请回应",
        letters=letters,
        actor=hands.office_clerk.actor,
        at=moment("2026-02-11"),
    )
    responses.draft_response(
        case=case, heading="关于路灯", body="已修复。", actor=hands.clerk.actor, at=moment("2026-02-12")
    )
    responses.submit_response(case=case, actor=hands.clerk.actor, at=moment("2026-02-12", 11))
    responses.review_response(case=case, actor=hands.reviewer.actor, at=moment("2026-02-12", 14))
    responses.clear_response(case=case, actor=desk.secrecy.actor, at=moment("2026-02-12", 15))
    responses.publish_response(case=case, actor=hands.approver.actor, at=moment("2026-02-12", 16))
    address = reverse("responses:detail", args=[case.public_id])
    assert Client().get(address).status_code == 200
    with pytest.raises(InvalidInput):
        take_down(case=case, reason="", actor=hands.approver.actor, at=moment("2026-02-13"))
    take_down(case=case, reason="数字有误", actor=hands.approver.actor, at=moment("2026-02-13"))
    assert Client().get(address).status_code in (404, 410)
    assert not SearchEntry.objects.filter(key=f"response:{case.public_id}").exists()


def test_two_looks_at_the_ratings_never_tell_one_mark(hands: Hands) -> None:
    """Five ratings of 1 to 5; the sixth to ninth change nothing that is shown, the tenth all five at once."""
    for number in range(1, 11):
        case = answered(hands, case=handled(hands, case=submitted(name=f"来信人{number}")))
        marks = number if number < 6 else 1
        actions.rate(invitation=invitation(case), solved=marks, attitude=5, at=moment("2026-02-25"))
        shown = queries.rating_summary(hands.unit)
        if number < 5:
            assert (shown.count, shown.solved) == (number, None)
        elif number < 10:
            assert (shown.count, shown.solved, shown.satisfied) == (5, 3.0, 60)
    assert (shown.count, shown.solved) == (10, 2.0)
