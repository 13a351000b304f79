"""Internal days that pass: whoever let one pass is told, once for each day set."""

from __future__ import annotations

import pytest

from mailbox import actions
from portal.messaging.models import Message
from tests.cast import Person, moment
from tests.factories.mailbox import Hands, assigned, handled, staffed, submitted  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def told(person: Person) -> list[str]:
    """What was said to them about days that passed."""
    rows = Message.objects.filter(account_id=person.account.pk, subject__startswith="【超过时限】")
    return [row.subject for row in rows.order_by("id")]


def test_late_screening_is_told_to_the_mailbox_office_once(hands: Hands) -> None:
    case = submitted(on="2026-02-10")
    assert case.internal_due_on is not None
    assert actions.send_late_notices(at=moment(str(case.internal_due_on))) == 0, "the day itself is in time"
    assert actions.send_late_notices(at=moment("2026-02-25")) == 1
    assert actions.send_late_notices(at=moment("2026-02-25", 16)) == 0
    assert actions.send_late_notices(at=moment("2026-02-26")) == 0
    assert told(hands.office_clerk) == [f"【超过时限】来信尚未审核交办（{case.number}）"]
    assert told(hands.office_head) == told(hands.office_clerk)
    assert told(hands.clerk) == []


def test_late_sign_for_is_told_to_the_unit_and_not_to_the_office(hands: Hands) -> None:
    case = assigned(hands)
    assert actions.send_late_notices(at=moment("2026-02-25")) == 1
    assert actions.send_late_notices(at=moment("2026-02-26")) == 0
    assert told(hands.clerk) == [f"【超过时限】来信尚未签收（{case.number}）"]
    assert told(hands.office_clerk) == []


def test_nothing_is_told_on_a_day_off_or_after_the_step_was_taken(hands: Hands) -> None:
    handled(hands)
    submitted(on="2026-02-10")
    assert actions.send_late_notices(at=moment("2026-02-18")) == 0, "Spring Festival"
    assert actions.send_late_notices(at=moment("2026-02-25")) == 1, "only the letter that nobody looked at"
