"""The API: one shape for every refusal, the same receipt for the same key, nothing unpublished."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.release import suggested_text
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import IDENTITY, NAME, PHONE, answered

KEY = "api-submission-key-0001"
BODY: dict[str, Any] = {
    "unit": {"unit": "city-office"},
    "who": {"applicant_kind": "citizen"},
    "person": {"name": NAME, "identity_kind": "resident", "identity_number": IDENTITY},
    "contact": {"phone": PHONE},
    "information": {"information_name": "老旧小区改造清单"},
    "receive": {"form_wanted": "electronic", "delivery": "online"},
}


def submit(client: Client, body: dict[str, Any], key: str = KEY) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post("/api/v1/requests/", body, content_type="application/json", headers=headers)


def test_deadline_gives_the_worked_example(db: None, client: Client) -> None:
    answer = client.get("/api/v1/deadline/", {"start": "2026-02-10", "workdays": 20})
    body = answer.json()
    assert answer.status_code == 200
    assert (body["due"], body["weekday"], body["provisional"]) == ("2026-03-16", "星期一", False)
    assert "春节" in str(body["skipped"])
    assert len(body["counted_makeup"]) == 2


def test_deadline_past_the_notice_is_provisional(db: None, client: Client) -> None:
    assert (
        client.get("/api/v1/deadline/", {"start": "2026-12-20", "workdays": 20}).json()["provisional"] is True
    )


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "start"),
        ({"start": "2026-13-01", "workdays": 5}, "start"),
        ({"start": "1999-01-01", "workdays": 5}, "start"),
        ({"start": "2026-01-01", "workdays": 0}, "workdays"),
        ({"start": "2026-01-01", "workdays": "x"}, "workdays"),
        ({"start": "2026-01-01", "workdays": 99999}, "workdays"),
    ],
)
def test_deadline_with_bad_input_is_400_in_one_shape(
    db: None, client: Client, query: dict[str, Any], field: str
) -> None:
    answer = client.get("/api/v1/deadline/", query)
    assert answer.status_code == 400
    assert field in answer.json()["error"]["fields"]
    assert answer.json()["error"]["sentence"]


def test_submit_gives_receipt_and_repeats_it(office: Unit, client: Client) -> None:
    first, second = submit(client, BODY), submit(client, BODY)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert DisclosureRequest.objects.count() == 1


def test_submit_other_content_under_same_key_is_422(office: Unit, client: Client) -> None:
    submit(client, BODY)
    other = BODY | {"information": {"information_name": "另一件信息"}}
    assert submit(client, other).status_code == 422
    assert DisclosureRequest.objects.count() == 1


@pytest.mark.parametrize("key", ["", "short", "bad key with blanks"])
def test_submit_without_proper_key_is_400(office: Unit, client: Client, key: str) -> None:
    assert submit(client, BODY, key).status_code == 400


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"state": "answered"}, "state"),
        ({"contact": {"phone": PHONE, "unit_id": 7}}, "contact"),
        ({"person": {"name": NAME, "identity_kind": "resident", "identity_number": "123"}}, "person"),
        ({"unit": {"unit": "nowhere"}}, "unit"),
        ({"information": {}}, "information"),
        ({"person": {}}, "person"),
    ],
)
def test_submit_with_bad_or_unknown_field_is_400_and_makes_nothing(
    office: Unit, client: Client, change: dict[str, Any], field: str
) -> None:
    answer = submit(client, BODY | change)
    assert answer.status_code == 400
    assert field in answer.json()["error"]["fields"]
    assert DisclosureRequest.objects.count() == 0


@pytest.mark.parametrize("body", ["[]", '"x"', "{", "null"])
def test_submit_of_something_else_is_400(office: Unit, client: Client, body: str) -> None:
    answer = client.post(
        "/api/v1/requests/", body, content_type="application/json", headers={"Idempotency-Key": KEY}
    )
    assert answer.status_code == 400


def test_status_by_number_and_code(office: Unit, client: Client) -> None:
    receipt = submit(client, BODY).json()
    asked = {"number": receipt["number"], "code": receipt["query_code"]}
    answer = client.post("/api/v1/requests/status/", asked, content_type="application/json")
    assert (answer.status_code, answer.json()["state"]) == (200, "submitted")
    assert NAME not in answer.content.decode()


def test_status_with_wrong_code_says_what_an_unknown_number_says(office: Unit, client: Client) -> None:
    receipt = submit(client, BODY).json()
    wrong = {"number": receipt["number"], "code": "AAAABBBBCCCC"}
    unknown = {"number": "G999-2026-00001", "code": "AAAABBBBCCCC"}
    answers = [
        client.post("/api/v1/requests/status/", asked, content_type="application/json")
        for asked in (wrong, unknown)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()


def test_releases_hold_nothing_unpublished(office: Unit, team: dict[str, Person], client: Client) -> None:
    case = answered(office, team)
    copy = actions.propose_release(
        case=case, text=suggested_text(case), actor=team["clerk"].actor, at=moment("2026-03-09")
    )
    url = f"/api/v1/releases/{copy.public_id}/"
    assert client.get("/api/v1/releases/").json()["results"] == []
    assert client.get(url).status_code == 404
    actions.clear_release(case=case, actor=team["secrecy"].actor, at=moment("2026-03-09"))
    actions.release(case=case, actor=team["publisher"].actor, at=moment("2026-03-09"))
    assert [row["id"] for row in client.get("/api/v1/releases/").json()["results"]] == [str(copy.public_id)]
    assert client.get(url).json()["title"] == copy.title
    actions.retract_release(
        case=case, comment="内容有误", actor=team["publisher"].actor, at=moment("2026-03-10")
    )
    assert client.get(url).status_code == 404


def test_unknown_release_is_404_in_the_same_shape(db: None, client: Client) -> None:
    answer = client.get(f"/api/v1/releases/{uuid.uuid4()}/")
    assert (answer.status_code, answer.json()["error"]["sentence"]) == (404, "没有找到。")


def test_units_are_those_that_take_requests(office: Unit, client: Client) -> None:
    codes = [row["code"] for row in client.get("/api/v1/units/").json()]
    assert len(codes) == 44
    assert codes[0] == "city-office"
    assert "yuxi" not in codes


def test_schema_names_every_address(db: None, client: Client) -> None:
    schema = client.get("/api/v1/schema/?format=json").json()
    assert sorted(schema["paths"]) == [
        "/api/v1/consultations/",
        "/api/v1/consultations/{public_id}/",
        "/api/v1/consultations/{public_id}/comments/",
        "/api/v1/consultations/{public_id}/feedback/",
        "/api/v1/deadline/",
        "/api/v1/letters/",
        "/api/v1/letters/status/",
        "/api/v1/letters/{public_id}/",
        "/api/v1/notices/",
        "/api/v1/notices/{public_id}/",
        "/api/v1/opinions/",
        "/api/v1/polls/",
        "/api/v1/polls/{public_id}/",
        "/api/v1/polls/{public_id}/result/",
        "/api/v1/ratings/",
        "/api/v1/releases/",
        "/api/v1/releases/{public_id}/",
        "/api/v1/requests/",
        "/api/v1/requests/own/{verb}/",
        "/api/v1/requests/records/",
        "/api/v1/requests/records/all/",
        "/api/v1/requests/records/{copy_id}/",
        "/api/v1/requests/status/",
        "/api/v1/requests/{public_id}/",
        "/api/v1/requests/{public_id}/steps/{verb}/",
        "/api/v1/search/",
        "/api/v1/statistics/",
        "/api/v1/units/",
    ]


def test_unsafe_call_with_a_session_needs_a_token(office: Unit, citizen: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(citizen.account, backend="django.contrib.auth.backends.ModelBackend")
    assert submit(browser, BODY).status_code == 403
    assert DisclosureRequest.objects.count() == 0


def test_sixth_wrong_code_is_429(office: Unit, client: Client) -> None:
    receipt = submit(client, BODY).json()
    url = "/api/v1/requests/status/"
    wrong = {"number": receipt["number"], "code": "AAAABBBBCCCC"}
    tries = [client.post(url, wrong, content_type="application/json").status_code for _ in range(6)]
    assert tries == [404] * 5 + [429]


def test_schema_is_valid(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn")
    assert "openapi: 3" in capsys.readouterr().out


@pytest.mark.parametrize(
    "url", ["/api/v1/releases/", "/api/v1/units/", "/api/v1/deadline/?start=2026-02-10&workdays=20"]
)
def test_public_answers_take_few_queries(
    office: Unit, client: Client, django_assert_max_num_queries: Any, url: str
) -> None:
    with django_assert_max_num_queries(3):
        assert client.get(url).status_code == 200
