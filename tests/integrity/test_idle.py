"""Staff who were away for half an hour show again who they are; what they were writing is not lost."""

from __future__ import annotations

import re
import time
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.web import idle
from tests.cast import PASSWORD, Person

pytestmark = pytest.mark.django_db
ANSWERS = {"topic": "申请公开\n两行", "files": ["a", "b"], "version": "3"}


@pytest.fixture
def browser(clerk: Person) -> Client:
    """Logged in by the form."""
    client = Client()
    client.post(reverse("account_login"), {"login": clerk.account.email, "password": PASSWORD})
    return client


def later(monkeypatch: pytest.MonkeyPatch, minutes: float) -> None:
    """So many minutes go by."""
    at = time.time() + minutes * 60
    monkeypatch.setattr(idle.time, "time", lambda: at)


def again(client: Client, url: str) -> Any:
    """Answer the page that asks for the password."""
    asked = client.get(url)
    assert "超过30分钟没有操作" in asked.content.decode()
    found = re.search(r'name="next" value="([^"]+)"', asked.content.decode())
    assert found is not None
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": unescape(found[1])})


def test_after_29_minutes_nothing_is_asked_and_the_time_begins_anew(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minutes in (29, 58):
        later(monkeypatch, 29)
        assert browser.get("/workbench/").status_code == 200, minutes


def test_after_31_minutes_the_password_leads_back_to_the_page(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, 31)
    sent = browser.get("/workbench/?mine=1")
    assert sent["Location"] == "/accounts/reauthenticate/?next=%2Fworkbench%2F%3Fmine%3D1"
    assert browser.get("/").status_code == 302
    back = again(browser, sent["Location"])
    assert back["Location"] == "/workbench/?mine=1"
    monkeypatch.undo()
    assert browser.get("/workbench/?mine=1").status_code == 200


def test_a_form_sent_too_late_is_kept_and_sent_again_by_a_button(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, 31)
    sent = browser.post("/workbench/?x=1", ANSWERS)
    back = again(browser, sent["Location"])
    assert back["Location"] == "/accounts/kept-form/"
    monkeypatch.undo()
    page = browser.get(back["Location"]).content.decode()
    assert 'action="/workbench/?x=1"' in page
    fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
    kept = [(name, unescape(value)) for name, value in fields if name != "csrfmiddlewaretoken"]
    assert kept[-4:] == [("topic", "申请公开\n两行"), ("files", "a"), ("files", "b"), ("version", "3")]
    assert "申请公开" not in str(dict(browser.session))


def test_the_api_answers_401_in_its_own_shape(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, 31)
    answer = browser.get("/api/v1/proof/")
    assert (answer.status_code, answer.json()["error"]["sentence"]) == (
        401,
        "您超过30分钟没有操作，请重新验证身份。",
    )


def test_a_citizen_is_not_asked(citizen: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    client.post(reverse("account_login"), {"login": citizen.account.email, "password": PASSWORD})
    later(monkeypatch, 31)
    assert client.get("/requests/mine/").status_code == 200


def test_the_limit_is_a_setting(browser: Client, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.PORTAL_STAFF_IDLE_MINUTES = 0
    later(monkeypatch, 400)
    assert browser.get("/workbench/").status_code == 200


def test_a_forged_cookie_does_not_help(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, 31)
    browser.cookies[idle.COOKIE] = "forged"
    assert browser.get("/workbench/").status_code == 302
