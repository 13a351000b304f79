"""注销账号 (个人信息保护法第四十七条): nothing of the person stays in the account, and nothing of the offices' work goes."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from portal.units.models import Account, Unit
from requests_app.models import DisclosureRequest
from tests.cast import PASSWORD, Person
from tests.factories.requests_app import submitted

URL = "/accounts/close/"
SURE = {"password": PASSWORD, "sure": "on"}

pytestmark = pytest.mark.django_db


def test_citizen_closes_the_account_and_the_request_goes_on(office: Unit, citizen: Person) -> None:
    EmailAddress.objects.create(user=citizen.account, email=citizen.account.email, verified=True)
    case = submitted(office, actor=citizen.actor)
    here, elsewhere = citizen.client(), citizen.client()
    page = here.get(URL).content.decode()
    assert case.number in page
    assert reverse("code_own", args=[case.public_id]) in page
    closed = here.post(URL, SURE, follow=True)
    assert "账号已注销" in closed.content.decode()
    kept = Account.objects.get(pk=citizen.account.pk)
    assert (kept.is_active, kept.display_name, kept.has_usable_password()) == (False, "", False)
    assert "citizen" not in kept.email
    assert not EmailAddress.objects.filter(user=kept).exists()
    for browser in (here, elsewhere):
        assert browser.get(reverse("requests:mine")).status_code == 302
    assert DisclosureRequest.objects.get(pk=case.pk).state == "submitted"
    again = Client().post(reverse("account_login"), {"login": citizen.account.email, "password": PASSWORD})
    assert "账号" in again.content.decode() or again.status_code != 302
    assert Account.objects.filter(email=citizen.account.email).count() == 0


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"sure": "on"}, "请填写当前密码"),
        ({"password": PASSWORD}, "请确认已经保存编号和查询码"),
        ({"password": "something else", "sure": "on"}, "密码不正确"),
    ],
)
def test_nothing_is_closed_by_mistake(citizen: Person, sent: dict[str, str], sentence: str) -> None:
    answer = citizen.client().post(URL, sent)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert Account.objects.get(pk=citizen.account.pk).is_active


def test_staff_and_guests_close_nothing(clerk: Person) -> None:
    refused = clerk.client().post(URL, SURE)
    assert refused.status_code >= 400
    assert "由安全管理员停用" in refused.content.decode()
    assert Account.objects.get(pk=clerk.account.pk).is_active
    assert Client().get(URL).status_code == 302


def test_guessing_the_password_ends_and_the_account_stays(citizen: Person) -> None:
    browser, seen = citizen.client(), []
    for number in range(40):
        seen.append(browser.post(URL, {"password": f"guess {number}", "sure": "on"}).status_code)
        if seen[-1] == 429:
            break
    assert seen[-1] == 429
    assert set(seen[:-1]) == {400}
    assert browser.post(URL, SURE).status_code == 429
    assert Account.objects.get(pk=citizen.account.pk).is_active
