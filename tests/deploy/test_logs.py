"""Logs: a number for each request, the account's number, and nothing that names a person."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from portal.jobs import outbox
from portal.jobs.models import OutboxJob
from portal.jobs.registry import HANDLERS
from portal.privacy.fields import SealedTextField
from portal.units.models import Unit
from portal.web.logs import JsonFormatter, plain
from tests.api.test_api import BODY, submit
from tests.cast import PASSWORD, Person
from tests.factories.requests_app import IDENTITY, NAME, PHONE, handled

pytestmark = pytest.mark.django_db
# Sealed as well, and about nobody: digests, the numbers of cases, codes of ours.
NOBODY = re.compile(r"[0-9a-f]{64}|G\d{3}-\d{4}-\d{5}|[a-z_-]+")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What production would write, from the finest level on."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    """Every line is one object of JSON."""
    return [json.loads(line) for line in out.getvalue().splitlines()]


def sealed_values() -> set[str]:
    """Every sealed value that the database holds now, in clear."""
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, SealedTextField):
                for value in model._default_manager.values_list(field.name, flat=True):
                    found |= set(_words(value))
    return {word for word in found if len(word) > 1 and not NOBODY.fullmatch(word)}


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for part in value.values():
            yield from _words(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)
    elif isinstance(value, str):
        yield value


def test_each_request_has_a_number_that_all_its_lines_carry(
    client: Client, written: io.StringIO, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    given = "0123456789abcdef" * 2
    answer = client.get("/notices/", headers={"X-Request-ID": given})
    assert answer["X-Request-ID"] != given, "only our own proxy gives numbers"
    settings.TRUSTED_PROXY_COUNT = 1
    assert client.get("/notices/", headers={"X-Request-ID": given})["X-Request-ID"] == given
    assert client.get("/notices/", headers={"X-Request-ID": "<script>"})["X-Request-ID"] != "<script>"
    [line] = [
        line for line in lines(written) if line.get("request") == given and line["message"] == "answered"
    ]
    assert (line["method"], line["view"], line["status"], "actor" in line) == (
        "GET",
        "notices:home",
        200,
        False,
    )


def test_lines_name_the_account_by_its_number(client: Client, clerk: Person, written: io.StringIO) -> None:
    client.force_login(clerk.account)
    assert client.get("/workbench/").status_code == 200
    [line] = [line for line in lines(written) if line["message"] == "answered"]
    assert line["actor"] == clerk.account.pk
    assert clerk.account.email not in written.getvalue()


def test_no_log_holds_a_sealed_value(
    office: Unit, clerk: Person, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Submitted, searched for, tracked, failed, refused by the database, raised in a job: whatever is sealed stays out."""
    client = Client(raise_request_exception=False)
    assert submit(client, BODY).status_code in (200, 201)
    case = handled(office, clerk)
    values = sealed_values()
    assert {NAME, IDENTITY, PHONE} <= values
    monkeypatch.setitem(HANDLERS, "test.fails", _raise_them(values))
    for number, value in enumerate(sorted(values)):
        if value in (NAME, IDENTITY, PHONE):
            client.get(f"/search/?q={quote(value)}")
            client.get(f"/nowhere/{quote(value)}/")
            client.post("/requests/track/", {"number": case.number, "code": value})
            client.post("/accounts/login/", {"login": f"{value}@test.invalid", "password": PASSWORD})
        logging.getLogger("portal.jobs").warning("failed for %s", value, extra={"about": value})
        OutboxJob.objects.create(topic="test.fails", key=f"k{number}", not_before=timezone.now())
    while jobs := outbox.claim(timezone.now(), 50):
        for job in jobs:
            outbox.run(job)
            try:
                raise IntegrityError(f"duplicate key\nDETAIL:  Key (name)=({NAME} {IDENTITY}) exists.")
            except IntegrityError:
                logging.getLogger("django.request").exception(
                    "Internal Server Error: %s", f"/x/{quote(NAME)}/"
                )
    text = written.getvalue()
    assert len(lines(written)) > 40
    assert {
        value for value in values if value in text or (quote(value) in text and quote(value) != value)
    } == set()
    assert not {
        value for value in values if value.encode("unicode_escape").decode() in text and not value.isascii()
    }


def _raise_them(values: set[str]) -> Any:
    def fails() -> None:
        raise ValueError(" ".join(sorted(values)))

    return fails


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("call 13800000000 now", "call [number] now"),
        ("id 11010519491231002X", "id [number]"),
        ("id 110105 19491231 002X,", "id [number],"),
        ("from li.si+a@example.com: hello", "from [mail]: hello"),
        ("Not Found: /search/张三/", "Not Found: /search/[words]/"),
        ("GET /x/%E5%BC%A0%E4%B8%89/?q=secret", "GET /x/[words]/?…"),
        ("cache away: TimeoutError", "cache away: TimeoutError"),
        ("/requests/0b5c0c5e-5d0e-4c53-9d0f-3c1b7e0f0a11/", "/requests/0b5c0c5e-5d0e-4c53-9d0f-3c1b7e0f0a11/"),
    ],
)  # fmt: skip
def test_what_could_name_a_person_is_left_out_whole(said: str, kept: str) -> None:
    assert plain(said) == kept
