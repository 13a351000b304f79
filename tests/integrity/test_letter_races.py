"""Letters and two people at once: exactly one wins. Each race has a twin that goes wrong without its guard."""

from __future__ import annotations

from threading import Event

import pytest
from django.db import IntegrityError

from mailbox import actions
from mailbox.choices import State
from mailbox.models import Assignment, Letter
from portal.core.errors import PortalError, StepRefused
from portal.documents.models import OfficialDocument
from tests.cast import moment
from tests.factories.mailbox import (  # noqa: F401  a fixture
    Hands,
    accepted,
    assigned,
    handled,
    signed,
    staffed,
)
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

    def anything(locked: object, verb: str, *rest: object) -> object:
        locked.__dict__["state"] = State.CHECKING  # type: ignore[attr-defined]
        return lawful(locked, verb, *rest)  # type: ignore[arg-type]

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


def without_the_check_of_the_state(monkeypatch: pytest.MonkeyPatch, **states: State) -> None:
    """Each of these verbs finds the open letter that its actor saw, whatever happened since; nobody is turned away."""
    from portal.cases import steps

    lawful = steps._transition

    def as_seen(locked: object, verb: str, *rest: object) -> object:
        if verb in states:
            locked.__dict__.update(state=states[verb], outcome="", closed_on=None)
        return lawful(locked, verb, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(steps, "_transition", as_seen)
    monkeypatch.setattr(steps, "_check_actor", lambda *parts: None)


def answer_or_return(hands: Hands, case: Letter, index: int) -> str:
    """Even ones answer, odd ones send the answer back."""
    mine, at = fresh(case), moment("2026-02-27")
    if index % 2:
        actions.return_check(case=mine, comment="须补充依据", actor=hands.office_clerk.actor, at=at)
        return "returned"
    actions.answer(case=mine, actor=hands.office_clerk.actor, at=at)
    return "sent"


def test_returning_against_answering_has_one_outcome(hands: Hands) -> None:
    case = signed(hands)
    done = at_once(6, lambda index: answer_or_return(hands, case, index))
    results = [result for result in done if isinstance(result, str)]
    assert len(results) == 1, done
    assert fresh(case).state == (State.ANSWERED if results == ["sent"] else State.HANDLING)
    assert fresh(case).documents.filter(kind="mailbox_reply").count() == results.count("sent")


def test_returning_against_answering_does_both_without_the_check_of_the_state(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the writer has an answer that the mailbox office sent back."""
    case = signed(hands)
    without_the_check_of_the_state(monkeypatch, answer=State.CHECKING, return_check=State.CHECKING)
    done = at_once(2, lambda index: answer_or_return(hands, case, index))
    assert sorted(map(str, done)) == ["returned", "sent"], done
    kinds = set(fresh(case).events.values_list("kind", flat=True))
    assert {"answer", "return_check"} <= kinds


def merged_and_signed(hands: Hands) -> tuple[Letter, Letter]:
    """A leading letter whose answer waits for the last check, and the one merged into it."""
    leader, member = handled(hands), accepted(hands)
    actions.merge(case=leader, members=[member], actor=hands.office_clerk.actor, at=moment("2026-02-11"))
    return signed(hands, case=leader), fresh(member)


def test_taking_apart_against_answering_has_one_outcome(hands: Hands) -> None:
    """The member has the common answer, or it is on its own again and has none."""
    leader, member = merged_and_signed(hands)

    def work(index: int) -> str:
        at = moment("2026-02-27")
        if index % 2:
            actions.unmerge(case=fresh(member), comment="另一事项", actor=hands.office_clerk.actor, at=at)
            return "apart"
        actions.answer(case=fresh(leader), actor=hands.office_clerk.actor, at=at)
        return "sent"

    done = at_once(6, work)
    assert done.count("sent") <= 1, done
    assert done.count("apart") <= 1, done
    assert "sent" in done or "apart" in done, done
    now = fresh(member)
    papers = now.documents.filter(kind="mailbox_reply").count()
    assert (now.state, papers) == ((State.ACCEPTED, 0) if "apart" in done else (State.ANSWERED, 1)), done


def test_taking_apart_after_answering_undoes_the_answer_without_the_check_of_the_state(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: whoever saw the letter merged takes it apart after its writer got the answer."""
    leader, member = merged_and_signed(hands)
    without_the_check_of_the_state(monkeypatch, unmerge=State.MERGED)
    answered = Event()

    def work(index: int) -> str:
        at = moment("2026-02-27")
        if index:
            answered.wait(30)
            actions.unmerge(case=fresh(member), comment="另一事项", actor=hands.office_clerk.actor, at=at)
            return "apart"
        actions.answer(case=fresh(leader), actor=hands.office_clerk.actor, at=at)
        answered.set()
        return "sent"

    assert at_once(2, work) == ["sent", "apart"]
    now = fresh(member)
    assert (now.state, now.documents.filter(kind="mailbox_reply").count()) == (State.ACCEPTED, 1)
