"""Accounts at the door: known and unknown addresses look alike, links lead home, and the right person gets in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from portal.units.models import Account
from tests.cast import PASSWORD, Person

LOGIN, SIGNUP, RESET = "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"
NEW = "a long and new password 7"


def bare(answer: Any) -> str:
    """A page without what differs in every answer."""
    return re.sub(r'(value|data-proof)="[^"]*"', "", answer.content.decode())


def log_in(email: str, password: str, address: str = "203.0.113.7", client: Client | None = None) -> Any:
    browser = client or Client()
    return browser.post(LOGIN, {"login": email, "password": password}, REMOTE_ADDR=address)


def sign_up(email: str, address: str = "203.0.113.7") -> Any:
    data = {"email": email, "password1": NEW, "password2": NEW}
    return Client(REMOTE_ADDR=address).post(SIGNUP, data)


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often a password was hashed: what takes the time of an answer."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    seen: list[int] = []
    encode = MD5PasswordHasher.encode

    def counting(self: Any, *args: Any) -> str:
        seen.append(1)
        return str(encode(self, *args))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    return seen


def test_sign_up_answers_alike_for_a_known_and_a_new_address(citizen: Person, hashed: list[int]) -> None:
    known, first = sign_up(citizen.account.email), len(hashed)
    new, second = sign_up("new@example.org"), len(hashed) - first
    assert (known.status_code, known.url) == (new.status_code, new.url) == (302, "/accounts/confirm-email/")
    assert first == second == 1
    pages = [bare(answer.client.get(answer.url)) for answer in (known, new)]
    assert pages[0].replace(citizen.account.email, "new@example.org") == pages[1]
    assert {tuple(sent.to) for sent in mail.outbox} == {(citizen.account.email,), ("new@example.org",)}
    assert Account.objects.filter(email="new@example.org").count() == 1


def test_log_in_and_reset_answer_alike(citizen: Person, hashed: list[int]) -> None:
    known = log_in(citizen.account.email, "wrong")
    first = len(hashed)
    unknown = log_in("nobody@example.org", "wrong", "203.0.113.8")
    assert (known.status_code, bare(known)) == (
        unknown.status_code,
        bare(unknown).replace("nobody@example.org", citizen.account.email),
    )
    assert first == len(hashed) - first
    answers = [Client().post(RESET, {"email": email}) for email in (citizen.account.email, "no@example.org")]
    assert len({(answer.status_code, answer.url) for answer in answers}) == 1
    assert len(mail.outbox) == 2


def test_links_in_mails_lead_to_this_site_whatever_host_was_named(citizen: Person, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://portal.example"
    Client(HTTP_HOST="evil.example:8443").post(RESET, {"email": citizen.account.email})
    Client(HTTP_HOST="evil.example:8443").post(
        SIGNUP, {"email": "a@b.example", "password1": NEW, "password2": NEW}
    )
    Client(HTTP_HOST="evil.example:8443").post(
        SIGNUP, {"email": citizen.account.email, "password1": NEW, "password2": NEW}
    )
    assert len(mail.outbox) == 3
    for sent in mail.outbox:
        links = re.findall(r"https?://[^/\s]+", sent.body)
        assert links and set(links) == {"https://portal.example"}
        assert "evil" not in sent.body + sent.subject


def test_sign_ups_of_a_flood_and_mails_to_a_stranger_are_few(db: None) -> None:
    got = [sign_up(f"flood-{turn}@example.org").status_code for turn in range(25)]
    assert (got.count(302), got.count(429)) == (10, 15)
    mail.outbox.clear()
    for turn in range(5):
        sign_up("stranger@example.org", f"198.51.{turn}.1")
    assert len(mail.outbox) == 1


def test_wrong_passwords_elsewhere_lock_nobody_out(citizen: Person) -> None:
    email = citizen.account.email
    answers = [log_in(email, f"wrong {turn}") for turn in range(14)]
    assert "登录失败次数过多" in answers[-1].content.decode()
    assert "登录失败次数过多" in log_in(email, PASSWORD).content.decode(), (
        "the address itself goes on waiting"
    )
    cache.clear()
    assert log_in(email, PASSWORD).status_code == 200, "a count in rows, not in one process"
    assert log_in(email, PASSWORD, "198.51.100.1").status_code == 302
    colleague = log_in("other@example.org", "wrong").content.decode()
    assert "登录失败次数过多" not in colleague


def test_right_password_and_second_factor_get_in_past_any_flood(citizen: Person) -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(citizen.account, secret)
    RecoveryCodes.activate(citizen.account)
    for turn in range(20):
        log_in(citizen.account.email, f"wrong {turn}")
    for turn in range(30):
        log_in(f"nobody-{turn}@example.org", "wrong")
    browser = Client(REMOTE_ADDR="203.0.113.7")
    asked = log_in(citizen.account.email, PASSWORD, client=browser)
    assert asked.url.startswith(reverse("mfa_authenticate"))
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    browser.post(reverse("mfa_authenticate"), {"code": code})
    assert browser.session["_auth_user_id"] == str(citizen.account.pk)
    wrong = log_in(citizen.account.email, "wrong again").content.decode()
    assert "登录失败次数过多" in wrong, "nobody learns that the password was looked at"


def test_wrong_codes_are_counted_in_rows(citizen: Person) -> None:
    TOTP.activate(citizen.account, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert Authenticator.objects.count() == 1
    browser = Client(REMOTE_ADDR="203.0.113.7")
    log_in(citizen.account.email, PASSWORD, client=browser)
    for turn in range(10):
        assert (
            "登录失败次数过多"
            not in browser.post(reverse("mfa_authenticate"), {"code": f"{turn:06d}"}).content.decode()
        )
    cache.clear()
    assert (
        "登录失败次数过多" in browser.post(reverse("mfa_authenticate"), {"code": "000011"}).content.decode()
    )


def test_looking_at_ones_addresses_makes_no_entry(clerk: Person) -> None:
    from allauth.account.models import EmailAddress

    assert clerk.client().get("/accounts/email/").status_code == 200
    assert EmailAddress.objects.count() == 0
    assert Client().get("/accounts/email/").status_code == 302
