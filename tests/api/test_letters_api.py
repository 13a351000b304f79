"""The API of letters."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from mailbox import actions
from mailbox.models import Letter
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.mailbox import (  # noqa: F401  fixtures
    COPY,
    NAME,
    PHONE,
    Desk,
    Hands,
    handled,
    in_review,
    published,
    publishing_desk,
    signed,
    staffed,
)

LETTERS = "/api/v1/letters/"
STATUS = "/api/v1/letters/status/"
KEY = {"HTTP_IDEMPOTENCY_KEY": "0123456789abcdef"}
BODY: dict[str, Any] = {
    "addressee": "mayor",
    "letter_kind": "help",
    "place": "hongta",
    "topic": "某路口夜间照明不足",
    "text": "红塔区某路口的路灯不亮，夜间行人很不安全。",
    "name": NAME,
    "phone": PHONE,
}


@pytest.fixture(autouse=True)
def in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-03-05"))


def post(data: Any, address: str = LETTERS, **headers: Any) -> Any:
    return Client().post(address, data, content_type="application/json", **headers)


def test_list_and_detail_show_public_copies_only(hands: Hands, desk: Desk) -> None:
    signed(hands)
    case = published(hands, desk)
    rows = Client().get(LETTERS, {"place": "hongta"}).json()
    assert [(row["title"], row["letter_kind"], row["asked"]) for row in rows] == [(COPY["title"], "help", 1)]
    assert Client().get(LETTERS, {"place": "tonghai"}).json() == []
    shown = Client().get(f"{LETTERS}{rows[0]['id']}/").json()
    assert (shown["question"], shown["answer"]) == (COPY["question"], COPY["answer"])
    assert not any(secret in str([rows, shown]) for secret in (NAME, PHONE, case.number))


def test_letter_that_is_not_public_is_not_found(hands: Hands, desk: Desk) -> None:
    case = published(hands, desk)
    found = Client().get(LETTERS).json()[0]["id"]
    for unknown in (case.public_id, uuid.uuid4()):
        assert Client().get(f"{LETTERS}{unknown}/").status_code == 404
    actions.retract_release(
        case=case, comment="发现可以识别个人的内容", actor=desk.publisher.actor, at=moment("2026-03-03")
    )
    assert Client().get(f"{LETTERS}{found}/").status_code == 404
    assert Client().get(LETTERS).json() == []


def test_submit_twice_with_one_key_is_one_letter(office: Unit) -> None:
    first, second = post(BODY, **KEY), post(BODY, **KEY)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Letter.objects.get().number == first.json()["number"]
    assert post(BODY | {"topic": "另一件事"}, **KEY).status_code == 422
    assert Letter.objects.count() == 1


def test_confidential_letter_stays_confidential(office: Unit) -> None:
    assert post(BODY | {"letter_kind": "report", "confidential": True}, **KEY).status_code == 201
    assert Letter.objects.get().identity_closed


@pytest.mark.parametrize(
    ("changes", "headers", "field"),
    [
        ({}, {}, "Idempotency-Key"),
        ({"topic": ""}, KEY, "topic"),
        ({"text": "太短"}, KEY, "text"),
        ({"phone": "abc"}, KEY, "phone"),
        ({"place": "kunming"}, KEY, "place"),
        ({"addressee": "head"}, KEY, "addressed_unit"),
        ({"addressee": "head", "addressed_unit": "nowhere"}, KEY, "addressed_unit"),
        ({"confidential": True, "consent_to_publish": True}, KEY, "consent_to_publish"),
        ({"name": {"a": 1}}, KEY, "name"),
        ({"state": "answered"}, KEY, "state"),
    ],
)
def test_bad_letter_is_refused_with_its_field(
    office: Unit, changes: dict[str, Any], headers: dict[str, str], field: str
) -> None:
    answer = post(BODY | changes, **headers)
    assert answer.status_code == 400
    assert field in answer.json()["error"]["fields"]
    assert Letter.objects.count() == 0


def test_body_that_is_no_object_is_refused(office: Unit) -> None:
    assert post([1], **KEY).status_code == 400


def test_unsafe_call_with_a_session_needs_a_token(office: Unit, citizen: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(citizen.account, backend="django.contrib.auth.backends.ModelBackend")
    answer = browser.post(LETTERS, BODY, content_type="application/json", **KEY)  # type: ignore[arg-type]  # headers
    assert answer.status_code == 403
    assert Letter.objects.count() == 0


def test_status_says_what_the_writers_page_says(office: Unit) -> None:
    receipt = post(BODY, **KEY).json()
    asked = {"number": receipt["number"], "code": receipt["query_code"]}
    assert post(asked, STATUS).json() == {
        "number": receipt["number"],
        "state_label": "已提交，待审核",
        "due_on": None,
        "due_provisional": False,
        "closed_on": None,
    }


def test_status_does_not_tell_what_units_do_among_themselves(hands: Hands) -> None:
    receipt = post(BODY, **KEY).json()
    case = in_review(hands, case=handled(hands, case=Letter.objects.get(), on="2026-03-05"), at="2026-03-05")
    asked = {"number": receipt["number"], "code": receipt["query_code"]}
    shown = post(asked, STATUS).json()
    assert (shown["state_label"], shown["due_on"]) == ("答复审核中", case.due_on.isoformat())
    assert set(shown) == {"number", "state_label", "due_on", "due_provisional", "closed_on"}


def test_wrong_code_and_unknown_number_are_alike_and_the_sixth_is_429(office: Unit) -> None:
    receipt = post(BODY, **KEY).json()
    wrong = {"number": receipt["number"], "code": "AAAABBBBCCCC"}
    unknown = post({"number": "X2026-99999", "code": "AAAABBBBCCCC"}, STATUS)
    tries = [post(wrong, STATUS) for _ in range(6)]
    assert [answer.status_code for answer in tries] == [404] * 5 + [429]
    assert (unknown.status_code, unknown.json()) == (404, tries[0].json())
