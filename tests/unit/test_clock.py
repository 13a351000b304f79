"""The clock as a fold: tables worked out by hand, and laws that hold for every case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.clock import ClockFact, FactKind, fold, waiting
from portal.core.workdays import WorkdayCalendar
from portal.holidays.calendars import assemble, shipped_calendar
from portal.holidays.data.notices import shipped_notices

CALENDAR = shipped_calendar()
DAY = timedelta(days=1)


def d(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def start(on: str, days: int = 20) -> ClockFact:
    return ClockFact(FactKind.START, d(on), days)


def pause(first: str, last: str | None = None, key: str = "a", until: str | None = None) -> list[ClockFact]:
    facts = [ClockFact(FactKind.PAUSE, d(first), until=d(until) if until else None, key=key)]
    return facts + ([ClockFact(FactKind.RESUME, d(last), key=key)] if last else [])


@pytest.mark.parametrize(
    ("facts", "due", "why"),
    [
        ([start("02-10")], "03-16", "rules.md: 2026-02-10 + 20"),
        ([start("02-13", 3)], "02-25", "rules.md: 14 Feb is worked, 15–23 Feb is 春节"),
        ([start("09-30")], "11-03", "国庆 1–7 Oct, 10 Oct worked"),
        ([start("02-10"), *pause("03-02", "03-06")], "03-23", "five working days not counted"),
        ([start("02-10"), *pause("02-14", "02-23")], "03-17", "only 14 Feb was a working day"),
        ([start("02-10"), *pause("03-07", "03-08")], "03-16", "a weekend takes nothing away"),
        ([start("02-10"), *pause("03-02", "03-06"), *pause("03-04", "03-10", "b")], "03-25", "overlap counted once"),
        ([start("02-10"), *pause("03-02", "03-04"), *pause("03-05", "03-06", "b")], "03-23", "two that touch"),
        ([start("02-10"), ClockFact(FactKind.EXTEND, d("03-12"), 20)], "04-14", "20 + 20"),
        ([start("02-10"), ClockFact(FactKind.SUSPEND, d("02-12")), ClockFact(FactKind.RESTART, d("03-02"))],
         "03-30", "the correction came on 2 March: the clock begins anew"),
        ([start("02-10"), *pause("03-02", until="03-20")], "04-07", "waiting at most until 20 March; 清明 4–6 April"),
    ],
)  # fmt: skip
def test_fold_gives_due_date_worked_out_by_hand(facts: list[ClockFact], due: str, why: str) -> None:
    assert fold(facts, CALENDAR).due_on == d(due), why


def test_fold_without_known_end_of_pause_has_no_due_date() -> None:
    state = fold([start("02-10"), *pause("03-02")], CALENDAR, as_of=d("03-10"))
    assert (state.due_on, state.paused_since, state.is_running) == (None, d("03-02"), False)
    assert state.elapsed == CALENDAR.between(d("02-10"), d("03-01"))


def test_fold_suspended_has_no_due_date() -> None:
    state = fold([start("02-10"), ClockFact(FactKind.SUSPEND, d("02-12"))], CALENDAR)
    assert (state.due_on, state.suspended_since) == (None, d("02-12"))


def test_overdue_is_measured_on_the_day_it_stopped() -> None:
    facts = [start("02-10"), ClockFact(FactKind.STOP, d("03-16"))]
    assert not fold(facts, CALENDAR).overdue(d("12-01"))
    late = [start("02-10"), ClockFact(FactKind.STOP, d("03-17"))]
    assert fold(late, CALENDAR).overdue(d("12-01"))


@pytest.mark.parametrize(
    "facts",
    [
        [ClockFact(FactKind.EXTEND, d("02-10"), 5)],
        [start("02-10"), start("02-11")],
        [start("02-10"), ClockFact(FactKind.RESUME, d("02-12"), key="a")],
        [start("02-10"), *pause("03-02"), *pause("03-03")],
    ],
)
def test_fold_refuses_impossible_order(facts: list[ClockFact]) -> None:
    with pytest.raises(ValueError, match=r"时钟|计时"):
        fold(facts, CALENDAR)


days = st.dates(date(2024, 1, 1), date(2026, 6, 30))
spans = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 30)), max_size=4)


def by_brute_force(
    begin: date, limit: int, pauses: list[tuple[date, date]], calendar: WorkdayCalendar
) -> date:
    """Day by day."""
    day, counted = begin, 0
    while counted < limit:
        day += DAY
        if calendar.is_workday(day) and not any(first <= day <= last for first, last in pauses):
            counted += 1
    return day


def facts_of(begin: date, limit: int, pauses: list[tuple[date, date]]) -> list[ClockFact]:
    facts = [ClockFact(FactKind.START, begin, limit)]
    for index, (first, last) in enumerate(pauses):
        facts.append(ClockFact(FactKind.PAUSE, first, key=str(index)))
        facts.append(ClockFact(FactKind.RESUME, last, key=str(index)))
    return facts


@settings(max_examples=300, deadline=None)
@given(begin=days, limit=st.integers(1, 40), shape=spans)
def test_fold_equals_counting_day_by_day(begin: date, limit: int, shape: list[tuple[int, int]]) -> None:
    pauses = [(begin + DAY * gap, begin + DAY * (gap + length)) for gap, length in shape]
    assert fold(facts_of(begin, limit, pauses), CALENDAR).due_on == by_brute_force(
        begin, limit, pauses, CALENDAR
    )


@settings(max_examples=200, deadline=None)
@given(
    begin=days, limit=st.integers(1, 40), shape=spans, more=st.tuples(st.integers(1, 60), st.integers(0, 30))
)
def test_one_more_pause_never_makes_it_earlier(
    begin: date, limit: int, shape: list[tuple[int, int]], more: tuple[int, int]
) -> None:
    pauses = [(begin + DAY * gap, begin + DAY * (gap + length)) for gap, length in shape]
    extra = (begin + DAY * more[0], begin + DAY * (more[0] + more[1]))
    before = fold(facts_of(begin, limit, pauses), CALENDAR).due_on
    after = fold(facts_of(begin, limit, [*pauses, extra]), CALENDAR).due_on
    assert before is not None
    assert after is not None
    assert after >= before


@settings(max_examples=100, deadline=None)
@given(begin=days, limit=st.integers(1, 40), shape=spans)
def test_order_of_pauses_does_not_matter(begin: date, limit: int, shape: list[tuple[int, int]]) -> None:
    pauses = [(begin + DAY * gap, begin + DAY * (gap + length)) for gap, length in shape]
    assert (
        fold(facts_of(begin, limit, pauses), CALENDAR).due_on
        == fold(facts_of(begin, limit, pauses[::-1]), CALENDAR).due_on
    )


def test_period_in_calendar_days_ends_on_its_day_whatever_the_holidays() -> None:
    begin = ClockFact(FactKind.START, d("02-10"), until=d("03-12"))
    state = fold([begin], CALENDAR, as_of=d("02-11"))
    assert state.due_on == d("03-12")
    assert not state.provisional
    assert state.remaining == CALENDAR.between(d("02-11"), d("03-12"))
    assert not state.overdue(d("03-12"))
    assert state.overdue(d("03-13"))
    late = fold([begin], CALENDAR, as_of=d("03-14"))
    assert late.remaining is not None
    assert late.remaining < 0


def test_period_in_calendar_days_knows_no_pause_and_no_extension() -> None:
    begin = ClockFact(FactKind.START, d("02-10"), until=d("03-12"))
    with pytest.raises(ValueError, match="自然日"):
        fold([begin, *pause("02-11")], CALENDAR)
    stopped = fold([begin, ClockFact(FactKind.STOP, d("03-02"))], CALENDAR)
    assert stopped.stopped_on == d("03-02")
    assert not stopped.overdue(d("04-01"))


NOTICE = shipped_notices()[2026].notice
SHIFTED = assemble(
    [replace(NOTICE, days_off=(*NOTICE.days_off, (date(2026, 12, 2), date(2026, 12, 3), "试验")))]
)


def waits(*more: ClockFact) -> list[ClockFact]:
    """Received 2026-11-10, 20 working days; a wait of 15 begins on 11-17 (条例第三十四条)."""
    term = CALENDAR.term(date(2026, 11, 17), 15)
    pause = waiting(date(2026, 11, 17), term, key="a", reason="征求意见", basis="")
    return [ClockFact(FactKind.START, date(2026, 11, 10), 20), pause, *more]


# answered on (None: not yet), the wait's last day and the due date by either calendar
ENDS = [
    (None, "2026-12-08", "2026-12-30", "2026-12-10", "2027-01-04"),
    ("2026-12-04", "2026-12-04", "2026-12-28", "2026-12-04", "2026-12-28"),
    (
        "2026-12-09",
        "2026-12-08",
        "2026-12-30",
        "2026-12-09",
        "2026-12-31",
    ),  # late by the first calendar alone
    ("2026-12-15", "2026-12-08", "2026-12-30", "2026-12-10", "2027-01-04"),
]


@pytest.mark.parametrize(("answered", "last", "due", "moved_last", "moved_due"), ENDS)
def test_end_of_a_wait_moves_with_the_calendar(
    answered: str | None, last: str, due: str, moved_last: str, moved_due: str
) -> None:
    facts = waits()
    if answered is not None:
        on = date.fromisoformat(answered)
        facts.append(ClockFact(FactKind.RESUME, on, until=date(2026, 12, 8), key="a"))
    for calendar, ends, falls_due in ((CALENDAR, last, due), (SHIFTED, moved_last, moved_due)):
        state = fold(facts, calendar)
        (pause,) = state.pauses
        assert (pause.last or pause.until) == date.fromisoformat(ends)
        assert state.due_on == date.fromisoformat(falls_due)


def test_wait_whose_end_was_picked_by_hand_stays() -> None:
    term = CALENDAR.term_until(date(2026, 11, 17), date(2026, 12, 7), 15)
    assert term.days == 0
    pause = waiting(date(2026, 11, 17), term, key="a", reason="", basis="")
    for calendar in (CALENDAR, SHIFTED):
        state = fold([ClockFact(FactKind.START, date(2026, 11, 10), 20), pause], calendar)
        assert state.pauses[0].until == date(2026, 12, 7)
