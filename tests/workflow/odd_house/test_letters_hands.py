"""Through whose hands a letter goes, and who sees it no more."""

from __future__ import annotations

from datetime import date

import pytest

from mailbox import actions, queries
from mailbox.choices import Decision
from mailbox.models import ExtensionRequest
from portal.core.clock import ClockFact, FactKind, fold
from portal.core.errors import NotFound, StepRefused
from portal.holidays.calendars import calendar
from portal.messaging.models import Message
from portal.units.access import actor_for
from portal.units.choices import Role
from portal.units.models import Appointment, Unit
from tests.cast import Person, moment
from tests.factories.mailbox import (  # noqa: F401  fixtures
    Desk,
    Hands,
    assigned,
    assisting_clerk,
    assisting_unit,
    handled,
    helped,
    proposed,
    publishing_desk,
    signed,
    staffed,
)


@pytest.mark.parametrize("who", ["approver", "reviewer", "clerk"])
def test_who_wrote_or_signed_an_answer_does_not_check_it(hands: Hands, who: str) -> None:
    case = signed(hands)
    account = getattr(hands, who).account
    Appointment.objects.create(
        account=account, unit=hands.office, role=Role.CLERK, starts_on=date(2020, 1, 1)
    )
    with pytest.raises(StepRefused):
        actions.answer(case=case, actor=actor_for(account, date(2026, 2, 24)), at=moment("2026-02-24", 16))
    actions.answer(case=case, actor=hands.office_clerk.actor, at=moment("2026-02-24", 16))


def test_helpers_lose_sight_of_a_letter_that_went_back(hands: Hands, transport: Unit, helper: Person) -> None:
    case = helped(hands, transport, assigned(hands))
    assert queries.find_handled(helper.actor, case.public_id).pk == case.pk
    actions.return_letter(
        case=case, reason="不属于本局职责", actor=hands.clerk.actor, at=moment("2026-02-11", 15)
    )
    for seen_by in (helper, hands.clerk):
        with pytest.raises(NotFound):
            queries.find_handled(seen_by.actor, case.public_id)


def test_second_wish_for_more_time_waits_for_the_first(hands: Hands) -> None:
    case = handled(hands)
    wish = {"case": case, "days": 3, "reason": "现场勘查", "actor": hands.clerk.actor}
    actions.request_extension(**wish, at=moment("2026-02-25"))  # type: ignore[arg-type]
    with pytest.raises(StepRefused, match="已有待批准的延期申请"):
        actions.request_extension(**wish, at=moment("2026-02-25", 11))  # type: ignore[arg-type]
    assert ExtensionRequest.objects.get().decision == Decision.PENDING


def test_answer_ends_a_wish_that_nobody_decided(hands: Hands) -> None:
    case = handled(hands)
    actions.request_extension(
        case=case, days=3, reason="现场勘查", actor=hands.clerk.actor, at=moment("2026-02-23")
    )
    signed(hands, case=case)
    actions.answer(case=case, actor=hands.office_clerk.actor, at=moment("2026-02-24", 16))
    row = ExtensionRequest.objects.get()
    assert (row.decision, row.decided_by, row.decided_at) == (
        Decision.REFUSED,
        None,
        moment("2026-02-24", 16),
    )


def test_whoever_looks_at_a_public_copy_next_is_told(hands: Hands, desk: Desk) -> None:
    case = proposed(hands)
    found = Message.objects.filter(subject=f"来信公开待保密审查（{case.number}）")
    assert [row.account_id for row in found] == [desk.secrecy.account.pk]
    actions.clear_release(case=case, actor=desk.secrecy.actor, at=moment("2026-02-25", 11))
    found = Message.objects.filter(subject=f"来信公开待公开（{case.number}）")
    assert [row.account_id for row in found] == [desk.publisher.account.pk]


@pytest.mark.parametrize(("as_of", "left"), [(9, 4), (13, 0), (14, -1), (15, -1), (16, -1)])
def test_weekend_after_a_last_calendar_day_is_late(as_of: int, left: int) -> None:
    """A period in calendar days that ends on Friday, 13 March 2026."""
    start = ClockFact(FactKind.START, date(2026, 3, 2), until=date(2026, 3, 13))
    state = fold([start], calendar(), as_of=date(2026, 3, as_of))
    assert (state.due_on, state.remaining) == (date(2026, 3, 13), left)
