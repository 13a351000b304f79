"""What comes on paper or by word of mouth: entered and registered by a clerk, with the day of receipt by channel."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from portal.cases.intake import find_by_code
from portal.core.errors import InvalidInput, StepRefused
from portal.documents.models import OfficialDocument
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.offline import PaperReceipt
from requests_app.choices import Channel, State
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import IDENTITY, NAME, answers

TYPED = {
    "channel": "registered_post",
    "received_on": "2026-02-10",
    "evidence": "挂号信XA1，2月10日签收",
    "name": NAME,
    "identity_kind": "resident",
    "identity_number": IDENTITY,
    "phone": "13800000000",
    "address": "玉溪市红塔区",
    "information_name": "2025年度预算执行情况",
    "form_wanted": "paper",
    "delivery": "post",
    "key": "offline-page-key-000001",
}


def entered(office: Unit, clerk: Person, *, on: str = "2026-02-11", **changes: Any) -> Any:
    """A registered letter that was signed for on 10 February and entered the day after."""
    facts = {
        "channel": Channel.REGISTERED_POST,
        "received_on": date(2026, 2, 10),
        "evidence": "挂号信XA1",
    } | changes
    return actions.enter(
        unit=office,
        answers=answers(),
        receipt=PaperReceipt(**facts),
        key="offline-test-key-000001",
        actor=clerk.actor,
        at=moment(on),
    )


def test_registered_letter_counts_from_the_day_it_was_signed_for(office: Unit, clerk: Person) -> None:
    sent = entered(office, clerk)
    assert (sent.case.state, sent.case.received_on, sent.case.due_on) == (
        State.REGISTERED,
        date(2026, 2, 10),
        date(2026, 3, 16),
    )
    assert sent.case.channel == Channel.REGISTERED_POST
    assert find_by_code(number=sent.case.number, code=sent.code, address="127.0.0.1", at=moment("2026-02-12"))
    kinds = set(OfficialDocument.objects.filter(case=sent.case).values_list("kind", flat=True))
    assert kinds == {"application_form", "receipt", "register_sheet"}


def test_same_key_enters_once(office: Unit, clerk: Person) -> None:
    first, second = entered(office, clerk), entered(office, clerk)
    assert (first.case.pk, second.repeated) == (second.case.pk, True)
    assert DisclosureRequest.objects.count() == 1


def test_oral_request_is_read_back(office: Unit, clerk: Person) -> None:
    """条例第四十三条: for those who have trouble writing, a clerk takes it down."""
    oral = {"channel": Channel.ORAL, "received_on": date(2026, 2, 11), "evidence": "接待笔录"}
    with pytest.raises(InvalidInput) as refused:
        entered(office, clerk, **oral)
    assert refused.value.field == "read_back"
    assert entered(office, clerk, **oral, read_back=True).case.due_on == date(2026, 3, 17)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"channel": Channel.ONLINE}, "channel"),
        ({"channel": "pigeon"}, "channel"),
        ({"received_on": date(2026, 2, 12)}, "received_on"),
        ({"evidence": " "}, "evidence"),
    ],
)
def test_impossible_receipt_is_refused_and_nothing_is_kept(
    office: Unit, clerk: Person, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        entered(office, clerk, **changes)
    assert refused.value.field == field
    assert not DisclosureRequest.objects.exists()


def test_others_cannot_enter(office: Unit, outsider: Person, reviewer: Person, citizen: Person) -> None:
    for person in (outsider, reviewer, citizen):
        with pytest.raises(StepRefused):
            entered(office, person)


@time_machine.travel(moment("2026-02-11"), tick=False)
def test_page_enters_and_shows_the_code_once(office: Unit, clerk: Person) -> None:
    url = reverse("workbench_requests:enter")
    browser = clerk.client()
    assert browser.get(url).status_code == 200
    done = browser.post(url, TYPED, follow=True)
    case = DisclosureRequest.objects.get()
    assert case.number in done.content.decode()
    assert "查询码（只显示这一次" in done.content.decode()
    assert (
        "查询码（只显示这一次" not in browser.get(f"/workbench/requests/{case.public_id}/").content.decode()
    )


@time_machine.travel(moment("2026-02-11"), tick=False)
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"identity_number": "110105194912310021"}, "校验不通过"),
        ({"address": ""}, "通信地址"),
        ({"received_on": "2026-02-12"}, "收到日不能晚于今天"),
        ({"agent_name": "王代理"}, "有代理人的，请填写"),
        ({"information_name": ""}, "至少填写一项"),
    ],
)
def test_page_keeps_what_was_typed(
    office: Unit, clerk: Person, changes: dict[str, str], sentence: str
) -> None:
    response = clerk.client().post(reverse("workbench_requests:enter"), TYPED | changes)
    page = response.content.decode()
    assert response.status_code == 400
    assert sentence in page
    assert "挂号信XA1" in page
    assert TYPED["key"] in page
    assert not DisclosureRequest.objects.exists()


def test_page_is_for_clerks(office: Unit, reviewer: Person, citizen: Person) -> None:
    url = reverse("workbench_requests:enter")
    assert reviewer.client().get(url).status_code == 403
    assert citizen.client().get(url).status_code == 403
