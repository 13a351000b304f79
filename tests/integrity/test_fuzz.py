"""No address answers 500, whatever stands behind its question mark or in its body."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from portal.units.actions import appoint
from portal.units.choices import Role
from portal.units.models import Unit
from tests.cast import Person, person

NAMES = [
    "page",
    "q",
    "year",
    "unit",
    "kind",
    "stage",
    "month",
    "period",
    "quarter",
    "format",
    "due",
    "number",
    "mine",
    "list",
    "clause",
    "view",
    "old",
    "new",
    "words",
    "audience",
    "column",
    "sort",
    "topic",
    "row",
    "figure",
    "account",
    "subject",
    "start",
    "workdays",
    "order",
    "case",
    "code",
    "next",
    "display",
    "all",
    "original",
    "check",
]
HOSTILE = (
    "0000", "9" * 5000, "-1", "²", "nan", "\x00", "x" * 10_000, "0000-00", "9999-12", "10000-Q1", "0001-01-01", "9999-12-31", "'", "[]",
)  # fmt: skip
# On PostgreSQL those that could reach it: too large, no number, a nought sign, the ends of the calendar.
REACHING = ("0000", "9" * 5000, "-1", "\x00", "9999-12-31")
ALONE = ("year", "page", "period", "month", "unit", "start")
DEEP = (
    b"[" * 10_000 + b"]" * 10_000,
    b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    b'{"a": 1e999}',
    b'{"a": ' + b"9" * 5000 + b"}",
    b'"\\ud800"',
    b"\xff\xfe",
    b"null",
    b"",
)


def addresses(entries: Any = None, before: str = "") -> Iterator[str]:
    """Every address of the URL table, with 1, an impossible uuid or a word where it asks for something."""
    for entry in entries if entries is not None else get_resolver().url_patterns:
        part = re.sub(r"^\^|\$$|\\Z$|\\", "", str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, before + part)
        elif isinstance(entry, URLPattern):
            path = before + part
            path = re.sub(r"<uuid:[^>]+>", "00000000-0000-4000-8000-000000000000", path)
            path = re.sub(r"<int:[^>]+>", "1", path)
            path = re.sub(r"<[^>]+>", "x", path)
            if not re.search(r"[()?*\[]|^admin/|logout", path):
                yield "/" + path


def broken(client: Client, path: str, asked: dict[str, str]) -> str:
    """What is wrong with the answer, or nothing."""
    try:
        answer = client.get(path, asked)
    except Exception as error:
        return f"{type(error).__name__} at {path} for {str(asked)[:80]}: {str(error)[:120]}"
    return f"{answer.status_code} at {path} for {str(asked)[:80]}" if answer.status_code >= 500 else ""


@pytest.fixture
def everybody(office: Unit) -> Person:
    """Somebody who holds every role."""
    one = person("everybody", office, Role.CLERK)
    for role in Role:
        if role not in (Role.CLERK, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
            appoint(account=one.account, unit=office, role=role, starts_on=date(2025, 1, 1))
    return one


@pytest.mark.slow
@pytest.mark.parametrize("who", ["guest", "everybody"])
def test_no_parameter_breaks_a_page(who: str, client: Client, everybody: Person) -> None:
    if who == "everybody":
        client.force_login(everybody.account)
    paths = sorted(set(addresses()))
    assert len(paths) > 200
    open_ones = [path for path in paths if client.get(path).status_code == 200]
    if who == "everybody":  # what a guest opens is tried by the guest
        guest = Client()
        open_ones = [path for path in open_ones if guest.get(path).status_code != 200]
    values = HOSTILE if connection.vendor == "sqlite" else REACHING
    found = [broken(client, path, dict.fromkeys(NAMES, value)) for path in open_ones for value in values]
    found += [
        broken(client, path, {name: value}) for path in open_ones for name in ALONE for value in HOSTILE[:3]
    ]
    found += [broken(client, path, {"year": "0000", "page": "0"}) for path in paths]
    found = [problem for problem in found if problem]
    assert found == [], f"{len(found)}:\n" + "\n".join(found[:60])


def test_no_body_breaks_the_api(client: Client, office: Unit) -> None:
    found = []
    for path in sorted({path for path in addresses() if path.startswith("/api/")}):
        for body in DEEP:
            for method in ("post", "put", "patch"):
                try:
                    answer = getattr(client, method)(
                        path,
                        body,
                        content_type="application/json",
                        HTTP_IDEMPOTENCY_KEY="a-key-of-thirty-two-signs-000000",
                    )
                except Exception as error:
                    found.append(f"{type(error).__name__} at {method} {path} for {body[:20]!r}")
                    continue
                if answer.status_code >= 500:
                    found.append(f"{answer.status_code} at {method} {path} for {body[:20]!r}")
    assert found == [], "\n".join(found)


def test_a_form_takes_any_json_shape(client: Client, office: Unit) -> None:
    """Wrong types in the fields of the two open doors."""
    for path in ("/api/v1/requests/", "/api/v1/letters/"):
        names = (
            client.options(path, HTTP_ACCEPT="application/json").json().get("actions", {}).get("POST", {})
            or {}
        )
        for value in (None, [], {}, 5, True, "x" * 100_000, "\x00", [[]], {"a": {}}):
            body = json.dumps(dict.fromkeys(names or ("name", "description", "unit", "kind"), value))
            answer = client.post(
                path,
                body,
                content_type="application/json",
                HTTP_IDEMPOTENCY_KEY="a-key-of-thirty-two-signs-000001",
            )
            assert 400 <= answer.status_code < 500, (path, value, answer.status_code)
