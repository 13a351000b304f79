"""One voter and many requests at once: one vote. The twin, without the key of the table, doubles."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from consultations.polls import actions
from consultations.polls.actions import voting
from consultations.polls.models import Ballot, Participation, Poll
from portal.core.errors import StepRefused
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.polls import SHEET, approved
from tests.integrity.test_races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

Team = dict[str, Person]


def vote_of_one_device(case: Poll, count: int) -> list[object]:
    def work(index: int) -> str:
        voter = actions.Voter(device="the same device", address="198.51.100.7")
        actions.vote(
            case=Poll.objects.get(pk=case.pk),
            sheet=SHEET,
            voter=voter,
            key=f"key-{index}",
            at=moment("2026-03-05"),
        )
        return "cast"

    return at_once(count, work)


def test_one_device_at_once_casts_one_vote(office: Unit, team: Team) -> None:
    case = approved(office, team)
    results = vote_of_one_device(case, 8)
    assert results.count("cast") == 1, results
    assert sum(isinstance(result, StepRefused) for result in results) == 7
    assert Ballot.objects.count() == Participation.objects.count() == 1


def test_one_device_at_once_doubles_without_the_key(
    office: Unit, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin asks first whether there is a row, as code without the table's key would have to."""
    case = approved(office, team)

    def asks_first(poll: Poll, who: str, origin: str, at: object) -> bool:
        seen = Participation.objects.filter(poll=poll, voter_key=who).exists()
        gate.wait(10)
        return not seen

    gate = threading.Barrier(4)
    monkeypatch.setattr(voting, "_take_part", asks_first)
    if connection.vendor == "sqlite":
        # SQLite lets one transaction write at a time: the twin's question is put before it.
        ask = asks_first
        answers: dict[int, bool] = {}

        def before(poll: Poll, who: str, origin: str, at: object) -> bool:
            return answers[threading.get_ident()]

        monkeypatch.setattr(voting, "_take_part", before)
        lawful = voting._check_flood

        def asked(poll: Poll, origin: str, voter: object) -> None:
            answers[threading.get_ident()] = ask(poll, "nobody yet", origin, None)
            lawful(poll, origin, voter)  # type: ignore[arg-type]

        monkeypatch.setattr(voting, "_check_flood", asked)
    results = vote_of_one_device(case, 4)
    assert results.count("cast") == 4, results
    assert Ballot.objects.count() == 4
