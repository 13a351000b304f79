"""One way of contact is enough (条例第二十九条: 联系方式), on the page, at the desk and through the API."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mailbox.models import Letter
from portal.core.errors import InvalidInput
from portal.core.telephone import PROBLEM
from portal.units.models import Unit
from requests_app import actions
from requests_app.models import DisclosureRequest
from tests.api.test_api import BODY, submit
from tests.api.test_letters_api import BODY as LETTER
from tests.api.test_letters_api import post as post_letter
from tests.cast import Person, moment
from tests.factories.mailbox import Hands, staffed  # noqa: F401  fixtures
from tests.factories.requests_app import answers
from tests.pages.test_request_pages import GOOD, fill, send
from tests.workflow.test_offline import TYPED

ADDRESS = "云南省玉溪市红塔区示例路1号"
CODE = "91110000600037341L"
FIRM = {
    "organisation_kind": "legal",
    "name": "某律师事务所",
    "identity_number": CODE,
    "representative": "梁",
    "contact_person": "梁",
}
WAYS: list[tuple[dict[str, str], str]] = [
    ({"phone": "0877-2022222-8001"}, "online"),
    ({"email": "liang@example.org"}, "email"),
    ({"address": ADDRESS}, "post"),
    ({"address": ADDRESS}, "in_person"),
]


@pytest.mark.parametrize(("contact", "delivery"), WAYS)
def test_page_takes_one_way_of_contact(
    office: Unit, client: Client, contact: dict[str, str], delivery: str
) -> None:
    fill(client)
    assert client.post(reverse("requests:new", args=["contact"]), contact).status_code == 302
    receive = GOOD["receive"] | {"delivery": delivery}
    assert client.post(reverse("requests:new", args=["receive"]), receive).status_code == 302
    assert send(client).status_code == 302
    case = DisclosureRequest.objects.get()
    told = {name: getattr(case, name) for name in ("phone", "email", "address")}
    expected = {"phone": "", "email": "", "address": ""} | contact
    assert told == expected | ({"phone": "0877-2022222转8001"} if "phone" in contact else {})


@pytest.mark.parametrize(
    ("contact", "sentence"),
    [
        ({}, "联系电话、电子邮箱、通信地址至少填写一项"),
        ({"phone": "12", "email": "liang@example.org"}, PROBLEM),
        ({"email": "liang"}, "电子邮箱格式不正确"),
    ],
)
def test_page_without_a_good_contact_says_so_and_keeps_what_was_typed(
    office: Unit, client: Client, contact: dict[str, str], sentence: str
) -> None:
    fill(client, upto="person")
    response = client.post(reverse("requests:new", args=["contact"]), contact)
    page = response.content.decode()
    assert response.status_code == 400
    assert sentence in page
    assert all(value in page for value in contact.values())


@pytest.mark.parametrize(
    ("delivery", "field", "where", "sentence"),
    [
        ("post", "address", ADDRESS, "选择邮寄的，请填写通信地址"),
        ("email", "email", "liang@example.org", "选择电子邮件的，请填写电子邮箱"),
    ],
)
def test_page_asks_where_to_send_and_takes_it_there_and_then(
    office: Unit, client: Client, delivery: str, field: str, where: str, sentence: str
) -> None:
    fill(client, upto="information")
    url, chosen = reverse("requests:new", args=["receive"]), GOOD["receive"] | {"delivery": delivery}
    refused = client.post(url, chosen)
    page = refused.content.decode()
    assert refused.status_code == 400
    assert f'<a href="#id_{field}">{sentence}</a>' in page
    assert f'id="id_{field}"' in page
    assert client.post(url, chosen | {field: where}).status_code == 302
    assert send(client).status_code == 302
    assert getattr(DisclosureRequest.objects.get(), field) == where


def test_what_the_contact_page_says_goes_before_what_the_last_page_added(
    office: Unit, client: Client
) -> None:
    fill(client, upto="information")
    url = reverse("requests:new", args=["receive"])
    client.post(url, GOOD["receive"] | {"delivery": "email", "email": "first@example.org"})
    contact = {"phone": "13887700001", "email": "second@example.org"}
    client.post(reverse("requests:new", args=["contact"]), contact)
    assert send(client).status_code == 302
    assert DisclosureRequest.objects.get().email == "second@example.org"


@pytest.mark.parametrize(
    ("form_wanted", "delivery", "status"),
    [
        ("paper", "email", 400),
        ("paper", "online", 302),
        ("paper", "post", 302),
        ("paper", "in_person", 302),
        ("electronic", "email", 302),
        ("other", "online", 302),
    ],
)
def test_paper_does_not_go_by_mail(
    office: Unit, client: Client, form_wanted: str, delivery: str, status: int
) -> None:
    fill(client, upto="person")
    contact = {"email": "liang@example.org", "address": ADDRESS}
    client.post(reverse("requests:new", args=["contact"]), contact)
    client.post(reverse("requests:new", args=["information"]), GOOD["information"])
    answer = client.post(
        reverse("requests:new", args=["receive"]), {"form_wanted": form_wanted, "delivery": delivery}
    )
    assert answer.status_code == status
    assert ("纸质的不能用电子邮件发送" in answer.content.decode()) == (status == 400)


@pytest.mark.parametrize(("contact", "delivery"), WAYS)
@pytest.mark.parametrize("firm", [False, True])
def test_api_takes_one_way_of_contact(
    office: Unit, client: Client, contact: dict[str, str], delivery: str, firm: bool
) -> None:
    body = BODY | {"contact": contact, "receive": {"form_wanted": "other", "delivery": delivery}}
    if firm:
        body |= {"who": {"applicant_kind": "organisation"}, "organisation": FIRM}
        del body["person"]
    assert submit(client, body).status_code == 201
    assert DisclosureRequest.objects.get().email == contact.get("email", "")


@pytest.mark.parametrize(
    ("contact", "delivery", "page"),
    [
        ({}, "online", "contact"),
        ({"phone": "4008108888"}, "post", "receive"),
        ({"phone": "1"}, "post", "contact"),
    ],
)
def test_api_refuses_what_cannot_be_reached(
    office: Unit, client: Client, contact: dict[str, str], delivery: str, page: str
) -> None:
    body = BODY | {"contact": contact, "receive": {"form_wanted": "other", "delivery": delivery}}
    answer = submit(client, body)
    assert answer.status_code == 400
    assert page in answer.json()["error"]["fields"]
    assert not DisclosureRequest.objects.exists()


@time_machine.travel(moment("2026-02-11"), tick=False)
def test_clerk_enters_a_letter_that_gives_an_address_only(office: Unit, clerk: Person) -> None:
    url = reverse("workbench_requests:enter")
    typed = {name: value for name, value in TYPED.items() if name != "phone"}
    agent = {"agent_name": "王代理", "agent_identity_kind": "passport", "agent_identity_number": "E12345678"}
    refused = clerk.client().post(url, typed | {"address": ""})
    assert refused.status_code == 400
    assert "联系电话、电子邮箱、通信地址至少填写一项" in refused.content.decode()
    assert "选择邮寄的，请填写通信地址" in refused.content.decode()
    without_authority = clerk.client().post(url, typed | agent)
    assert "请上传授权委托书" in without_authority.content.decode()
    assert "请填写代理人电话" not in without_authority.content.decode()
    assert clerk.client().post(url, typed).status_code == 302
    assert DisclosureRequest.objects.get().phone == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phone": "", "address": "", "delivery": "online"}, "phone"),
        ({"address": "", "delivery": "post"}, "delivery"),
        ({"email": "", "delivery": "email"}, "delivery"),
    ],
)
def test_submit_refuses_an_applicant_who_cannot_be_reached(
    office: Unit, citizen: Person, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        actions.submit(
            unit=office,
            answers=answers(**changes),
            key="contact-test-key-0001",
            actor=citizen.actor,
            at=moment("2026-02-09"),
        )
    assert refused.value.field == field


@time_machine.travel(moment("2026-03-05"), tick=False)
@pytest.mark.parametrize(
    "contact", [{"phone": "0871—63992648"}, {"email": "liang@example.org"}, {"residence": ADDRESS}]
)
def test_letter_needs_one_way_of_contact(hands: Hands, contact: dict[str, str]) -> None:
    body = {name: value for name, value in LETTER.items() if name != "phone"}
    headers = {"HTTP_IDEMPOTENCY_KEY": "0123456789abcdef"}
    refused = post_letter(body, **headers)
    assert refused.status_code == 400
    assert "至少填写一项" in refused.content.decode()
    assert post_letter(body | contact, **headers).status_code == 201
    assert Letter.objects.get().phone == ("0871-63992648" if "phone" in contact else "")


def test_own_number_is_found_however_a_copy_writes_it() -> None:
    case = DisclosureRequest(phone="0877-2022222转8001", agent_phone="95598")
    assert {"08772022222", "2022222"} <= set(case.personal_values())
    assert "95598" not in case.personal_values()
