"""Supervision on its odd days: who decides, who is told, what counts as late, what stands first."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from notices import actions as publishing
from notices.reports import actions as reports
from notices.reports import queries as reported
from portal.administration import actions as administration
from portal.administration import queries as administering
from portal.cases.ledger import verify_cases
from portal.cases.models import Case
from portal.cases.queries import counts, narrow
from portal.cases.tasks import recompute
from portal.core.actors import GUEST
from portal.core.clock import ClockFact, FactKind, fold
from portal.core.errors import InvalidInput, StepRefused
from portal.core.workdays import YearNotice
from portal.holidays.actions import check_notice
from portal.holidays.calendars import assemble, calendar, forget
from portal.messaging.actions import Recipient, notify
from portal.messaging.models import Message
from portal.messaging.tasks import deliver
from portal.supervision import actions, queries
from portal.supervision.choices import State
from portal.supervision.figures import scores_of
from portal.supervision.models import Indicator, SupervisionOrder
from portal.units.access import actor_for
from portal.units.choices import Role
from portal.units.models import Appointment, Unit
from tests.cast import Person, moment, person
from tests.factories import notices
from tests.factories.requests_app import handled

MARCH = date(2026, 3, 1)
Team = dict[str, Person]


@pytest.fixture
def watching(office: Unit) -> Person:
    """监督员."""
    return person("watching", office, Role.SUPERVISOR)


def both(who: Person, unit: Unit, role: Role) -> Person:
    """The same person with a role in that unit too."""
    Appointment.objects.create(account=who.account, unit=unit, role=role, starts_on=date(2020, 1, 1))
    return dataclasses.replace(who, actor=actor_for(who.account, date(2026, 3, 2)))


def ordered(
    watching: Person, unit: Unit, on: str = "2026-03-02", sort: str = "supervise"
) -> SupervisionOrder:
    """An order to a unit: the report is due within five working days, on Monday, 9 March."""
    return actions.issue_order(sort=sort, demand="请立即办理", actor=watching.actor, at=moment(on), unit=unit)


def told(who: Person, word: str) -> int:
    """How many messages with that word somebody has."""
    return Message.objects.filter(account=who.account, subject__contains=word).count()


# one's own unit ----------------------------------------------------------------------------------------------------


def test_nobody_decides_on_an_order_to_his_own_unit(office: Unit, housing: Unit, watching: Person) -> None:
    order = ordered(watching, housing)
    own = both(person("own", office, Role.SUPERVISOR), housing, Role.CLERK)
    facts: Any = {"case": order, "actor": own.actor, "at": moment("2026-03-04")}
    with pytest.raises(StepRefused, match="应当回避"):
        actions.recall_order(reason="不需要", **facts)
    actions.report_back(report="已办", **facts)
    with pytest.raises(StepRefused, match="应当回避"):
        actions.close_order(verdict="属实", **facts)
    with pytest.raises(StepRefused, match="应当回避"):
        actions.return_order(reason="再办", **facts)
    actions.close_order(case=order, verdict="属实", actor=watching.actor, at=moment("2026-03-05"))


def test_nobody_decides_on_his_own_units_objection(office: Unit, housing: Unit, watching: Person) -> None:
    case = actions.open_assessment(first=MARCH, last=MARCH, actor=watching.actor, at=moment("2026-04-01"))
    own = both(person("own", office, Role.SUPERVISOR), housing, Role.APPROVER)
    objection = actions.object_to(
        case=case,
        unit=housing,
        indicator="timeliness",
        reason="有误",
        actor=own.actor,
        at=moment("2026-04-02"),
    )
    facts: Any = {"objection": objection, "upheld": True, "score": Decimal(100), "decision": "成立"}
    with pytest.raises(StepRefused, match="应当回避"):
        actions.decide_objection(actor=own.actor, at=moment("2026-04-03"), **facts)
    actions.decide_objection(actor=watching.actor, at=moment("2026-04-03"), **facts)


# who is told -------------------------------------------------------------------------------------------------------


def test_units_are_told_that_their_days_to_object_run(office: Unit, housing: Unit, watching: Person) -> None:
    """Opened on 1 April: five working days without Qingming (4 to 6 April) end on 9 April."""
    leader = person("leader", housing, Role.APPROVER)
    case = actions.open_assessment(first=MARCH, last=MARCH, actor=watching.actor, at=moment("2026-04-01"))
    assert told(leader, "异议于2026年4月9日前提出") == 1
    objection = actions.object_to(
        case=case,
        unit=housing,
        indicator="timeliness",
        reason="有误",
        actor=leader.actor,
        at=moment("2026-04-02"),
    )
    actions.decide_objection(
        objection=objection,
        upheld=False,
        score=None,
        decision="无误",
        actor=watching.actor,
        at=moment("2026-04-03"),
    )
    assert told(leader, "考核异议不成立") == 1


def test_reports_and_recalls_are_told(office: Unit, housing: Unit, watching: Person) -> None:
    clerk = person("housing-clerk", housing, Role.CLERK)
    order, other = ordered(watching, housing), ordered(watching, housing)
    actions.report_back(case=order, report="已办", actor=clerk.actor, at=moment("2026-03-03"))
    assert told(watching, "已报告办理情况") == 1
    actions.recall_order(case=other, reason="不需要", actor=watching.actor, at=moment("2026-03-03"))
    assert told(clerk, "已撤回") == 1


# what is late ------------------------------------------------------------------------------------------------------


def test_order_that_waits_for_the_supervisor_is_nobodys_delay(
    office: Unit, housing: Unit, watching: Person
) -> None:
    clerk = person("housing-clerk", housing, Role.CLERK)
    order = ordered(watching, housing)
    assert order.due_on == date(2026, 3, 9)
    actions.report_back(case=order, report="已办", actor=clerk.actor, at=moment("2026-03-02", 15))
    assert (order.state, order.due_on) == (State.REPORTED, None)
    (row,) = [row for row in queries.by_unit(date(2026, 3, 20), calendar()) if row["unit_id"] == housing.pk]
    assert (row["open"], row["overdue"]) == (1, 0)
    actions.return_order(case=order, reason="再办", actor=watching.actor, at=moment("2026-03-16"))
    assert order.due_on == date(2026, 3, 23), "five working days anew"
    actions.report_back(case=order, report="已办", actor=clerk.actor, at=moment("2026-03-17"))
    actions.close_order(case=order, verdict="属实", actor=watching.actor, at=moment("2026-03-18"))
    assert (order.due_on, list(verify_cases())) == (date(2026, 3, 23), [])


def test_revised_item_is_late_by_its_three_days_only(office: Unit, team: Team) -> None:
    """Published on 4 March, revised on Wednesday, 3 June: to be out by Monday, the 8th."""
    case = notices.published(office, team)
    assert case.due_on == date(2026, 3, 30)
    publishing.revise(case=case, reason="更正", actor=team["clerk"].actor, at=moment("2026-06-03"))
    own = (
        date(2026, 7, 2),
        date(2026, 6, 8),
        date(2026, 6, 8),
    )  # 20 working days, the city's three, the earlier one
    assert (case.due_on, case.internal_due_on, case.act_by) == own
    for day, overdue, today in ((5, 0, 0), (8, 0, 1), (9, 1, 0)):
        found = counts(Case.objects.open(), date(2026, 6, day), calendar())
        assert (found.overdue, found.today) == (overdue, today), day
    assert list(verify_cases()) == []


def test_new_item_is_overdue_after_the_citys_three_days(office: Unit, team: Team) -> None:
    """Made on 2 March: the third working day is the 5th, the twentieth the 30th."""
    case = notices.drafted(office, team["clerk"])
    for day, overdue in ((5, 0), (6, 1), (16, 1)):
        assert counts(Case.objects.open(), date(2026, 3, day), calendar()).overdue == overdue
        (row,) = queries.by_unit(date(2026, 3, day), calendar())
        assert row["overdue"] == overdue
    assert list(narrow(Case.objects.open(), "overdue", date(2026, 3, 6), calendar())) == [
        Case.objects.get(pk=case.pk)
    ]


@pytest.mark.parametrize(("as_of", "left"), [(12, 1), (13, 0), (14, -1), (15, -1), (16, -1), (17, -2)])
def test_weekend_after_the_last_day_is_late(as_of: int, left: int) -> None:
    """Due on Friday, 13 March 2026: the Saturday and the Sunday are past it."""
    start = ClockFact(FactKind.START, date(2026, 3, 6), 5)
    running = fold([start], calendar(), as_of=date(2026, 3, as_of))
    stopped = fold([start, ClockFact(FactKind.STOP, date(2026, 3, as_of))], calendar())
    assert running.due_on == date(2026, 3, 13)
    assert (running.remaining, stopped.remaining) == (left, left)
    assert running.overdue(date(2026, 3, as_of)) == (left < 0)


def test_wait_that_ended_before_it_began_is_no_stretch() -> None:
    facts = [
        ClockFact(FactKind.START, date(2026, 3, 2), 10),
        ClockFact(FactKind.PAUSE, date(2026, 3, 4), until=date(2026, 3, 10), key="a"),
        ClockFact(FactKind.RESUME, date(2026, 3, 3), key="a"),
    ]
    assert fold(facts, calendar(), as_of=date(2026, 3, 4)).pauses == ()


# scores ------------------------------------------------------------------------------------------------------------


def orders_score(unit: Unit) -> tuple[float | None, str]:
    """What the orders of March are worth on 1 April."""
    entry = scores_of(MARCH, MARCH, moment("2026-04-01"))[str(unit.pk)]["orders"]
    return entry["score"], entry["words"]


def test_ignored_order_is_the_worst(office: Unit, housing: Unit, watching: Person) -> None:
    clerk = person("housing-clerk", housing, Role.CLERK)
    first, second = ordered(watching, housing), ordered(watching, housing)
    actions.report_back(case=first, report="已办", actor=clerk.actor, at=moment("2026-03-03"))
    assert orders_score(housing) == (0.0, "督办2件，逾期报告0件，逾期未报告1件")
    actions.report_back(case=second, report="已办", actor=clerk.actor, at=moment("2026-03-20"))
    assert orders_score(housing) == (50.0, "督办2件，逾期报告1件，逾期未报告0件")


def test_recalled_order_and_one_that_still_runs_are_no_merit(
    office: Unit, housing: Unit, watching: Person
) -> None:
    recalled = ordered(watching, housing)
    actions.recall_order(case=recalled, reason="不需要", actor=watching.actor, at=moment("2026-03-03"))
    ordered(watching, housing, on="2026-03-31", sort="correct")
    assert orders_score(housing)[0] is None


def test_no_rank_for_governments_and_for_who_did_nothing(
    office: Unit, housing: Unit, watching: Person
) -> None:
    case = actions.open_assessment(first=MARCH, last=MARCH, actor=watching.actor, at=moment("2026-04-01"))
    ranked = queries.ranking(case, watching.actor)
    assert not {row.unit.kind for row in ranked} & {"government", "county", "township"}
    (line,) = [row for row in ranked if row.unit.pk == housing.pk]
    assert (line.line["links"]["score"], line.total) == (None, None)


def test_weights_are_never_all_zero(office: Unit) -> None:
    first, *others = Indicator.objects.order_by("pk")
    Indicator.objects.filter(pk__in=[row.pk for row in others]).update(weight=0)
    first.weight = 0
    with pytest.raises(ValidationError, match="不能全部为零"):
        first.full_clean()


# order of lists ----------------------------------------------------------------------------------------------------


def test_open_ones_stand_first_on_both_databases(
    office: Unit, housing: Unit, watching: Person, team: Team
) -> None:
    clerk = person("housing-clerk", housing, Role.CLERK)
    done, open_ = ordered(watching, housing), ordered(watching, housing)
    actions.report_back(case=done, report="已办", actor=clerk.actor, at=moment("2026-03-03"))
    actions.close_order(case=done, verdict="属实", actor=watching.actor, at=moment("2026-03-04"))
    assert list(queries.orders(watching.actor)) == [open_, done]
    for key in ("k1", "k2"):
        reports.report_error(page="/", sort="words", text="错", key=key, actor=GUEST, at=moment("2026-03-02"))
    first = reported.handled(watching.actor).order_by("id")[0]
    reports.fix_error(case=first, answer="改", actor=team["clerk"].actor, at=moment("2026-03-03"))
    assert [row.closed_on is None for row in reported.handled(watching.actor)] == [True, False]


# messages ----------------------------------------------------------------------------------------------------------


def test_text_that_is_late_does_not_ring_at_night(db: None, settings: Any) -> None:
    """Promised at 20:00, the worker was down until 2:00 in the night: it rings at 8:00."""
    notify(
        recipient=Recipient(phone="13800000001"),
        key="k",
        subject="s",
        body="b",
        link="/",
        at=moment("2026-03-02", 20),
    )
    row = Message.objects.get()
    for hour, sent in ((2, False), (7, False), (8, True)):
        with time_machine.travel(moment("2026-03-03", hour), tick=False):
            deliver(message=row.pk)
        row.refresh_from_db()
        assert (row.sent_at is not None) is sent, hour


def test_text_that_somebody_waits_for_goes_at_once(db: None) -> None:
    notify(
        recipient=Recipient(phone="13800000001"), key="k", subject="s", body="b", link="/",
        at=moment("2026-03-02", 23), secret_text="查询码",
    )  # fmt: skip
    with time_machine.travel(moment("2026-03-02", 23), tick=False):
        deliver(message=Message.objects.get().pk)
    assert Message.objects.get().sent_at is not None


def test_messages_of_officials_ask_for_the_second_factor(
    clerk: Person, citizen: Person, settings: Any
) -> None:
    settings.PORTAL_STAFF_MFA = True
    answer = clerk.client().get(reverse("messages"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))
    assert citizen.client().get(reverse("messages")).status_code == 200


# holidays ----------------------------------------------------------------------------------------------------------


def notice(year: int, *runs: tuple[str, str, str], work: tuple[str, ...] = ()) -> YearNotice:
    """A year's notice from ISO days."""
    days = tuple((date.fromisoformat(first), date.fromisoformat(last), name) for first, last, name in runs)
    return YearNotice(year, "国办发明电", days, tuple((date.fromisoformat(day), "春节") for day in work))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (notice(2027, ("2027-02-05", "2027-02-11", "春节"), ("2027-02-11", "2027-02-12", "补休")), "同时列入春节和补休"),
        (notice(2027, ("2027-02-05", "2027-02-11", "春节"), work=("2027-02-17",)), "2027年2月17日不是周末"),
    ],
)  # fmt: skip
def test_notice_that_cannot_be_is_refused(db: None, wrong: YearNotice, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        check_notice(wrong)


def test_past_year_is_not_overwritten(office: Unit) -> None:
    admin = person("admin", office, Role.SYSTEM_ADMIN)
    late = notice(2020, ("2020-01-01", "2020-01-01", "元旦"))
    with pytest.raises(InvalidInput, match="往年的放假安排不能改动"):
        administration.enter_year(notice=late, issued_on=None, actor=admin.actor, at=moment("2026-12-01"))


def test_forgotten_line_makes_nobody_work_on_national_day(db: None) -> None:
    """A notice of 2027 with New Year only: the statutory days stay off, and the preview says what is missing."""
    short = notice(2027, ("2027-01-01", "2027-01-03", "元旦"))
    days = assemble([short])
    off = [date(2027, 10, 1), date(2027, 2, 5), date(2027, 5, 1), date(2027, 6, 9), date(2027, 9, 15)]
    assert [days.is_workday(day) for day in off] == [False] * 5
    assert administering.forgotten_feasts(short) == ("春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
    assert administering.forgotten_feasts(notice(2026, ("2026-01-01", "2026-01-03", "元旦"))) != ()


def test_recount_reads_the_notice_that_another_process_entered(office: Unit, clerk: Person) -> None:
    """Received on 15 December 2026, due on 13 January 2027; a worker with an older calendar must not keep that day."""
    case = handled(office, clerk, on="2026-12-15")
    calendar()
    assert case.due_on == date(2027, 1, 13)
    admin = person("admin", office, Role.SYSTEM_ADMIN)
    longer = notice(2027, ("2027-01-01", "2027-01-03", "元旦"), ("2027-01-04", "2027-01-08", "试验"))
    administration.enter_year(notice=longer, issued_on=None, actor=admin.actor, at=moment("2026-12-21"))
    recompute(notice=1)
    case.refresh_from_db()
    assert case.due_on == date(2027, 1, 20)
    forget()


# what the circular and the pages say -------------------------------------------------------------------------------


def test_circular_is_drawn_with_its_number_and_second_handlings(
    office: Unit, team: Team, watching: Person, monkeypatch: Any
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(
        "portal.supervision.views.statistics.render_pdf", lambda page: drawn.append(page) or b"%PDF"
    )
    case = notices.published(office, team)
    publishing.revise(case=case, reason="更正", actor=team["clerk"].actor, at=moment("2026-03-11"))
    with time_machine.travel(moment("2026-04-01"), tick=False):
        address = f"{reverse('supervision:circular')}?period=2026-03&format=pdf&number=玉政办通〔2026〕3号"
        assert watching.client().get(address).status_code == 200
    assert "玉政办通〔2026〕3号" in drawn[0]
    assert "再次办理1件，办结0件（按期0件），期末在办1件，其中逾期1件" in drawn[0]
    assert '<th scope="col">期末逾期</th>' in drawn[0] and "上期结转</th>" not in drawn[0]


def test_statistics_page_says_how_its_columns_add_up(office: Unit, team: Team, client: Any) -> None:
    notices.published(office, team)
    with time_machine.travel(moment("2026-04-01"), tick=False):
        page = client.get(reverse("statistics")).content.decode()
        found = client.get(f"{reverse('statistics')}?format=json").json()["rows"][0]
    assert "等于办结、再次办结、转出、期末在办之和" in page
    left = found["carried"] + found["received"] + found["again"] + found["moved_in"]
    assert left == found["closed"] + found["again_closed"] + found["moved_out"] + found["open"] == 1
