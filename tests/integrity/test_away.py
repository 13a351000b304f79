"""While the database is away every address says so and when to come back: never a 500, nothing half kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import InterfaceError, InternalError, OperationalError, connection
from django.test import Client

from portal.site.errors import is_away
from tests.api.test_api import BODY, submit


class ReadOnly(Exception):
    sqlstate = "25006"


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError("server closed"), InterfaceError("connection is closed")])
@pytest.mark.parametrize("address", ["/", "/notices/", "/releases/", "/api/v1/releases/"])
def test_outage_is_a_503_with_a_time_to_come_back(
    address: str, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*args: Any, **kwargs: Any) -> None:
        raise error

    client = Client(raise_request_exception=False)
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", gone)
    answer = client.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    words = answer.json()["error"]["sentence"] if address.startswith("/api/") else answer.content.decode()
    assert "暂时不能保存和读取数据" in words
    assert "no-store" in answer["Cache-Control"]


@pytest.fixture
def read_only(db: None) -> Iterator[None]:
    """The database answers and takes no writes; put back beneath Django, which refuses to speak after an error."""
    connection.ensure_connection()
    raw = connection.connection
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield
        return
    raw.execute("PRAGMA query_only = 1")
    yield
    raw.execute("PRAGMA query_only = 0")


def test_read_only_database_takes_no_request_and_says_so(office: Any, read_only: None) -> None:
    answer = submit(Client(raise_request_exception=False), BODY)
    assert answer.status_code == 503, answer.content
    assert "已经提交成功的不受影响" in answer.json()["error"]["sentence"]


def test_what_counts_as_away() -> None:
    refused = InternalError("cannot execute INSERT in a read-only transaction")
    refused.__cause__ = ReadOnly()
    assert is_away(refused)
    assert not is_away(InternalError("division"))
    assert not is_away(ValueError("x"))
    assert not is_away(None)
