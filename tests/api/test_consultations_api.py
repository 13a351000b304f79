"""The API of public comment."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from consultations.models import Comment
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.consultations import announced, closed, drafted, said

Team = dict[str, Person]
KEY = {"HTTP_IDEMPOTENCY_KEY": "0123456789abcdef"}


@pytest.fixture(autouse=True)
def in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment("2026-03-05"))


def post(case: Any, data: dict[str, Any], **headers: Any) -> Any:
    url = f"/api/v1/consultations/{case.public_id}/comments/"
    return Client().post(url, data, content_type="application/json", **headers)


def test_list_and_detail_show_what_has_begun(office: Unit, team: Team) -> None:
    case = announced(office, team)
    drafted(office, team["clerk"], title="还没有签发的事项")
    rows = Client().get("/api/v1/consultations/?stage=open").json()
    assert [row["id"] for row in rows] == [str(case.public_id)]
    said(case, "建议每月公布一次。", key="a", clause="t4")
    shown = Client().get(f"/api/v1/consultations/{case.public_id}/").json()
    assert shown["is_open"] is True
    assert {row["ref"]: row["comments"] for row in shown["clauses"]}["t4"] == 1


def test_comment_twice_with_one_key_is_one_comment(office: Unit, team: Team) -> None:
    case = announced(office, team)
    data = {"clause": "t4", "text": "建议每月公布一次。", "email": "a@example.org"}
    first, second = post(case, data, **KEY), post(case, data, **KEY)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Comment.objects.count() == 1
    listed = Client().get(f"/api/v1/consultations/{case.public_id}/comments/").json()
    assert [row["text"] for row in listed] == ["建议每月公布一次。"]
    assert "a@example.org" not in str(listed)


@pytest.mark.parametrize(
    ("data", "headers", "field"),
    [
        ({"text": "建议每月公布一次。"}, {}, "Idempotency-Key"),
        ({"text": ""}, KEY, "text"),
        ({"text": "建议每月公布一次。", "state": "adopted"}, KEY, "state"),
        ({"text": "建议每月公布一次。", "clause": "t99"}, KEY, "clause"),
        ({"text": "建议每月公布一次。", "attitude": "angry"}, KEY, "attitude"),
    ],
)
def test_bad_comment_is_refused_with_its_field(
    office: Unit, team: Team, data: dict[str, Any], headers: dict[str, str], field: str
) -> None:
    answer = post(announced(office, team), data, **headers)
    assert answer.status_code == 400
    assert field in answer.json()["error"]["fields"]
    assert Comment.objects.count() == 0


def test_feedback_is_not_found_before_it_is_public(office: Unit, team: Team) -> None:
    case = closed(office, team)
    assert Client().get(f"/api/v1/consultations/{case.public_id}/feedback/").status_code == 404
