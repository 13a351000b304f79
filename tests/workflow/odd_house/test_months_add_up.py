"""Figures of months: nothing falls between two months, nothing counts twice, a second handling has a line of its own."""

from __future__ import annotations

from datetime import date

import pytest

from consultations import actions as consulting
from mailbox import actions as mailbox
from notices import actions as publishing
from notices.reports import actions as reports
from portal.core.actors import GUEST
from portal.holidays.calendars import calendar
from portal.supervision import open_data
from portal.supervision.figures import Line, compute, month_after, outcomes, overdue_at, totals
from portal.supervision.figures.again import differences
from portal.units.models import Unit
from requests_app import actions as requests
from requests_app.choices import Channel
from tests.cast import Person, moment
from tests.factories import consultations, notices
from tests.factories import mailbox as letters
from tests.factories import requests_app as asked
from tests.factories.mailbox import Hands, staffed  # noqa: F401  fixtures

FEBRUARY, MARCH, APRIL, MAY = (date(2026, month, 1) for month in (2, 3, 4, 5))
LATER = date(2026, 12, 31)
Team = dict[str, Person]


def lines(month: date, kind: str) -> list[Line]:
    """The lines of one kind in a month, first handlings first."""
    found = [line for line in compute(month, calendar(), LATER) if line.kind == kind]
    for line in found:
        assert line.carried + line.received + line.moved_in == line.closed + line.moved_out + line.open, line
    return sorted(found, key=lambda line: (line.again, line.unit_id))


def told(month: date, kind: str) -> list[tuple[int, int, int, int, int, int]]:
    """(carried, received, closed, in time, open, overdue) of the lines of one kind."""
    return [
        (row.carried, row.received, row.closed, row.in_time, row.open, row.overdue)
        for row in lines(month, kind)
    ]


def test_second_handling_that_nobody_answers_is_open_and_overdue_in_public(hands: Hands) -> None:
    """Answered on 24 February, handled again by right from 2 March: due on 16 March."""
    case = letters.answered(hands)
    letters.dissatisfied(case, on="2026-03-02")
    assert case.due_on == date(2026, 3, 16)
    assert told(FEBRUARY, "letter") == [(0, 1, 1, 1, 0, 0)]
    assert [(line.again, line.received, line.open, line.overdue) for line in lines(MARCH, "letter")] == [
        (True, 1, 1, 1)
    ]
    assert told(APRIL, "letter") == [(1, 0, 0, 0, 1, 1)]
    assert [row[0] for row in overdue_at(MARCH, calendar(), LATER)] == [case.pk]
    total = totals([compute(month, calendar(), LATER) for month in (FEBRUARY, MARCH)], "kind")["letter"]
    assert (total.received, total.closed, total.again, total.again_closed) == (1, 1, 1, 0)
    assert (total.open, total.overdue, total.again_open, total.again_overdue) == (1, 1, 1, 1)
    shown = dict(zip(open_data.HEADS, open_data.cells(total), strict=True))
    assert (shown["期末在办"], shown["期末逾期"], shown["再次办理"], shown["再次办理逾期"]) == (1, 1, 1, 1)


def test_second_answer_is_never_a_second_letter(hands: Hands) -> None:
    """Answered again on 20 March, four days after the last day: late, on the line of second handlings only."""
    case = letters.answered(hands)
    letters.dissatisfied(case, on="2026-03-02")
    letters.answered(hands, at="2026-03-20", case=case)
    assert [(row.again, row.received, row.closed, row.in_time) for row in lines(MARCH, "letter")] == [
        (True, 1, 1, 0)
    ]
    total = totals([compute(month, calendar(), LATER) for month in (FEBRUARY, MARCH)], "")[""]
    assert (total.received, total.closed, total.in_time, total.rate) == (1, 1, 1, 100.0)
    assert (total.again, total.again_closed, total.again_in_time, total.open) == (1, 1, 0, 0)
    assert sum(number for _, number in outcomes("letter", FEBRUARY, APRIL)) == 2


def test_request_of_the_last_day_entered_on_the_first_counts_once(office: Unit, clerk: Person) -> None:
    """On paper, received on 31 March, entered on 1 April; online on 31 March, registered on 1 April."""
    paper = asked.submitted(office, on="2026-04-01", actor=clerk.actor, channel=Channel.REGISTERED_POST)
    online = asked.submitted(office, on="2026-03-31")
    for case in (paper, online):
        requests.register(
            case=case,
            received_on=date(2026, 3, 31),
            channel=Channel.REGISTERED_POST if case is paper else Channel.ONLINE,
            evidence="信封",
            actor=clerk.actor,
            at=moment("2026-04-01", 15),
        )
    assert told(MARCH, "disclosure") == [(0, 1, 0, 0, 1, 0)], "the one that came online"
    assert told(APRIL, "disclosure") == [(1, 1, 0, 0, 2, 1 + 1)], "both due on 29 April"


def test_item_made_on_the_last_day_and_begun_on_the_first_counts_once(office: Unit, team: Team) -> None:
    facts = notices.answers(office, made_on=date(2026, 3, 31))
    publishing.open_item(answers=facts, actor=team["clerk"].actor, at=moment("2026-04-01"))
    assert told(MARCH, "article") == []
    assert [(row.received, row.open) for row in lines(APRIL, "article")] == [(1, 1)]


def test_scheduled_item_ends_on_the_day_of_its_publication(office: Unit, team: Team) -> None:
    """Made on 2 March, scheduled on 30 March for 2 April."""
    case = notices.approved(office, team)
    publishing.publish_item(
        case=case,
        actor=team["publisher"].actor,
        at=moment("2026-03-30"),
        publish_at=moment("2026-04-02"),
    )
    assert [(row.received, row.closed, row.open) for row in lines(MARCH, "article")] == [(1, 0, 1)]
    assert [(row.carried, row.closed, row.open) for row in lines(APRIL, "article")] == [(1, 1, 0)]


def test_scheduled_item_that_is_taken_down_before_its_time_ends_on_that_day(office: Unit, team: Team) -> None:
    """Scheduled on 30 March for 2 April, taken down on the 31st: closed in March, open in no month, answered in none."""
    case = notices.approved(office, team)
    publisher = team["publisher"].actor
    publishing.publish_item(
        case=case, actor=publisher, at=moment("2026-03-30"), publish_at=moment("2026-04-02")
    )
    publishing.withdraw_item(case=case, reason="内容有误", actor=publisher, at=moment("2026-03-31"))
    (line,) = lines(MARCH, "article")
    assert (line.received, line.closed, line.open, line.judged, line.in_time) == (1, 1, 0, 1, 0)
    assert lines(APRIL, "article") == []
    assert differences([MARCH, APRIL], calendar(), LATER) == []


@pytest.mark.parametrize(("on", "in_time"), [("2026-03-05", 1), ("2026-03-06", 0), ("2026-03-25", 0)])
def test_citys_own_three_working_days_count(office: Unit, team: Team, on: str, in_time: int) -> None:
    """Made on Monday, 2 March: the third working day is Thursday, the 5th; the Regulation would leave until the 30th."""
    notices.published(office, team, on=on)
    (line,) = lines(MARCH, "article")
    assert (line.closed, line.in_time) == (1, in_time)


def test_item_that_lies_for_three_days_is_overdue(office: Unit, team: Team) -> None:
    notices.drafted(office, team["clerk"])
    for day, overdue in ((5, 0), (6, 1)):
        (line,) = [row for row in compute(MARCH, calendar(), date(2026, 3, day)) if row.kind == "article"]
        assert (line.open, line.overdue) == (1, overdue), day


def test_revision_is_a_second_handling_with_three_days_of_its_own(office: Unit, team: Team) -> None:
    """Published on 4 March, revised on Wednesday the 11th: to be out by Monday, the 16th."""
    case = notices.published(office, team)
    publishing.revise(case=case, reason="更正", actor=team["clerk"].actor, at=moment("2026-03-11"))
    for day, overdue in ((16, 0), (17, 1)):
        found = [row for row in compute(MARCH, calendar(), date(2026, 3, day)) if row.kind == "article"]
        assert [(row.again, row.received, row.closed, row.open, row.overdue) for row in found] == [
            (False, 1, 1, 0, 0),
            (True, 1, 0, 1, overdue),
        ]


def test_item_that_is_not_published_is_not_in_time(office: Unit, team: Team) -> None:
    case = notices.drafted(office, team["clerk"])
    publishing.drop_item(
        case=case, ground="secret", reason="涉密", actor=team["approver"].actor, at=moment("2026-03-04")
    )
    (line,) = lines(MARCH, "article")
    assert (line.closed, line.judged) == (1, 0)
    assert totals([[line]], "")[""].rate is None


def test_letters_declined_before_acceptance_are_received_and_closed(hands: Hands) -> None:
    case = letters.submitted(on="2026-02-10")
    mailbox.decline(
        case=case,
        reason="advertisement",
        note="广告",
        actor=hands.office_clerk.actor,
        at=moment("2026-02-11"),
    )
    assert told(FEBRUARY, "letter") == [(0, 1, 1, 0, 0, 0)]
    assert outcomes("letter", FEBRUARY, MARCH) == [("不予受理", 1)]


def test_request_withdrawn_before_registration_is_received_and_closed(office: Unit, citizen: Person) -> None:
    case = asked.submitted(office, on="2026-02-27", actor=citizen.actor)
    requests.withdraw(case=case, reason="不需要了", actor=citizen.actor, at=moment("2026-03-02"))
    assert told(FEBRUARY, "disclosure") == [(0, 1, 0, 0, 1, 0)]
    assert told(MARCH, "disclosure") == [(1, 0, 1, 0, 0, 0)]
    assert sum(number for _, number in outcomes("disclosure", MARCH, APRIL)) == 1


def test_withdrawn_request_makes_no_rate(office: Unit, clerk: Person, citizen: Person) -> None:
    """One is overdue since 16 March, another is taken back on 3 March: nothing was answered in time."""
    asked.handled(office, clerk)
    case = asked.handled(office, clerk, actor=citizen.actor)
    requests.withdraw(case=case, reason="不需要了", actor=citizen.actor, at=moment("2026-03-03"))
    total = totals([compute(MARCH, calendar(), LATER)], "")[""]
    assert (total.closed, total.in_time, total.late, total.rate, total.overdue) == (1, 0, 0, None, 1)


def test_request_withdrawn_after_its_last_day_stays_late(
    office: Unit, clerk: Person, citizen: Person
) -> None:
    case = asked.handled(office, clerk, actor=citizen.actor)
    requests.withdraw(case=case, reason="不再需要", actor=citizen.actor, at=moment("2026-03-20"))
    total = totals([compute(MARCH, calendar(), LATER)], "")[""]
    assert (total.closed, total.late, total.rate) == (1, 1, 0.0)


def test_case_passed_on_in_the_next_month_leaves_one_unit_and_enters_another(
    office: Unit, housing: Unit, team: Team
) -> None:
    case = reports.report_error(
        page="/notices/", sort="words", text="错字", key="k", actor=GUEST, at=moment("2026-03-31")
    )
    reports.pass_on_report(
        case=case, unit=housing, reason="由其维护", actor=team["clerk"].actor, at=moment("2026-04-01")
    )
    assert [(row.unit_id, row.received, row.open) for row in lines(MARCH, "error_report")] == [
        (office.pk, 1, 1)
    ]
    moved = [
        (row.unit_id, row.carried, row.moved_in, row.moved_out, row.open)
        for row in lines(APRIL, "error_report")
    ]
    assert moved == [(office.pk, 1, 0, 1, 0), (housing.pk, 0, 1, 0, 1)]


def test_consultation_that_ends_with_the_month_is_received_when_it_is_closed(
    office: Unit, team: Team
) -> None:
    """Its last day is 31 March; the sweep closes it on 1 April: feedback is due from then."""
    case = consultations.announced(office, team)
    consulting.close(case=case, actor=team["clerk"].actor, at=moment("2026-04-01", 1))
    assert told(MARCH, "consultation") == []
    assert [(row.received, row.open) for row in lines(APRIL, "consultation")] == [(1, 1)]


def test_a_case_of_new_years_eve_is_carried_over(office: Unit, team: Team) -> None:
    case = reports.report_error(
        page="/notices/", sort="words", text="错字", key="k", actor=GUEST, at=moment("2025-12-31", 23)
    )
    reports.fix_error(case=case, answer="已改", actor=team["clerk"].actor, at=moment("2026-01-01", 0))
    december, january = date(2025, 12, 1), date(2026, 1, 1)
    assert month_after(december) == january
    assert told(december, "error_report") == [(0, 1, 0, 0, 1, 0)]
    assert told(january, "error_report") == [(1, 0, 1, 1, 0, 0)]
