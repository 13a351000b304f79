"""Public pages are read from a standby, and nobody reads the own writing late."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal import env
from portal.units.models import Unit
from portal.web import replica
from portal.web.caching import CachePolicyMiddleware, public_page

ROUTER = replica.ReplicaRouter()


@pytest.fixture
def standby(settings: Any, monkeypatch: pytest.MonkeyPatch) -> replica.Freshness:
    """A standby that has everything."""
    monkeypatch.setitem(settings.DATABASES, "replica", settings.DATABASES["default"])
    fresh = replica.Freshness()
    monkeypatch.setattr(fresh, "_look", lambda: True)
    monkeypatch.setattr(replica, "_freshness", fresh)
    return fresh


@public_page
def page(request: Any) -> HttpResponse:
    """A page that says where it is read from, and where it would write to."""
    return HttpResponse(f"{ROUTER.db_for_read(Unit)} {ROUTER.db_for_write(Unit)}")


def read(method: str = "get", **cookies: str) -> str:
    """What the page says to such a reader."""
    request = getattr(RequestFactory(), method)("/")
    request.COOKIES.update(cookies)
    return page(request).content.decode()


def test_strangers_look_is_read_from_the_standby(standby: replica.Freshness) -> None:
    assert read() == "replica default"
    assert ROUTER.db_for_read(Unit) == "default", "outside a public page"


@pytest.mark.parametrize("cookies", [{"sessionid": "x"}, {"wrote": "1"}])
def test_session_or_own_writing_reads_from_the_primary(
    standby: replica.Freshness, cookies: dict[str, str]
) -> None:
    assert read(**cookies) == "default default"


def test_sending_reads_from_the_primary_and_is_remembered(standby: replica.Freshness) -> None:
    assert read("post") == "default default"
    answer = CachePolicyMiddleware(lambda request: HttpResponse())(RequestFactory().post("/"))
    assert (answer.cookies["wrote"]["max-age"], answer.cookies["wrote"]["httponly"]) == (10, True)
    assert (
        "wrote"
        not in CachePolicyMiddleware(lambda request: HttpResponse())(RequestFactory().get("/")).cookies
    )


def test_standby_that_is_behind_is_left_alone_and_taken_again(
    standby: replica.Freshness, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(replica.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(standby, "_look", lambda: False)
    assert read() == "default default"
    monkeypatch.setattr(standby, "_look", lambda: True)
    now[0] += 0.5
    assert read() == "default default", "looked at once a second"
    now[0] += 0.6
    assert read() == "replica default"


def test_without_a_standby_nothing_changes() -> None:
    assert read() == "default default"
    assert (
        "wrote"
        not in CachePolicyMiddleware(lambda request: HttpResponse())(RequestFactory().post("/")).cookies
    )


@pytest.mark.django_db
@pytest.mark.postgresql
def test_primary_is_never_taken_for_a_standby(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked with real SQL: a server that is not in recovery is no standby, however fresh it is."""
    from django.db import connections

    monkeypatch.setattr(
        replica, "connections", {"replica": connections["default"], "default": connections["default"]}
    )
    fresh = replica.Freshness()
    assert (fresh._look(), fresh.primary != "", fresh._look()) == (False, True, False)


def test_each_database_comes_from_its_own_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://one.example/portal?target_session_attrs=read-write")
    monkeypatch.setenv(
        "PORTAL_REPLICA_URL", "postgres://two.example/portal?target_session_attrs=prefer-standby"
    )
    first, second = env.database(), env.database("PORTAL_REPLICA_URL")
    assert (first["HOST"], second["HOST"]) == ("one.example", "two.example")
    assert second["OPTIONS"]["target_session_attrs"] == "prefer-standby"  # type: ignore[index]
