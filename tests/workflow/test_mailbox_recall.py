"""A letter that went to the wrong unit is called back; who is nowhere is warned of; equal letters are named."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.urls import reverse

from mailbox import actions
from mailbox.models import Letter
from portal.core.errors import StepRefused
from portal.messaging.models import Message
from portal.units.choices import Role
from portal.units.models import Unit
from tests.cast import Person, moment, person, post_step
from tests.factories.mailbox import Hands, accepted, assigned, in_review, staffed, submitted  # noqa: F401


def page(case: Letter, verb: str) -> str:
    return reverse("workbench_mailbox:step", args=[case.public_id, verb])


@time_machine.travel(moment("2026-03-05", 15), tick=False)
def test_office_recalls_with_a_reason_and_the_term_runs_on(hands: Hands) -> None:
    case = assigned(hands)
    due = case.due_on
    browser = hands.office_clerk.client()
    assert post_step(browser, page(case, "recall"), {"comment": ""}).status_code == 400
    assert post_step(browser, page(case, "recall"), {"comment": "属于交通运输局职责"}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.unit_id, case.returns, case.due_on) == ("returned", hands.office.pk, 0, due)
    told = Message.objects.get(account=hands.clerk.account, subject=f"信箱来信已收回（{case.number}）")
    assert "属于交通运输局职责" in told.body
    assert hands.clerk.client().get(page(case, "sign-for")).status_code == 404


@time_machine.travel(moment("2026-03-05", 15), tick=False)
def test_writer_is_told_the_unit_that_handles_it_now(hands: Hands, citizen: Person) -> None:
    case = assigned(hands, case=submitted(actor=citizen.actor))
    actions.recall(case=case, comment="交错单位", actor=hands.office_head.actor, at=moment("2026-03-05", 15))
    transport = Unit.objects.get(code="transport")
    actions.assign(case=case, unit=transport, actor=hands.office_clerk.actor, at=moment("2026-03-05", 16))
    told = Message.objects.filter(account=citizen.account, channel="site").order_by("pk")
    assert [(row.subject, row.body) for row in told if "承办" in row.body] == [
        (f"您的来信已交办（{case.number}）", f"承办单位：{hands.unit.name}。"),
        (f"您的来信已改由其他单位办理（{case.number}）", f"承办单位：{transport.name}。"),
    ]


@time_machine.travel(moment("2026-03-20", 15), tick=False)
def test_supervisor_recalls_from_review_and_nothing_waits_there(hands: Hands, supervisor: Person) -> None:
    case = in_review(hands)
    assert post_step(supervisor.client(), page(case, "recall"), {"comment": "久拖不办"}).status_code == 302
    case.refresh_from_db()
    assert case.state == "returned"
    assert not case.reviews.filter(closed_at__isnull=True).exists()


def test_unit_itself_and_strangers_recall_nothing(hands: Hands, outsider: Person) -> None:
    case = assigned(hands)
    for one in (hands.clerk, hands.approver, outsider):
        with pytest.raises(StepRefused):
            actions.recall(case=case, comment="不想办", actor=one.actor, at=moment("2026-03-05"))


def test_unit_without_people_is_warned_of_and_taken_knowingly_only(hands: Hands) -> None:
    case = accepted(hands)
    transport = Unit.objects.get(code="transport")
    browser, url = hands.office_clerk.client(), page(case, "assign")
    text = browser.get(url).content.decode()
    assert f"{transport.name}（尚未任命经办人）" in text
    assert f"{hands.unit.name}（尚未任命经办人）" not in text
    refused = post_step(browser, url, {"unit": transport.pk})
    assert refused.status_code == 400
    assert "没有任命经办人，交办后无人签收" in refused.content.decode()
    assert post_step(browser, url, {"unit": transport.pk, "knowingly": "on"}).status_code == 302
    case.refresh_from_db()
    assert case.main_unit_id == transport.pk


def test_letter_changes_hands_inside_its_unit(hands: Hands) -> None:
    case = assigned(hands)
    actions.sign_for(case=case, actor=hands.clerk.actor, at=moment("2026-03-06"))
    other = person("second", hands.unit, Role.CLERK)
    browser = hands.clerk.client()
    sent: dict[str, Any] = {"case": [str(case.public_id)], "what": "assign", "to": other.account.pk}
    browser.post(reverse("workbench:many"), sent)
    case.refresh_from_db()
    assert case.officer_id == other.account.pk


def test_three_equal_letters_are_shown_as_such(hands: Hands) -> None:
    first, second, third = (submitted(on="2026-03-02") for _ in range(3))
    submitted(on="2026-03-02", topic="公园增设座椅", text="建议在聂耳公园北门一带增设供老人休息的座椅。")
    view = hands.office_clerk.client().get(reverse("workbench_mailbox:detail", args=[third.public_id]))
    assert [(row.number, likeness) for row, likeness in view.context["view"].equal] == [
        (first.number, 100),
        (second.number, 100),
    ]
    assert "内容相同或者相近的来信（2件）" in view.content.decode()
