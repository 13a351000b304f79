"""The letter box in figures: what counts for whom in which month, with dates around 春节 2026 counted by hand."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from mailbox import actions
from mailbox.figures.counting import TITLES, Count
from mailbox.figures.months import Month, asked_month, listed_months
from mailbox.figures.report import Line, Report, letters_behind, report
from mailbox.figures.satisfaction import satisfaction
from mailbox.figures.workbook import workbook
from mailbox.models import Letter
from portal.core.errors import NotFound
from portal.documents.spreadsheet import safe
from portal.units.models import Unit
from tests.cast import Person, moment
from tests.factories.mailbox import (  # noqa: F401  fixtures
    Hands,
    accepted,
    answered,
    assigned,
    assisting_unit,
    dissatisfied,
    handled,
    invitation,
    signed,
    staffed,
    submitted,
)
from tests.factories.mailbox import (
    report as confidential_report,
)

FEBRUARY, MARCH = Month(2026, 2), Month(2026, 3)
LATER = date(2026, 6, 1)


def values(line: Line) -> dict[str, int]:
    """The figures of a line that are not 0."""
    return {cell.figure: cell.value for cell in line.cells if cell.value}


def of(unit: Unit | None, month: Month, today: date = LATER) -> dict[str, int]:
    """A unit's figures of a month."""
    return values(report(month, unit, today).total)


def test_months_are_read_and_shifted() -> None:
    today = date(2026, 3, 16)
    assert asked_month("", today) == FEBRUARY
    assert asked_month("2026-03", today) == MARCH
    assert (MARCH.shifted(-3), MARCH.shifted(10)) == (Month(2025, 12), Month(2027, 1))
    assert (MARCH.end, MARCH.code, MARCH.label) == (date(2026, 4, 1), "2026-03", "2026年3月")
    assert listed_months(Month(2020, 1), today)[0] == MARCH
    assert listed_months(Month(2020, 1), today)[-1] == Month(2020, 1)
    for wrong in ("2026-13", "2026-3", "2018-12", "2026-04", "x", "２０２６-03", "2026-03-01"):
        with pytest.raises(NotFound):
            asked_month(wrong, today)


def test_letter_counts_where_it_is_and_when(hands: Hands) -> None:
    answered(hands, at="2026-02-24", case=handled(hands, on="2026-02-10"))
    submitted(on="2026-03-02")
    assert of(None, FEBRUARY) == {"received": 1, "accepted": 1, "answered": 1, "in_time": 1}
    assert of(hands.unit, FEBRUARY) == {"received": 1, "accepted": 1, "answered": 1, "in_time": 1}
    assert of(hands.office, FEBRUARY) == {"received": 1, "accepted": 1}
    assert of(None, MARCH) == {"received": 1}
    assert of(hands.unit, MARCH) == {}


def test_late_answer_is_measured_against_the_date_in_force(hands: Hands) -> None:
    late = handled(hands, on="2026-02-10", simple=True)  # due 24 February
    longer = handled(hands, on="2026-02-10", simple=True)
    actions.request_extension(
        case=longer, days=5, reason="需要现场核实", actor=hands.clerk.actor, at=moment("2026-02-11")
    )
    actions.extend(case=longer, actor=hands.approver.actor, at=moment("2026-02-12"))
    for case in (late, longer):
        answered(hands, case=case, at="2026-02-26")
    total = report(FEBRUARY, hands.unit, LATER).total
    assert values(total) == {"received": 2, "accepted": 2, "answered": 2, "in_time": 1}
    # 11, 12, 13, 14 (worked), 24, 25, 26
    assert (total.count.days, total.count.average, total.count.middle) == ([7, 7], 7.0, 7.0)


def test_average_and_median_leave_out_waiting_for_the_writer(hands: Hands) -> None:
    quick = handled(hands, on="2026-03-02")
    slow = handled(hands, on="2026-03-02")
    actions.ask_supplement(
        case=slow,
        asked="请补充地点",
        answer_by=date(2026, 3, 13),
        actor=hands.clerk.actor,
        at=moment("2026-03-04"),
    )
    actions.supplement(
        case=slow, text="某路口", came_on=date(2026, 3, 10), actor=hands.clerk.actor, at=moment("2026-03-10")
    )
    answered(hands, case=quick, at="2026-03-03")
    answered(hands, case=slow, at="2026-03-13")
    count = report(MARCH, hands.unit, LATER).total.count
    # the quick one 1 day; the slow one 3, 11, 12, 13 March: the pause of 4–10 March is not counted
    assert sorted(count.days) == [1, 4]
    assert (count.average, count.middle) == (2.5, 2.5)


def test_declined_letters_count_by_reason(hands: Hands) -> None:
    for reason in ("in_court", "in_court", "advertisement"):
        actions.decline(
            case=submitted(on="2026-03-02"),
            reason=reason,
            note="已由法院受理。",
            actor=hands.office_clerk.actor,
            at=moment("2026-03-03"),
        )
    actions.hand_over(
        case=submitted(on="2026-03-02"), actor=hands.office_clerk.actor, at=moment("2026-03-03")
    )
    total = report(MARCH, None, LATER).total
    assert values(total) == {"received": 4, "declined": 4}
    assert {cell.figure: cell.value for cell in total.reasons} == {
        "declined_in_court": 2,
        "declined_disclosure": 1,
        "declined_advertisement": 1,
    }


def test_return_moves_a_letter_to_the_next_unit_once(hands: Hands, transport: Unit) -> None:
    case = assigned(hands, on="2026-03-02")
    actions.return_letter(case=case, reason="属于交通职责", actor=hands.clerk.actor, at=moment("2026-03-03"))
    actions.assign(case=case, unit=transport, actor=hands.office_clerk.actor, at=moment("2026-03-04"))
    assert of(hands.unit, MARCH) == {"received": 1}
    assert of(transport, MARCH) == {"received": 1, "overdue": 1}, "its answer was due on 16 March"
    assert of(hands.office, MARCH)["received"] == of(None, MARCH)["received"] == 1
    seen, value, kept = letters_behind(MARCH, hands.unit, "received", hands.clerk.actor, LATER)
    assert (list(seen), value, kept) == ([], 1, 1)


def test_rehandling_counts_again_and_in_its_own_month(hands: Hands) -> None:
    case = answered(hands, case=handled(hands, on="2026-02-10"), at="2026-02-24")
    dissatisfied(case, on="2026-02-26")
    answered(hands, case=case, at="2026-03-03")
    assert of(hands.unit, FEBRUARY) == {
        "received": 1,
        "accepted": 1,
        "answered": 1,
        "in_time": 1,
        "rehandled": 1,
    }
    count = report(MARCH, hands.unit, LATER).total.count
    assert of(hands.unit, MARCH) == {"answered": 1, "in_time": 1}
    assert count.days == [4], "27, 28 (worked) February, 2, 3 March"


def test_overdue_at_the_months_end_is_of_the_unit_that_has_it(hands: Hands) -> None:
    handled(hands, on="2026-02-10", simple=True)  # due 24 February
    on_the_last_day = handled(hands, on="2026-02-14", simple=True)  # due 28 February, a worked Saturday
    assert on_the_last_day.due_on == date(2026, 2, 28)
    signed(hands, case=handled(hands, on="2026-02-10", simple=True), at="2026-02-25")
    answered(hands, case=handled(hands, on="2026-02-10", simple=True), at="2026-02-26")
    assert of(hands.unit, FEBRUARY)["overdue"] == 2
    assert of(hands.office, FEBRUARY)["overdue"] == 1, "the office has had it for its check since 25 February"
    assert of(None, FEBRUARY)["overdue"] == 3


def test_past_month_counts_the_same_after_more_has_happened(hands: Hands) -> None:
    open_one = handled(hands, on="2026-02-10", simple=True)
    done = answered(hands, case=handled(hands, on="2026-02-10"), at="2026-02-24")
    before = [of(unit, FEBRUARY, date(2026, 3, 1)) for unit in (None, hands.unit, hands.office)]
    assert before[0]["overdue"] == 1
    dissatisfied(done, on="2026-03-02")
    answered(hands, case=open_one, at="2026-03-03")
    answered(hands, case=done, at="2026-03-05")
    handled(hands, on="2026-03-05")
    assert [of(unit, FEBRUARY) for unit in (None, hands.unit, hands.office)] == before


def test_running_month_counts_overdue_as_of_today(hands: Hands) -> None:
    handled(hands, on="2026-02-10", simple=True)  # due 24 February
    assert "overdue" not in of(hands.unit, FEBRUARY, date(2026, 2, 24))
    assert of(hands.unit, FEBRUARY, date(2026, 2, 25))["overdue"] == 1


def rate(case: Letter, mark: int, on: str = "2026-03-03") -> None:
    """The writer rates the answer."""
    actions.rate(invitation=invitation(case), solved=mark, attitude=5, at=moment(on))


def test_ratings_show_from_five_on_and_never_by_difference(hands: Hands, transport: Unit) -> None:
    cases = [answered(hands, case=handled(hands, on="2026-03-02"), at="2026-03-03") for _ in range(6)]
    for case in cases[:4]:
        rate(case, 4)
    assert satisfaction(MARCH, LATER) == {}
    rate(cases[4], 2)
    found = satisfaction(MARCH, LATER)
    assert set(found) == {0, hands.unit.pk}
    assert (found[0].count, found[0].solved, found[0].attitude, found[0].satisfied) == (5, 3.6, 5.0, 80)
    assert satisfaction(FEBRUARY, LATER) == {}
    assert satisfaction(MARCH, date(2026, 3, 31)) == {}, "not before the month is over"
    Letter.objects.filter(pk=cases[5].pk).update(main_unit=transport)
    rate(cases[5], 1)
    assert set(satisfaction(MARCH, LATER)) == {hands.unit.pk}, "the city's mean would give the sixth away"


def test_letters_behind_a_figure_are_those_counted(hands: Hands, supervisor: Person) -> None:
    own = answered(hands, case=handled(hands, on="2026-02-10"), at="2026-02-24")
    other = submitted(on="2026-02-10")
    seen, value, kept = letters_behind(FEBRUARY, None, "received", supervisor.actor, LATER)
    assert ([case.pk for case in seen], value, kept) == ([own.pk, other.pk], 2, 0)
    seen, value, kept = letters_behind(FEBRUARY, hands.unit, "answered", hands.clerk.actor, LATER)
    assert ([case.pk for case in seen], value, kept) == ([own.pk], 1, 0)
    with pytest.raises(NotFound):
        letters_behind(FEBRUARY, None, "explode", supervisor.actor, LATER)


def test_chart_shows_six_months_of_a_unit_and_units_of_the_city(hands: Hands) -> None:
    answered(hands, case=handled(hands, on="2026-02-10", simple=True), at="2026-02-26")
    answered(hands, case=handled(hands, on="2026-02-10"), at="2026-02-26")
    own = report(FEBRUARY, hands.unit, LATER).chart
    assert [(bar.label, bar.value, bar.part) for bar in own.bars][-2:] == [
        ("2026年1月", 0, 0),
        ("2026年2月", 2, 1),
    ]
    assert [(bar.length, bar.filled) for bar in own.bars][-2:] == [(0, 0), (160, 80)]
    city = report(FEBRUARY, None, LATER).chart
    assert [(bar.value, bar.part) for bar in city.bars] == [(2, 1)]


def _sheet(data: bytes, number: int) -> str:
    with ZipFile(BytesIO(data)) as archive:
        return (
            archive.read(f"xl/worksheets/sheet{number}.xml").decode()
            + archive.read("xl/sharedStrings.xml").decode()
        )


def test_workbook_holds_the_table_and_no_formula(hands: Hands) -> None:
    answered(hands, case=handled(hands, on="2026-02-10"), at="2026-02-24")
    Unit.objects.filter(pk=hands.unit.pk).update(short_name="=HYPERLINK(1)")
    found = report(FEBRUARY, None, LATER)
    text = _sheet(workbook(found), 1)
    assert "<f>" not in text
    assert "'=HYPERLINK(1)" in text.replace("&apos;", "'")
    assert "2026年2月书记市长信箱办理统计" in text
    assert [safe(each) for each in ("=1", "+1", "@x", "市住建局")] == ["'=1", "'+1", "'@x", "市住建局"]


def test_empty_month_is_all_noughts(hands: Hands) -> None:
    found: Report = report(FEBRUARY, None, LATER)
    assert [cell.value for cell in found.total.cells] == [0] * len(TITLES)
    assert (found.units, found.chart.bars, found.total.ratings) == ((), (), None)
    assert (Count().average, Count().middle) == (None, None)
    assert workbook(found)


def test_confidential_report_is_counted_under_its_masked_title(hands: Hands, supervisor: Person) -> None:
    handled(hands, case=confidential_report())
    seen, value, _ = letters_behind(FEBRUARY, hands.unit, "received", supervisor.actor, LATER)
    assert ([case.title for case in seen], value) == (["举报来信（内容保密）"], 1)
