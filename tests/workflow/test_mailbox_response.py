"""A hot topic turned into a public response (办法第九条): ordered, written, signed by four, told to the writers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mailbox.models import Letter
from mailbox.responses import actions
from mailbox.responses.choices import State
from mailbox.responses.models import ResponseTask
from portal.cases.ledger import verify_cases
from portal.core.errors import InvalidInput, StepRefused
from portal.jobs.outbox import run_due
from portal.messaging.models import Message
from portal.search.queries import search
from portal.units.choices import Role
from portal.units.models import Unit
from tests.cast import Person, moment, person
from tests.factories.mailbox import submitted

Hands = dict[str, Person]


@pytest.fixture
def hands(housing: Unit, outsider: Person) -> Hands:
    """The people of the responding unit."""
    return {
        "clerk": outsider,
        "reviewer": person("h-reviewer", housing, Role.REVIEWER),
        "secrecy": person("h-secrecy", housing, Role.SECRECY_REVIEWER),
        "approver": person("h-approver", housing, Role.APPROVER),
    }


def letters(count: int = 3) -> list[Letter]:
    return [submitted(topic=f"第{number}个路口路灯不亮") for number in range(count)]


def ordered(housing: Unit, clerk: Person) -> ResponseTask:
    return actions.order_response(
        topic="路灯不亮",
        brief="请说明路灯维修安排。",
        letters=letters(),
        unit=housing,
        actor=clerk.actor,
        at=moment("2026-03-02"),
    )


def test_response_goes_through_four_and_is_told_to_the_writers(
    office: Unit, housing: Unit, clerk: Person, hands: Hands
) -> None:
    case = ordered(housing, clerk)
    assert (case.unit, case.due_on) == (housing, date(2026, 3, 9))
    facts: dict[str, Any] = {"case": case, "actor": hands["clerk"].actor}
    actions.draft_response(
        heading="路灯维修安排", body="三月底前修复全部路灯。", at=moment("2026-03-03"), **facts
    )
    actions.submit_response(at=moment("2026-03-03", 11), **facts)
    with pytest.raises(StepRefused):
        actions.review_response(at=moment("2026-03-03", 12), **facts)
    actions.review_response(case=case, actor=hands["reviewer"].actor, at=moment("2026-03-04"))
    actions.clear_response(case=case, actor=hands["secrecy"].actor, at=moment("2026-03-04", 11))
    for who, said in (("reviewer", "待审核"), ("secrecy", "待保密审查"), ("approver", "待签发")):
        rows = Message.objects.filter(account=hands[who].account).values_list("subject", flat=True)
        assert [row.partition("（")[0] for row in rows] == [f"公开回应{said}"]
    assert search("路灯维修安排").total == 0
    actions.publish_response(case=case, actor=hands["approver"].actor, at=moment("2026-03-05"))
    run_due()
    assert (case.state, case.closed_on) == (State.PUBLISHED, date(2026, 3, 5))
    assert search("路灯维修安排").total == 1
    told = Message.objects.filter(subject__contains="已有公开回应")
    assert told.count() >= 3
    actions.tell_writers(response_id=case.pk, at=moment("2026-03-06"))
    assert Message.objects.filter(subject__contains="已有公开回应").count() == told.count()
    assert list(verify_cases()) == []


def test_response_with_a_writers_name_is_refused(
    office: Unit, housing: Unit, clerk: Person, hands: Hands
) -> None:
    case = ordered(housing, clerk)
    name = case.letters.first().name  # type: ignore[union-attr]  # there are three
    with pytest.raises(InvalidInput, match="个人信息"):
        actions.draft_response(
            case=case,
            heading="路灯维修安排",
            body=f"感谢{name}反映。",
            actor=hands["clerk"].actor,
            at=moment("2026-03-03"),
        )


def test_only_the_mailbox_office_orders(office: Unit, housing: Unit, hands: Hands) -> None:
    with pytest.raises(StepRefused):
        ordered(housing, hands["clerk"])


def test_pages(
    office: Unit, housing: Unit, clerk: Person, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-03-03"))
    rows = letters()
    url = reverse("workbench_responses:order")
    query = "&".join(f"letter={row.pk}" for row in rows)
    assert hands["clerk"].client().get(url).status_code == 403
    assert "所涉来信 3 件" in clerk.client().get(f"{url}?{query}&topic=路灯").content.decode()
    bare = clerk.client().post(url, {"topic": "路灯", "unit": housing.pk, "brief": "请回应"})
    assert bare.status_code == 400
    assert "请选择所涉来信" in bare.content.decode()
    data = {"topic": "路灯", "unit": housing.pk, "brief": "请回应", "letter": [row.pk for row in rows]}
    assert clerk.client().post(url, data).status_code == 302
    case = ResponseTask.objects.get()
    detail = reverse("workbench_responses:detail", args=[case.public_id])
    words = hands["clerk"].client().get(detail).content.decode()
    assert "起草回应" in words
    assert rows[0].name not in words
    step = reverse("workbench_responses:step", args=[case.public_id, "draft-response"])
    assert hands["clerk"].client().post(step, {"heading": "", "body": ""}).status_code == 400
    page = reverse("responses:detail", args=[case.public_id])
    assert Client().get(page).status_code == 404
    for who, act in (
        ("clerk", lambda **f: actions.draft_response(heading="路灯维修", body="月底修复。", **f)),
        ("clerk", actions.submit_response),
        ("reviewer", actions.review_response),
        ("secrecy", actions.clear_response),
        ("approver", actions.publish_response),
    ):
        act(case=case, actor=hands[who].actor, at=moment("2026-03-03"))
    shown = Client().get(page).content.decode()
    assert "所涉来信 3 件" in shown
    assert "路灯维修" in Client().get(reverse("responses:home")).content.decode()
    assert person("stranger").client().get(detail).status_code in (302, 403, 404)


def test_response_is_ordered_by_hand_from_the_letters_page(
    office: Unit, housing: Unit, clerk: Person, hands: Hands
) -> None:
    """The letters page leads to the responses, these to the form; two letters are named by their numbers."""
    rows = letters()
    client = clerk.client()
    home = reverse("workbench_responses:list")
    order = reverse("workbench_responses:order")
    assert f'href="{home}"' in client.get(reverse("workbench_mailbox:letters")).content.decode()
    assert f'href="{order}"' in client.get(home).content.decode()
    assert f'href="{order}"' not in hands["clerk"].client().get(home).content.decode()
    data = {"topic": "路灯", "unit": housing.pk, "brief": "请回应"}
    wrong = client.post(order, data | {"numbers": f"{rows[0].number}\nX20269999"})
    assert (wrong.status_code, "没有找到编号为X20269999的来信" in wrong.content.decode()) == (400, True)
    typed = f"{rows[0].number}\n{rows[1].number}\n{rows[0].number}"
    assert client.post(order, data | {"numbers": typed, "letter": [rows[1].pk]}).status_code == 302
    case = ResponseTask.objects.get()
    assert sorted(case.letters.values_list("pk", flat=True)) == [rows[0].pk, rows[1].pk]
