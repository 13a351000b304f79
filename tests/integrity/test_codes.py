"""Wrong query codes: what others try locks nobody out, and one address does not try for ever."""

from __future__ import annotations

from typing import Any

import pytest

from portal.cases.intake import TooManyTries, find_by_code
from portal.core.actors import GUEST
from portal.core.errors import NotFound
from portal.units.models import Unit
from requests_app import actions
from tests.cast import moment
from tests.factories.requests_app import answers

AT = moment("2026-03-03")


@pytest.fixture
def sent(office: Unit) -> Any:
    """A request of a guest."""
    return actions.submit(
        unit=office, answers=answers(), key="codes-key-0000000001", actor=GUEST, at=moment("2026-03-02")
    )


def wrong(number: str, address: str) -> None:
    with pytest.raises(NotFound):
        find_by_code(number=number, code="AAAA-BBBB-CCCC", address=address, at=AT)


def test_wrong_guesses_elsewhere_never_lock_the_right_code(sent: Any) -> None:
    for turn in range(12):
        wrong(sent.case.number, f"203.0.113.{turn // 4}")
    assert (
        find_by_code(number=sent.case.number, code=sent.code, address="198.51.100.7", at=AT).pk
        == sent.case.pk
    )


def test_one_address_may_miss_one_receipt_five_times(sent: Any) -> None:
    for _ in range(5):
        wrong(sent.case.number, "203.0.113.9")
    with pytest.raises(TooManyTries):
        find_by_code(number=sent.case.number, code=sent.code, address="203.0.113.9", at=AT)


def test_one_address_may_miss_twenty_times_in_all(sent: Any) -> None:
    for turn in range(20):
        wrong(f"YX-2026-{turn:05d}", "203.0.113.9")
    with pytest.raises(TooManyTries):
        find_by_code(number=sent.case.number, code=sent.code, address="203.0.113.9", at=AT)
