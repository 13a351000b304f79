"""Two people at once: exactly one wins. Each race has a twin that must double without its guard."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from portal.cases.models import Case, NumberCounter, Submission
from portal.cases.numbers import take_number
from portal.core.actors import GUEST, PARTY
from portal.core.errors import PortalError
from portal.units.models import Unit
from requests_app import actions
from requests_app.actions.parties import Party
from requests_app.choices import Channel
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories.requests_app import answers, handled, submitted

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def at_once(count: int, work: Callable[[int], object]) -> list[object]:
    """Run the work in that many threads, let go together; each one's result or exception."""
    gate = threading.Barrier(count)
    results: list[object] = [None] * count

    def one(index: int) -> None:
        try:
            gate.wait(10)
            results[index] = work(index)
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_register_by_many_at_once_exactly_one_wins(office: Unit, clerk: Person) -> None:
    case = submitted(office)

    def work(index: int) -> str:
        mine = DisclosureRequest.objects.get(pk=case.pk)
        actions.register(
            case=mine,
            received_on=date(2026, 2, 10),
            channel=Channel.ONLINE,
            evidence="确认",
            actor=clerk.actor,
            at=moment("2026-02-10"),
        )
        return "won"

    results = at_once(8, work)
    assert results.count("won") == 1
    refusals = [result for result in results if isinstance(result, PortalError)]
    assert len(refusals) == 7
    assert all("办理“登记”" in refusal.sentence for refusal in refusals)
    assert Case.objects.get(pk=case.pk).events.filter(kind="register").count() == 1


def test_double_click_makes_one_case(office: Unit) -> None:
    key = "double-click-submission-key"

    def work(index: int) -> object:
        return actions.submit(
            unit=office, answers=answers(), key=key, actor=GUEST, at=moment("2026-02-09")
        ).case.pk

    results = at_once(8, work)
    assert len(set(results)) == 1, results
    assert Case.objects.count() == 1


def test_double_click_doubles_without_the_guard(office: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: without the look-up and the unique row, the same click makes several cases."""
    monkeypatch.setattr("portal.cases.intake.earlier_submission", lambda *a: None)
    monkeypatch.setattr("portal.cases.intake.record_submission", lambda *a: None)
    key = "double-click-submission-key"

    def work(index: int) -> object:
        return actions.submit(
            unit=office, answers=answers(), key=key, actor=GUEST, at=moment("2026-02-09")
        ).case.pk

    results = at_once(4, work)
    assert len(set(results)) == 4, results
    assert Submission.objects.count() == 0


def test_numbers_are_gapless_under_rollbacks(office: Unit) -> None:
    from django.db import transaction

    def work(index: int) -> object:
        taken = []
        for turn in range(10):
            try:
                with transaction.atomic():
                    number = take_number(office, "race", 2026)
                    if (index + turn) % 5 == 0:
                        raise LookupError
                    taken.append(number)
            except LookupError:
                continue
        return taken

    results = at_once(6, work)
    numbers = sorted(number for result in results if isinstance(result, list) for number in result)
    assert [result for result in results if isinstance(result, Exception)] == []
    assert numbers == list(range(1, len(numbers) + 1))
    assert NumberCounter.objects.get(series="race").last == len(numbers) == 48


def test_opinions_at_once_are_taken_once(office: Unit, clerk: Person) -> None:
    """A party that presses twice, or two browsers behind one link: one opinion, one receipt, one resumed clock."""
    case = handled(office, clerk)
    party = Party("third_party", "某公司", "合同", "online", "p@example.org")
    actions.consult(case=case, party=party, actor=clerk.actor, at=moment("2026-02-24"))
    asked = case.consultations.get()

    def work(index: int) -> str:
        actions.take_opinion(
            case=DisclosureRequest.objects.get(pk=case.pk),
            consultation=asked,
            opinion="agree" if index % 2 else "refuse",
            reason="理由",
            actor=PARTY,
            at=moment("2026-02-25"),
        )
        return "taken"

    results = at_once(6, work)
    assert results.count("taken") == 1, results
    assert case.events.filter(kind="take_opinion").count() == 1
    assert case.documents.filter(kind="opinion_slip").count() == 1


def test_paying_against_lapsing_has_one_outcome(office: Unit, clerk: Person) -> None:
    case = handled(office, clerk)
    facts = {"tariff": "by_page", "count": 250, "earlier": 0, "reason": "共250页", "ways": "缴款码"}
    actions.charge_fee(case=case, actor=clerk.actor, at=moment("2026-03-02"), **facts)

    def work(index: int) -> str:
        mine = DisclosureRequest.objects.get(pk=case.pk)
        at = moment("2026-03-31")
        if index % 2:
            actions.pay_fee(case=mine, paid_on=date(2026, 3, 30), evidence="缴款书", actor=clerk.actor, at=at)
            return "paid"
        actions.lapse_fee(case=mine, actor=clerk.actor, at=at)
        return "lapsed"

    results = [result for result in at_once(6, work) if isinstance(result, str)]
    assert len(results) == 1, results
    state = DisclosureRequest.objects.get(pk=case.pk).state
    assert (state, case.fees.get().state) in (("handling", "paid"), ("abandoned", "unpaid"))
