"""Annual returns and two people at once. Each race has a twin that goes wrong without its guard."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from portal.cases.models import Case
from portal.core.errors import StepRefused
from portal.units.choices import Role
from portal.units.models import Unit
from requests_app.annual.entered import Texts
from requests_app.returns import actions
from requests_app.returns.choices import CityState, State
from requests_app.returns.models import AnnualReturn, CityReport
from tests.cast import Person, moment, person
from tests.integrity.test_races import at_once
from tests.workflow.test_annual_returns import YEAR, filled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
Team = dict[str, Person]
AT = moment("2026-01-20")
TEXTS = Texts("全市情况。", "问题。", "")


def hand_in(unit: Unit, approver: Person) -> AnnualReturn:
    return actions.submit(unit=unit, year=YEAR, reason="试运行", actor=approver.actor, at=AT)


def test_handing_in_at_once_makes_one_return(office: Unit, team: Team) -> None:
    filled(office, team["clerk"])
    results = at_once(6, lambda index: hand_in(office, team["approver"]).pk)
    refused = [result for result in results if isinstance(result, StepRefused)]
    assert len(refused) == 5, results
    assert AnnualReturn.objects.count() == Case.objects.filter(kind="annual_return").count() == 1
    assert AnnualReturn.objects.get().versions.count() == 1


def test_handing_in_at_once_is_an_error_of_the_database_without_the_guard(
    office: Unit, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: blind to what is there, and with the database's refusal let through, all but one break."""
    filled(office, team["clerk"])
    monkeypatch.setattr(actions.queries, "return_of", lambda unit, year: None)
    monkeypatch.setattr(actions, "IntegrityError", ZeroDivisionError)
    results = at_once(4, lambda index: hand_in(office, team["approver"]).pk)
    broken = [type(result).__name__ for result in results if isinstance(result, Exception)]
    assert broken == ["IntegrityError"] * 3, results


@pytest.fixture
def merged(office: Unit, team: Team, supervisor: Person) -> CityReport:
    """The office's report accepted and in the city's; another unit's is in and not accepted."""
    filled(office, team["clerk"])
    mine = hand_in(office, team["approver"])
    actions.accept_return(case=mine, actor=supervisor.actor, at=AT)
    city = actions.merge(year=YEAR, texts=TEXTS, actor=supervisor.actor, at=AT)
    education = Unit.objects.get(code="education")
    filled(education, person("edu-clerk", education, Role.CLERK))
    hand_in(education, person("edu-approver", education, Role.APPROVER))
    return city


def accept_while_publishing(
    city: CityReport, team: Team, supervisor: Person, published: threading.Event | None = None
) -> list[object]:
    """One accepts the other unit's report, the other publishes, at the same time, and then says so."""
    late = AnnualReturn.objects.get(state=State.SUBMITTED)

    def work(index: int) -> str:
        if index:
            actions.accept_return(case=late, actor=supervisor.actor, at=moment("2026-03-20"))
            return "accepted"
        actions.publish(
            case=CityReport._base_manager.get(pk=city.pk),
            missing_reason="机构改革",
            actor=team["approver"].actor,
            at=moment("2026-03-20"),
        )
        if published is not None:
            published.set()
        return "published"

    return at_once(2, work)


def test_nothing_accepted_stays_behind_when_the_city_publishes(
    merged: CityReport, team: Team, supervisor: Person
) -> None:
    results = accept_while_publishing(merged, team, supervisor)
    assert "accepted" in results, results
    city = CityReport._base_manager.get(pk=merged.pk)
    states = set(AnnualReturn.objects.values_list("state", flat=True))
    if city.state == CityState.PUBLISHED:
        assert states == {State.PUBLISHED}, results
    else:
        assert isinstance(results[0], StepRefused), results
        assert states == {State.ACCEPTED}


@pytest.mark.postgresql
def test_an_accepted_report_stays_behind_without_the_lock(
    merged: CityReport, team: Team, supervisor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: both look before either writes, so the report is neither in the sum nor public.

    Who accepts then waits until the city's report is out. SQLite lets one transaction at a time begin, lock or
    no lock; so this one needs PostgreSQL.
    """
    both_looked, published = threading.Barrier(2), threading.Event()
    accept, accepting = actions.accept_return, threading.local()

    def unlocked(year: int) -> CityReport | None:
        found = CityReport._base_manager.filter(year=year).first()
        both_looked.wait(10)
        if getattr(accepting, "here", False):
            assert published.wait(20)
        return found

    def accept_here(**facts: Any) -> None:
        accepting.here = True
        accept(**facts)

    monkeypatch.setattr(actions, "_locked_city", unlocked)
    monkeypatch.setattr(actions, "accept_return", accept_here)
    assert connection.vendor == "postgresql"
    results = accept_while_publishing(merged, team, supervisor, published)
    assert results == ["published", "accepted"], results
    assert AnnualReturn.objects.get(reporter__code="education").state == State.ACCEPTED
