"""Letters and two people at once: exactly one wins. Each race has a twin that goes wrong without its guard."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from mailbox import actions
from mailbox.choices import State
from mailbox.models import Assignment, Letter
from portal.core.errors import PortalError, StepRefused
from portal.documents.models import OfficialDocument
from tests.cast import moment
from tests.factories.mailbox import Hands, accepted, assigned, signed, staffed  # noqa: F401  a fixture
from tests.integrity.test_races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def fresh(case: Letter) -> Letter:
    return Letter.objects.get(pk=case.pk)


def test_answering_at_once_sends_one_answer(hands: Hands) -> None:
    case = signed(hands)

    def work(index: int) -> str:
        actions.answer(case=fresh(case), actor=hands.office_clerk.actor, at=moment("2026-02-27"))
        return "sent"

    results = at_once(6, work)
    assert results.count("sent") == 1, results
    assert sum(isinstance(result, PortalError) for result in results) == 5
    assert OfficialDocument.objects.filter(case=case, kind="mailbox_reply").count() == 1
    assert fresh(case).events.filter(kind="answer").count() == 1


def test_answering_at_once_doubles_without_the_check_of_the_state(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: with the check of state and person off, later ones get past the house as well.

    Only the database then stands in the way (one rating link a round); without that, the answer goes out again.
    """
    from portal.cases import steps

    case = signed(hands)
    lawful = steps._transition

    def anything(locked: object, verb: str, last: object) -> object:
        locked.__dict__["state"] = State.CHECKING  # type: ignore[attr-defined]
        return lawful(locked, verb, last)  # type: ignore[arg-type]

    monkeypatch.setattr(steps, "_transition", anything)
    monkeypatch.setattr(steps, "_check_actor", lambda *parts: None)

    def work(index: int) -> str:
        actions.answer(case=fresh(case), actor=hands.office_clerk.actor, at=moment("2026-02-27"))
        return "sent"

    results = at_once(4, work)
    stopped = [result for result in results if isinstance(result, IntegrityError)]
    assert results.count("sent") + len(stopped) > 1, results
    assert not any(isinstance(result, StepRefused) for result in results), results


def test_returning_against_signing_for_has_one_outcome(hands: Hands) -> None:
    case = assigned(hands)

    def work(index: int) -> str:
        mine = fresh(case)
        at = moment("2026-02-11")
        if index % 2:
            actions.sign_for(case=mine, actor=hands.clerk.actor, at=at)
            return "signed"
        actions.return_letter(case=mine, reason="不属于本单位职责", actor=hands.clerk.actor, at=at)
        return "returned"

    results = [result for result in at_once(6, work) if isinstance(result, str)]
    assert len(results) == 1, results
    state = fresh(case).state
    assert state == (State.HANDLING if results == ["signed"] else State.RETURNED)
    parts = Assignment.objects.filter(letter=case, state__in=["waiting", "signed"])
    assert parts.count() == (1 if results == ["signed"] else 0)


def test_merging_against_assigning_has_one_outcome(hands: Hands) -> None:
    leader, member = accepted(hands), accepted(hands)

    def work(index: int) -> str:
        at = moment("2026-02-11")
        if index % 2:
            actions.assign(case=fresh(member), unit=hands.unit, actor=hands.office_clerk.actor, at=at)
            return "assigned"
        actions.merge(case=fresh(leader), members=[fresh(member)], actor=hands.office_clerk.actor, at=at)
        return "merged"

    results = [result for result in at_once(6, work) if isinstance(result, str)]
    assert results.count("merged") <= 1
    assert results.count("assigned") <= 1
    now = fresh(member)
    if "merged" in results:
        assert (now.state, now.leader_id) == (State.MERGED, leader.pk)
    else:
        assert (now.state, now.leader_id) == (State.ASSIGNED, None)
