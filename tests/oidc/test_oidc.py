"""Signing in through a real OpenID provider (npm's oidc-provider, strict), started here: who gets in, and as whom."""

from __future__ import annotations

import http.client
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as django_settings
from django.test import Client

from portal.units.models import Account
from portal.web.models import SignIn
from tests.cast import Person
from tests.servers import free_port

HERE = Path(__file__).resolve().parent
ROOT = Path(django_settings.BASE_DIR)
SECRET = "a-secret-of-the-tests-only-0123456789"
pytestmark = pytest.mark.django_db
PEOPLE: dict[str, dict[str, Any]] = {
    "s-clerk": {"email": "clerk@test.invalid", "email_verified": True, "level": "level3"},
    "s-nobody": {"email": "nobody@test.invalid", "email_verified": True},
    "s-claims": {"email": "clerk@test.invalid", "email_verified": False},
    "c-wang": {"name": "王五", "level": "level2"},
    "c-li": {"name": "李四", "email": "li@test.invalid", "email_verified": True},
    "c-low": {"name": "赵六", "level": "level1"},
}


@dataclass
class Provider:
    """A provider on the loopback address."""

    port: int
    program: subprocess.Popen[bytes]

    def follow(self, address: str, who: str) -> str:
        """What a browser is sent to in the end, signed in there as that person."""
        self.ask(f"/as/{who}")
        jar: dict[str, str] = {}
        for _ in range(6):
            if urlsplit(address).port != self.port:
                return address
            address = self.ask(address, jar)
        raise AssertionError(f"the provider goes round: {address}")

    def ask(self, address: str, jar: dict[str, str] | None = None) -> str:
        """One request; where it leads."""
        parts = urlsplit(address)
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            cookies = "; ".join(f"{name}={value}" for name, value in (jar or {}).items())
            link.request("GET", f"{parts.path}?{parts.query}", headers={"Cookie": cookies} if cookies else {})
            answer = link.getresponse()
            answer.read()
            for line in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = line.partition(";")[0].partition("=")
                if jar is not None:
                    jar[name] = value
            place = answer.headers.get("Location", "")
            return f"http://127.0.0.1:{self.port}{place}" if place.startswith("/") else place
        finally:
            link.close()


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """Up for all tests of this file."""
    node, package = shutil.which("node"), ROOT / "node_modules" / "oidc-provider"
    if node is None or not package.is_dir():
        pytest.skip("OIDC TESTS NOT RUN: no node or no oidc-provider (make setup)")
    people = tmp_path_factory.mktemp("oidc") / "people.json"
    people.write_text(json.dumps(PEOPLE), encoding="utf-8")
    port = free_port()
    back = [f"http://testserver/accounts/oidc/{name}/login/callback/" for name in ("staff", "citizens")]
    program = subprocess.Popen(
        [node, str(HERE / "provider.mjs"), str(port), str(people), *back],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    found = Provider(port, program)
    try:
        for _ in range(100):
            try:
                found.ask("/.well-known/openid-configuration")
                break
            except OSError:
                if program.poll() is not None:
                    pytest.skip("OIDC TESTS NOT RUN: this Node is too old for oidc-provider")
                time.sleep(0.1)
        yield found
    finally:
        program.kill()
        program.wait()


@pytest.fixture(autouse=True)
def _named(provider: Provider, settings: Any) -> None:
    """Both doors lead to it."""
    apps = [
        {"provider_id": name, "name": "统一身份认证", "client_id": "portal", "secret": SECRET,
         "settings": {
                "server_url": f"http://127.0.0.1:{provider.port}",
                "auth_params": {"acr_values": "level1 level2 level3"},
            }}
        for name in ("staff", "citizens")
    ]  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}
    settings.OIDC_APPS = apps


def enter(provider: Provider, door: str, who: str) -> tuple[Client, Any]:
    """A browser that went through that door as that person, and what it was answered."""
    client = Client(raise_request_exception=False)
    sent = client.post(f"/accounts/oidc/{door}/login/")
    assert sent.status_code == 302, sent.content.decode()[:300]
    back = provider.follow(sent["Location"], who)
    return client, client.get(back.removeprefix("http://testserver"))


def signed_in(client: Client) -> str:
    """The address of whoever is signed in, "" for nobody."""
    key = client.session.get("_auth_user_id")
    return Account.objects.get(pk=key).email if key else ""


def test_staff_come_in_by_their_verified_address(provider: Provider, clerk: Person) -> None:
    client, answer = enter(provider, "staff", "s-clerk")
    assert (answer.status_code, answer["Location"]) == (302, "/workbench/")
    assert signed_in(client) == "clerk@test.invalid"
    assert SocialAccount.objects.get().uid == "s-clerk"
    assert SignIn.objects.get(kind="in").means == "staff level3"
    again, _ = enter(provider, "staff", "s-clerk")
    assert signed_in(again) == "clerk@test.invalid"


@pytest.mark.parametrize("who", ["s-nobody", "s-claims"])
def test_no_appointment_or_an_address_that_is_only_claimed_opens_nothing(
    provider: Provider, clerk: Person, who: str
) -> None:
    client, answer = enter(provider, "staff", who)
    assert (answer.status_code, "没有与您的工作邮箱对应的任职" in answer.content.decode()) == (403, True)
    assert (signed_in(client), SocialAccount.objects.count(), Account.objects.count()) == ("", 0, 1)


def test_closed_account_of_staff_stays_closed(provider: Provider, clerk: Person) -> None:
    Account.objects.update(is_active=False)
    client, answer = enter(provider, "staff", "s-clerk")
    assert (answer.status_code, signed_in(client)) == (403, "")


def test_citizen_without_an_address_gets_an_account_of_the_subject(provider: Provider) -> None:
    client, answer = enter(provider, "citizens", "c-wang")
    assert answer.status_code == 302
    account = Account.objects.get()
    assert (account.email.startswith("oidc-"), account.email.endswith("@citizen.invalid")) == (True, True)
    assert (account.display_name, signed_in(client), account.has_usable_password()) == (
        "王五",
        account.email,
        False,
    )
    again, _ = enter(provider, "citizens", "c-wang")
    assert (signed_in(again), Account.objects.count()) == (account.email, 1)


def test_verified_address_of_a_citizen_is_taken(provider: Provider) -> None:
    client, _ = enter(provider, "citizens", "c-li")
    assert signed_in(client) == "li@test.invalid"
    assert EmailAddress.objects.get().verified


def test_citizens_door_never_opens_an_account_that_is_there(provider: Provider) -> None:
    Account.objects.create_user("li@test.invalid", "another password 1")
    client, answer = enter(provider, "citizens", "c-li")
    assert (answer.status_code, "已有账号" in answer.content.decode(), signed_in(client)) == (409, True, "")


def test_level_that_is_not_enough_is_refused(provider: Provider, settings: Any) -> None:
    settings.PORTAL_OIDC_LEVELS = {"citizens": ["level2", "level3"]}
    client, answer = enter(provider, "citizens", "c-low")
    assert (answer.status_code, "等级不够" in answer.content.decode(), signed_in(client)) == (403, True, "")
    client, _ = enter(provider, "citizens", "c-wang")
    assert signed_in(client)


def test_answer_that_was_not_asked_for_is_refused(provider: Provider) -> None:
    client = Client(raise_request_exception=False)
    answer = client.get("/accounts/oidc/staff/login/callback/?code=x&state=forged")
    assert answer.status_code in (403, 400)
    assert signed_in(client) == ""


def test_provider_that_is_away_costs_a_sentence(provider: Provider, settings: Any) -> None:
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    apps[0]["settings"]["server_url"] = f"http://127.0.0.1:{free_port()}"
    answer = Client(raise_request_exception=False).post("/accounts/oidc/staff/login/")
    assert (answer.status_code, "统一身份认证暂时不可用" in answer.content.decode()) == (503, True)


def test_login_page_offers_both_and_allauths_own_pages_are_not_there(
    provider: Provider, client: Client
) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert ("工作人员：统一身份认证" in page, "个人：统一身份认证" in page) == (True, True)
    for path in ("3rdparty/", "3rdparty/signup/", "social/connections/"):
        assert client.get(f"/accounts/{path}").status_code == 404
