"""After any change of the calendar every stored date equals its fold, in every registered period.

Real cases of all services in various states; days off and worked weekends at random; the notice is entered again and
again. Each change leaves the log provable, and a second recount changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbox import actions as letters
from portal.cases.ledger import verify_cases
from portal.cases.models import Case
from portal.cases.periods import PERIODS
from portal.cases.recounting import dates_moved_by, recount_dates
from portal.cases.steps import clock_of
from portal.core.workdays import WorkdayCalendar
from portal.holidays.calendars import forget
from portal.supervision import actions as supervision
from portal.units.models import Unit
from requests_app import actions
from requests_app.models import DisclosureRequest
from tests.cast import Person, moment
from tests.factories import consultations, mailbox
from tests.factories.calendar import recounted
from tests.factories.mailbox import Hands, assisting_clerk, assisting_unit, staffed  # noqa: F401
from tests.factories.requests_app import handled, submitted
from tests.workflow.test_recount import charged, consulted, told_to_correct

FIRST = date(2026, 11, 1)
DAYS = st.integers(0, 120).map(lambda offset: FIRST + timedelta(days=offset))
CHANGES = st.lists(st.tuples(st.sets(DAYS, max_size=8), st.sets(DAYS, max_size=4)), min_size=1, max_size=3)


class _Undone(Exception):
    """Takes one example back."""


@pytest.fixture
def everything(
    office: Unit,
    clerk: Person,
    approver: Person,
    team: dict[str, Person],
    hands: Hands,
    transport: Unit,
    helper: Person,
    supervisor: Person,
) -> Iterator[None]:
    """A case in each state that keeps a date, and some whose dates are settled."""
    submitted(office, on="2026-11-30")
    handled(office, clerk, on="2026-11-25")
    told_to_correct(office, clerk)
    told_to_correct(office, clerk, date(2026, 12, 11))
    corrected = told_to_correct(office, clerk)
    actions.correct(case=corrected, text="2025年度", actor=clerk.actor, at=moment("2026-11-30"))
    charged(office, clerk)
    _late_opinion(consulted(office, clerk, "third_party"), clerk)
    consulted(office, clerk, "joint_maker")
    consulted(office, clerk, "assistant")
    _reasons_and_three_days(handled(office, clerk, on="2026-11-24"), clerk)
    _extended(handled(office, clerk, on="2026-11-20"), clerk, approver)
    _waiting_letter(mailbox.handled(hands, on="2026-11-27"), hands, transport)
    mailbox.assigned(hands, on="2026-11-30")
    consultations.announced(office, team, opens_on=date(2026, 11, 30), closes_on=date(2026, 12, 9))
    month = date(2026, 10, 1)
    supervision.open_assessment(first=month, last=month, actor=supervisor.actor, at=moment("2026-11-27"))
    supervision.issue_order(
        sort="supervise", demand="请办理。", unit=office, actor=supervisor.actor, at=moment("2026-11-27")
    )
    yield
    forget()


def _late_opinion(asked: Any, clerk: Person) -> None:
    """Asked on 11-17, limit 12-08, answered on 12-15: the days after the limit count."""
    actions.take_opinion(
        case=DisclosureRequest.objects.get(pk=asked.request_id),
        consultation=asked,
        opinion="agree",
        reason="",
        answered_on=date(2026, 12, 15),
        actor=clerk.actor,
        at=moment("2026-12-15"),
    )


def _reasons_and_three_days(case: DisclosureRequest, clerk: Person) -> None:
    actions.ask_reasons(
        case=case,
        finding="46件",
        answer_by=date(2026, 12, 15),
        actor=clerk.actor,
        at=moment("2026-11-24", 14),
    )
    actions.flag_obvious(case=case, ground="third_party", actor=clerk.actor, at=moment("2026-11-24", 15))


def _extended(case: DisclosureRequest, clerk: Person, approver: Person) -> None:
    actions.request_extension(
        case=case, days=20, reason="调取资料", actor=clerk.actor, at=moment("2026-11-25")
    )
    actions.extend(case=case, actor=approver.actor, at=moment("2026-11-26"))


def _waiting_letter(case: Any, hands: Hands, transport: Unit) -> None:
    facts = {"case": case, "actor": hands.clerk.actor}
    letters.ask_assistance(
        unit=transport, asked="权属", due_on=date(2026, 12, 3), at=moment("2026-11-30"), **facts
    )
    letters.ask_supplement(asked="位置", answer_by=date(2026, 12, 7), at=moment("2026-11-30", 14), **facts)


def stale(calendar: WorkdayCalendar) -> list[str]:
    """Every stored date that is not what the calendar gives."""
    found = [
        f"{case} due"
        for case in Case.objects.open()
        if (clock := clock_of(case, calendar=calendar)) is not None
        and (case.due_on, case.due_provisional) != (clock.due_on, clock.provisional)
    ]
    for period in PERIODS.values():
        for row in period.rows():
            fold = period.last_day(row, calendar)
            if fold is not None and fold != getattr(row, period.field):
                found.append(f"{period.code} {row}")
    for case in Case.objects.open().filter(act_by__isnull=False):
        first = min(day for day in (case.due_on, case.internal_due_on) if day is not None)
        if case.act_by != first:
            found.append(f"{case} act_by")
    return found


def test_every_registered_period_has_a_row_to_be_tried(everything: None) -> None:
    assert [code for code, period in PERIODS.items() if not period.rows().exists()] == []


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(CHANGES)
def test_after_any_change_every_stored_date_equals_its_fold(
    everything: None, changes: list[tuple[set[date], set[date]]]
) -> None:
    try:
        with transaction.atomic():
            for off, worked in changes:
                calendar = recounted(*off, work_on=tuple(worked - off))
                assert stale(calendar) == []
                assert dates_moved_by(calendar) == []
                assert recount_dates(calendar=calendar, at=moment("2026-12-15", 11)) == 0
            assert list(verify_cases()) == []
            raise _Undone
    except _Undone:
        forget()
