"""A writer takes the letter back before the answer: everything that waits for somebody ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from mailbox import actions, queries
from mailbox.choices import AssignmentState, State
from mailbox.models import Assignment, ExtensionRequest, Letter, Supplement
from portal.cases.ledger import verify_cases
from portal.core.actors import GUEST
from portal.core.errors import StepRefused
from portal.core.numbering import grouped
from portal.publishing.models import Review
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.mailbox import (  # noqa: F401  fixtures
    Hands,
    accepted,
    answered,
    answers,
    assigned,
    assisting_unit,
    day,
    handled,
    helped,
    in_review,
    signed,
    staffed,
    submitted,
)


def taken_back(case: Letter, *, on: str = "2026-02-26") -> Letter:
    """The letter after its writer, who has the code, took it back."""
    actions.withdraw(case=case, actor=actions.WRITER, at=moment(on))
    return Letter.objects.get(pk=case.pk)


@pytest.mark.parametrize("reach", [accepted, assigned, handled, in_review, signed])
def test_withdraw_at_any_stage_closes_and_stops_the_clock(
    hands: Hands, reach: Callable[[Hands], Letter]
) -> None:
    case = taken_back(reach(hands))
    assert (case.state, case.outcome, case.closed_on) == (
        State.WITHDRAWN,
        "withdrawn",
        date(2026, 2, 26),
    )
    assert (case.internal_due_on, case.is_open) == (None, False)
    clock = queries.round_clock(case)
    assert clock is not None and clock.stopped_on == date(2026, 2, 26)
    assert not Review.objects.filter(case=case, closed_at__isnull=True).exists()
    assert list(verify_cases()) == []


def test_withdraw_before_the_first_look_has_no_clock(office: Unit) -> None:
    case = taken_back(submitted())
    assert (case.state, queries.round_clock(case)) == (State.WITHDRAWN, None)


def test_withdraw_ends_parts_supplement_and_extension(hands: Hands, transport: Unit) -> None:
    case = helped(hands, transport)
    actions.request_extension(
        case=case, days=3, reason="需现场核查", actor=hands.clerk.actor, at=moment("2026-02-12")
    )
    actions.ask_supplement(
        case=case,
        asked="具体位置",
        answer_by=day("2026-03-03"),
        actor=hands.clerk.actor,
        at=moment("2026-02-12", 11),
    )
    taken_back(case)
    assert {part.state for part in Assignment.objects.filter(letter=case)} == {AssignmentState.CANCELLED}
    assert not Supplement.objects.filter(letter=case, is_open=True).exists()
    assert not ExtensionRequest.objects.filter(letter=case, decision="pending").exists()
    assert actions.send_reminders(at=moment("2026-03-10", 9)) == 0


def test_withdrawn_leading_letter_sets_the_others_free(hands: Hands) -> None:
    leader = handled(hands)
    waiting = accepted(hands, case=submitted(name="李四", phone="13900000002"))
    in_unit = handled(hands, case=submitted(name="王五", phone="13900000003"))
    actions.merge(
        case=leader, members=[waiting, in_unit], actor=hands.office_clerk.actor, at=moment("2026-02-11")
    )
    taken_back(leader)
    found = [Letter.objects.get(pk=case.pk) for case in (waiting, in_unit)]
    assert [(case.state, case.leader_id) for case in found] == [
        (State.ACCEPTED, None),
        (State.HANDLING, None),
    ]


def test_withdrawn_member_leaves_its_leading_letter(hands: Hands) -> None:
    leader = handled(hands)
    member = accepted(hands, case=submitted(name="李四", phone="13900000002"))
    actions.merge(case=leader, members=[member], actor=hands.office_clerk.actor, at=moment("2026-02-11"))
    member = taken_back(member)
    answered(hands, case=leader, at="2026-02-27")
    member.refresh_from_db()
    assert (member.state, member.leader_id) == (State.WITHDRAWN, None)


def test_withdraw_after_the_answer_twice_or_by_another_is_refused(hands: Hands, citizen: Person) -> None:
    with pytest.raises(StepRefused):
        taken_back(answered(hands))
    case = taken_back(submitted(actor=citizen.actor))
    with pytest.raises(StepRefused):
        taken_back(case)
    for actor in (GUEST, hands.office_clerk.actor):
        with pytest.raises(StepRefused):
            actions.withdraw(case=submitted(actor=citizen.actor), actor=actor, at=moment("2026-02-26"))


def test_withdraw_page_asks_once_more_and_looking_changes_nothing(office: Unit, citizen: Person) -> None:
    case = submitted(actor=citizen.actor)
    client, page = citizen.client(), reverse("mailbox:withdraw", args=[case.public_id])
    assert "撤回后不能恢复" in client.get(page).content.decode()
    assert client.post(page, {"version": case.version}).status_code == 400
    case.refresh_from_db()
    assert case.state == State.SUBMITTED
    stale = client.post(page, {"version": case.version - 1, "sure": "on"})
    assert stale.status_code == 409
    done = client.post(page, {"version": case.version, "sure": "on", "reason": "已解决"}, follow=True)
    assert "来信已撤回，不再办理。" in done.content.decode()
    case.refresh_from_db()
    assert case.state == State.WITHDRAWN
    assert "不能撤回" in client.get(page).content.decode()
    assert client.post(page, {"version": case.version, "sure": "on"}).status_code == 409
    assert Client().get(page).status_code == 404


def test_account_with_the_code_of_a_guests_letter_withdraws_it(office: Unit, citizen: Person) -> None:
    done = actions.submit(
        answers=answers(), key="page-key-withdraw-guest", actor=GUEST, at=moment("2026-02-10")
    )
    client = citizen.client()
    page = reverse("mailbox:withdraw", args=[done.case.public_id])
    assert client.get(page).status_code == 404
    client.post(reverse("mailbox:track"), {"number": done.case.number, "code": grouped(done.code)})
    assert client.post(page, {"version": done.case.version, "sure": "on"}).status_code == 302
    assert Letter.objects.get(pk=done.case.pk).state == State.WITHDRAWN
