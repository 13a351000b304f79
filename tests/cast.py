"""The cast that every test knows, and the moments at which they act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client, TransactionTestCase

from portal.core.actors import Actor
from portal.units.access import actor_for
from portal.units.actions import appoint, load_organisation
from portal.units.choices import Role
from portal.units.models import Account, Unit
from tests.migrated import restore_migrated

SHANGHAI = ZoneInfo("Asia/Shanghai")
SINCE = date(2020, 1, 1)
PASSWORD = "correct horse battery"


def moment(day: date | str, hour: int = 10) -> datetime:
    """A moment of that day in Yuxi."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(day, time(hour), SHANGHAI)


@dataclass(frozen=True)
class Person:
    """An account with what it may do."""

    account: Account
    actor: Actor

    def client(self) -> Client:
        """A browser in which this person is logged in."""
        client = Client()
        client.force_login(self.account, backend="django.contrib.auth.backends.ModelBackend")
        return client


def post_step(client: Client, url: str, data: dict[str, Any] | None = None) -> Any:
    """Open a step's page and send its form, with the version that the page carries."""
    found = re.search(r'name="version" value="(\d+)"', client.get(url).content.decode())
    return client.post(url, (data or {}) | ({"version": found[1]} if found else {}))


_units: list[Unit] = []


@pytest.fixture
def organisation(db: None) -> None:
    """The real units of Yuxi: loaded once by each process, the same rows written at once for every later test."""
    if _units and not Unit.objects.exists():
        Unit.objects.bulk_create(_units)
        return
    load_organisation()
    _units[:] = Unit.objects.order_by("pk")


@pytest.fixture
def office(organisation: None) -> Unit:
    """The municipal government office."""
    return Unit.objects.get(code="city-office")


@pytest.fixture
def housing(organisation: None) -> Unit:
    """Another unit."""
    return Unit.objects.get(code="housing")


def person(name: str, unit: Unit | None = None, role: Role | None = None) -> Person:
    """A person with an account, appointed if a role is named."""
    account = Account.objects.create_user(f"{name}@test.invalid", PASSWORD, display_name=name)
    if unit is not None and role is not None:
        appoint(account=account, unit=unit, role=role, starts_on=SINCE)
    return Person(account, actor_for(account, date(2026, 3, 1)))


@pytest.fixture
def citizen(db: None) -> Person:
    """Somebody with an account."""
    return person("citizen")


@pytest.fixture
def clerk(office: Unit) -> Person:
    """经办人 of the office."""
    return person("clerk", office, Role.CLERK)


@pytest.fixture
def reviewer(office: Unit) -> Person:
    """审核人 of the office."""
    return person("reviewer", office, Role.REVIEWER)


@pytest.fixture
def secrecy(office: Unit) -> Person:
    """保密审查员 of the office."""
    return person("secrecy", office, Role.SECRECY_REVIEWER)


@pytest.fixture
def approver(office: Unit) -> Person:
    """签发人 of the office."""
    return person("approver", office, Role.APPROVER)


@pytest.fixture
def publisher(office: Unit) -> Person:
    """发布员 of the office."""
    return person("publisher", office, Role.PUBLISHER)


@pytest.fixture
def outsider(housing: Unit) -> Person:
    """经办人 of another unit."""
    return person("outsider", housing, Role.CLERK)


@pytest.fixture
def supervisor(office: Unit) -> Person:
    """监督员, who sees every unit."""
    return person("supervisor", office, Role.SUPERVISOR)


@pytest.fixture(scope="session", autouse=True)
def _guards_down_for_flush() -> Iterator[None]:
    """Tests with real transactions empty the tables afterwards: lower the triggers for it.

    The flush ends with post_migrate, which puts them back; the rows that migrations wrote are put back here.
    """
    from portal.cases.guards import remove_guards

    original = TransactionTestCase._fixture_teardown

    def teardown(self: Any) -> None:
        remove_guards()
        original(self)
        restore_migrated()

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = original  # type: ignore[method-assign]


@pytest.fixture
def team(
    clerk: Person, reviewer: Person, secrecy: Person, approver: Person, publisher: Person
) -> dict[str, Person]:
    """The five people through whose hands a reply goes."""
    return {
        "clerk": clerk,
        "reviewer": reviewer,
        "secrecy": secrecy,
        "approver": approver,
        "publisher": publisher,
    }
