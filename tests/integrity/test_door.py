"""The door under a flood: what one address, one network and one named mailbox get in, and who is never stopped."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from mailbox.models import Letter
from portal.messaging.models import Channel, Message
from portal.units.choices import Role
from portal.units.models import Unit
from portal.web.door import places_of
from portal.web.models import GuestEntry, GuestLimit, KnownNetworks
from portal.web.proof import challenge, solve
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment, person
from tests.factories.mailbox import GOOD
from tests.factories.requests_app import IDENTITY, NAME, PHONE

LETTERS, WRITE = "/api/v1/letters/", "/mailbox/write/"
REQUEST: dict[str, Any] = {
    "unit": {"unit": "city-office"},
    "who": {"applicant_kind": "citizen"},
    "person": {"name": NAME, "identity_kind": "resident", "identity_number": IDENTITY},
    "contact": {"phone": PHONE},
    "information": {"information_name": "老旧小区改造清单"},
    "receive": {"form_wanted": "electronic", "delivery": "online"},
}
LETTER = {
    name: GOOD[name] for name in ("addressee", "letter_kind", "place", "topic", "text", "name", "phone")
}


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """A clock that the test sets; the puzzle is small."""
    settings.PORTAL_PROOF_NUMBER = 20
    kept = {"now": moment("2026-03-05")}
    monkeypatch.setattr("django.utils.timezone.now", lambda: kept["now"])
    monkeypatch.setattr("altcha.v1.time.time", lambda: kept["now"].timestamp())
    return kept


def send(turn: int, address: str, *, proof: bool = False, url: str = LETTERS, **change: str) -> Any:
    headers = {"Idempotency-Key": f"flood-key-{turn:010d}"}
    if proof:
        headers["Proof"] = solve(challenge("letter" if url == LETTERS else "request"))
    body = (LETTER if url == LETTERS else REQUEST) | change
    client = Client(REMOTE_ADDR=address)
    return client.post(url, body, content_type="application/json", headers=headers)


def flood(most: int, address: str, **how: Any) -> list[int]:
    return [send(turn, address, **how).status_code for turn in range(most)]


@pytest.mark.parametrize(("url", "model"), [(LETTERS, Letter), ("/api/v1/requests/", DisclosureRequest)])
def test_flood_from_one_address_is_held_and_told_when_it_goes_on(
    office: Unit, now: Any, url: str, model: Any
) -> None:
    """120 in a moment: without proof of work 10 come in, with it 20 in all; the rest are told to wait an hour."""
    assert flood(40, "203.0.113.7", url=url).count(201) == 10
    answers = [send(100 + turn, "203.0.113.7", url=url, proof=True) for turn in range(80)]
    assert [answer.status_code for answer in answers].count(201) == 10
    assert model.objects.count() == 20
    last = answers[-1]
    assert (last.status_code, last["Retry-After"]) == (429, "3600")
    assert "2026年3月5日11:00以后再提交" in last.json()["error"]["sentence"]
    assert send(500, "198.51.100.9", url=url).status_code == 201, "somebody elsewhere is not concerned"
    now["now"] += timedelta(hours=1, seconds=1)
    assert send(501, "203.0.113.7", url=url).status_code == 201


def test_what_was_let_in_is_answered_again_by_its_key_behind_the_limit(office: Unit, now: Any) -> None:
    flood(11, "203.0.113.7")
    again = send(3, "203.0.113.7")
    assert (again.status_code, Letter.objects.count()) == (200, 10)


def test_network_is_held_wider_than_an_address(office: Unit, now: Any) -> None:
    GuestLimit.objects.filter(code="network_hour").update(most=6)
    got = [send(turn, f"203.0.113.{turn}").status_code for turn in range(1, 10)]
    assert got == [201] * 6 + [429] * 3
    assert send(50, "203.0.114.1").status_code == 201


@pytest.mark.one_engine
def test_places_are_the_household_and_the_network() -> None:
    assert places_of("203.0.113.77") == {"address": "203.0.113.77/32", "network": "203.0.113.0/24"}
    assert places_of("2001:db8:12:3456:aa::1") == {
        "address": "2001:db8:12:3456::/64",
        "network": "2001:db8:12::/48",
    }
    assert places_of("::ffff:203.0.113.77") == places_of("203.0.113.77")
    assert places_of("") == places_of("unix:") == {}


def test_school_that_is_entered_gets_more(office: Unit, now: Any) -> None:
    GuestLimit.objects.filter(code="address_hour").update(most=2, most_known=7)
    KnownNetworks.objects.update(networks="192.0.2.0/28\n203.0.113.0/24")
    assert flood(9, "203.0.113.7", proof=True).count(201) == 7
    assert [send(90 + turn, "192.0.2.200", proof=True).status_code for turn in range(3)] == [201, 201, 429]


def test_stranger_who_is_named_gets_one_mail_a_day(office: Unit, now: Any) -> None:
    """50 submissions from 50 networks that name one address: five come in, one mail goes out until tomorrow."""
    got = [send(turn, f"203.{turn}.113.7", email="Fremd@example.org").status_code for turn in range(50)]
    assert (got.count(201), got.count(429)) == (5, 45)
    mails = Message.objects.filter(channel=Channel.MAIL)
    assert mails.count() == 1
    now["now"] += timedelta(days=1, minutes=1)
    assert send(99, "198.51.100.1", email="fremd@example.org").status_code == 201
    assert mails.count() == 2


def test_telephone_that_is_named_gets_one_text_a_day(office: Unit, now: Any) -> None:
    for turn in range(8):
        assert send(turn, f"203.{turn}.113.7").status_code == 201
    assert Message.objects.filter(channel=Channel.SMS).count() == 1


def test_confirmed_account_is_never_stopped_by_others(office: Unit, now: Any, citizen: Person) -> None:
    EmailAddress.objects.create(
        user=citizen.account, email=citizen.account.email, verified=True, primary=True
    )
    assert flood(15, "203.0.113.7").count(201) == 10
    browser = citizen.client()
    for turn in range(30):
        sent = browser.post(WRITE, GOOD | {"key": f"own-key-{turn:020d}"}, REMOTE_ADDR="203.0.113.7")
        assert sent.status_code == 302
    assert Letter.objects.filter(applicant=citizen.account).count() == 30


def test_account_without_a_confirmed_address_counts_as_a_guest(
    office: Unit, now: Any, citizen: Person
) -> None:
    browser = citizen.client()
    got = [
        browser.post(WRITE, GOOD | {"key": f"own-key-{turn:020d}"}, REMOTE_ADDR="203.0.113.7").status_code
        for turn in range(12)
    ]
    assert got == [302] * 10 + [429] * 2


def test_page_at_the_limit_keeps_the_text_and_says_when(office: Unit, now: Any, client: Client) -> None:
    GuestLimit.objects.filter(code="unproved_hour").update(most=0)
    sent = client.post(WRITE, GOOD)
    page = sent.content.decode()
    assert (sent.status_code, sent["Retry-After"], Letter.objects.count()) == (429, "3600", 0)
    for words in (
        GOOD["text"],
        GOOD["topic"],
        "请于2026年3月5日11:00以后再提交",
        "保留在本页",
        "不用重新填写",
    ):
        assert words in page
    proof = solve(sent.context["proof"])
    assert client.post(WRITE, GOOD | {"proof": proof}).status_code == 302


def test_refused_submission_is_not_counted(office: Unit, now: Any) -> None:
    for turn in range(15):
        assert send(turn, "203.0.113.7", text="短").status_code == 400
    assert GuestEntry.objects.count() == 0
    assert send(99, "203.0.113.7").status_code == 201


def test_puzzle_for_programs_is_had_from_the_api(office: Unit, now: Any) -> None:
    GuestLimit.objects.filter(code="unproved_hour").update(most=0)
    puzzle = Client().get("/api/v1/proof/", {"for": "letter"}).json()
    headers = {"Idempotency-Key": "puzzle-key-0000000001", "Proof": solve(json.dumps(puzzle))}
    sent = Client().post(LETTERS, LETTER, content_type="application/json", headers=headers)
    assert sent.status_code == 201
    spent = headers | {"Idempotency-Key": "puzzle-key-0000000002"}
    assert Client().post(LETTERS, LETTER, content_type="application/json", headers=spent).status_code == 429


def test_limits_are_an_administrators_table_with_history(office: Unit) -> None:
    from portal.administration.models import AdminRecord

    browser = person("system-admin", office, Role.SYSTEM_ADMIN).client()
    assert "同一网络（IPv4 /24、IPv6 /48）每小时" in browser.get("/administration/rules/").content.decode()
    row = KnownNetworks.objects.get()
    url = f"/administration/rules/known_networks/{row.pk}/"
    assert browser.post(url, {"networks": "keine Adresse", "source": "来函"}).status_code == 400
    assert browser.post(url, {"networks": "203.0.113.0/24", "source": "市教育局来函"}).status_code == 302
    assert AdminRecord.objects.get().after == {"networks": "203.0.113.0/24", "source": "市教育局来函"}
