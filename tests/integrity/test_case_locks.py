"""The case is locked first, always: two steps about one case never wait for each other.

On PostgreSQL a party's opinion locked the consultation, then the case, and a withdrawal the other way round: one of the
two ended in "deadlock detected". 200 rounds of two connections, and a twin that deadlocks without the guard.
"""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection

from portal.core.actors import GUEST, PARTY
from portal.core.errors import PortalError
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions import intake, opinions, parties
from requests_app.actions.parties import Party
from requests_app.actions.reply import ReplyText
from requests_app.choices import ReplyKind
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import handled
from tests.integrity.test_races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.postgresql]
ROUNDS = 200


def quickly(office: Unit, clerk: Person) -> DisclosureRequest:
    """A request in hand, without the papers and messages of its intake: two hundred of them are made."""
    with pytest.MonkeyPatch.context() as short:
        for name in ("issue", "tell_applicant"):
            short.setattr(intake, name, lambda *args, **facts: None)
        return handled(office, clerk)


def asked(office: Unit, clerk: Person) -> DisclosureRequest:
    """A request about which somebody is asked."""
    case = quickly(office, clerk)
    party = Party("third_party", "某公司", "合同", "online", "p@example.org")
    actions.consult(case=case, party=party, actor=clerk.actor, at=moment("2026-02-24"))
    return case


def opinion_and_withdrawal(case: DisclosureRequest) -> list[object]:
    """The party speaks and the applicant withdraws at the same moment."""
    entry = case.consultations.get()

    def work(index: int) -> str:
        mine = DisclosureRequest.objects.get(pk=case.pk)
        if index:
            actions.withdraw(case=mine, reason="", actor=GUEST, at=moment("2026-02-26"))
            return "withdrawn"
        facts = {"opinion": "agree", "reason": "", "actor": PARTY, "at": moment("2026-02-26")}
        actions.take_opinion(case=mine, consultation=entry, **facts)
        return "heard"

    return at_once(2, work)


def errors_of(results: list[object]) -> list[str]:
    """What went wrong but was not a refusal in words."""
    return [
        repr(result)
        for result in results
        if isinstance(result, Exception) and not isinstance(result, PortalError)
    ]


def test_opinion_and_withdrawal_never_deadlock(office: Unit, clerk: Person) -> None:
    assert connection.vendor == "postgresql"
    won = 0
    for _ in range(ROUNDS):
        case = asked(office, clerk)
        results = opinion_and_withdrawal(case)
        assert errors_of(results) == [], results
        won += sum(isinstance(result, str) for result in results)
        case.refresh_from_db()
        assert case.state == "withdrawn"
    assert ROUNDS <= won <= 2 * ROUNDS, won


def test_without_the_order_they_deadlock(
    office: Unit, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the consultation before the case, as it was."""
    monkeypatch.setattr(parties, "lock", lambda case: None)
    assert opinions.locked_consultation is parties.locked_consultation
    found: list[str] = []
    for _ in range(ROUNDS):
        found += errors_of(opinion_and_withdrawal(asked(office, clerk)))
        if found:
            break
    assert found, "no deadlock in 200 rounds: the twin proves nothing"
    assert OperationalError.__name__ in found[0], found


def test_two_first_drafts_and_two_consultations_never_deadlock(office: Unit, clerk: Person) -> None:
    """A new row holds its case by its foreign key: the case is locked before the row is written."""
    for _ in range(ROUNDS // 4):
        case = quickly(office, clerk)

        def work(index: int, case: DisclosureRequest = case) -> str:
            mine = DisclosureRequest.objects.get(pk=case.pk)
            if index % 2:
                text = ReplyText(ReplyKind.DISCLOSE, "清单")
                actions.draft_reply(case=mine, text=text, actor=clerk.actor, at=moment("2026-02-25"))
            else:
                party = Party("assistant", "某局", "协助", "online", "p@example.org")
                actions.consult(case=mine, party=party, actor=clerk.actor, at=moment("2026-02-25"))
            return "done"

        assert at_once(4, work) == ["done"] * 4
