"""Logs written at random, three years and sixty units of them: the figures of every month are counted twice and compared.

PORTAL_FIGURES_CASES=10000 makes it a long one.
"""

from __future__ import annotations

import os
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from portal.cases.choices import Phase
from portal.cases.models import Case, CaseEvent, ClockEntry
from portal.holidays.calendars import calendar
from portal.supervision.figures.again import count_again, differences
from portal.supervision.figures.months import compute_all, months_between
from portal.units.models import Unit
from tests.cast import SHANGHAI

COUNT = int(os.environ.get("PORTAL_FIGURES_CASES", "300"))
MONTHS = months_between(date(2024, 1, 1), date(2026, 12, 1))
LATER = date(2026, 12, 31)
# kind: first state, state in hand, states of an end, whether the clock starts with the first step
KINDS: dict[str, tuple[str, str, tuple[str, ...], bool]] = {
    "error_report": ("reported", "reported", ("fixed", "unfounded"), True),
    "letter": ("submitted", "handling", ("answered", "declined", "withdrawn"), False),
    "disclosure": ("submitted", "handling", ("answered", "withdrawn", "abandoned"), False),
    "article": ("drafting", "drafting", ("published",), True),
    "consultation": ("announced", "closed", ("fed_back",), False),
}
MOMENTS = (time(0, 0), time(0, 1), time(9, 30), time(23, 59, 59))


class Teller:
    """Writes the log of one case after another, as rows."""

    def __init__(self, units: list[int], seed: int) -> None:
        self.units, self.dice = units, Random(seed)
        self.events: list[CaseEvent] = []
        self.entries: list[tuple[int, ClockEntry]] = []
        self.closed: dict[int, date | None] = {}

    def tell(self, case: Any) -> None:
        """One life: begun, in hand, passed on, waited for, ended, taken up again."""
        dice, (first, hand, ends, at_once) = self.dice, KINDS[case.kind]
        self.at, self.unit, self.state, self.seq, self.case = case.created_at, case.unit_id, "", 0, case
        self.closed[case.pk] = None
        self.write("begin", first, *([("start", 0, 20)] if at_once else []))
        if not at_once and dice.random() < 0.15:
            self.write("end", ends[-1])
            self.closed[case.pk] = self.at.astimezone(SHANGHAI).date()
            return
        if not at_once:
            self.write("register", hand, ("start", -dice.randrange(3), 20))
        for _ in range(dice.randrange(3)):
            if dice.random() < 0.5:
                self.unit = dice.choice(self.units)
            self.write("work", hand, *([("extend", 0, 5)] if dice.random() < 0.2 else []))
        for _ in range(3):
            if dice.random() < 0.15:
                return
            shift = dice.randrange(6) if case.kind == "article" else -dice.randrange(2)
            self.write("end", dice.choice(ends), ("stop", shift, 0))
            self.closed[case.pk] = self.at.astimezone(SHANGHAI).date()
            if dice.random() < 0.7:
                return
            anew = "restart" if case.kind != "disclosure" else dice.choice(("restart", "reopen"))
            self.write("again", hand, *([(anew, 0, 10)] if case.kind != "article" else []))
            self.closed[case.pk] = None

    def write(self, kind: str, state: str, *clock: tuple[str, int, int]) -> None:
        """One event with its entries, some days later and at an odd moment of the day."""
        if self.seq:
            day = self.at.astimezone(SHANGHAI).date() + timedelta(days=self.dice.choice((0, 0, 1, 3, 9, 25)))
            self.at = max(self.at, datetime.combine(day, self.dice.choice(MOMENTS), SHANGHAI))
        self.seq += 1
        mark = f"{self.case.pk:08d}{self.seq:04d}".rjust(64, "0")
        event = CaseEvent(
            case=self.case, seq=self.seq, kind=kind, actor_kind="system", actor_label="系统", unit_id=self.unit,
            at=self.at, from_state=self.state, to_state=state, facts={}, prev=f"p{mark[1:]}", digest=f"d{mark[1:]}",
        )  # fmt: skip
        today = self.at.astimezone(SHANGHAI).date()
        for name, shift, days in clock:
            entry = ClockEntry(case=self.case, kind=name, on=today + timedelta(days=shift), days=days)
            self.entries.append((len(self.events), entry))
        self.events.append(event)
        self.state = state


def random_logs(count: int, seed: int = 17) -> None:
    """Write that many cases with their logs, and what the docket keeps of them."""
    units = list(Unit.objects.order_by("pk").values_list("pk", flat=True)[:60])
    dice = Random(seed)
    cases = [
        Case(
            kind=(kind := dice.choice(list(KINDS))), title="甲", unit_id=dice.choice(units),
            state=KINDS[kind][0], phase=Phase.IN_PROGRESS,
            created_at=datetime.combine(
                date(2024, 1, 1) + timedelta(days=dice.randrange(1080)), dice.choice(MOMENTS), SHANGHAI
            ),
        )
        for _ in range(count)
    ]  # fmt: skip
    teller = Teller(units, seed)
    for number, case in enumerate(cases, 1_000_000):
        case.pk = number
        teller.tell(case)
        case.closed_on = teller.closed[case.pk]
        case.phase = Phase.CLOSED if case.closed_on else Phase.IN_PROGRESS
    Case.objects.bulk_create(cases, batch_size=500)
    CaseEvent.objects.bulk_create(teller.events, batch_size=500)
    for place, entry in teller.entries:
        entry.event = teller.events[place]
    ClockEntry.objects.bulk_create([entry for _, entry in teller.entries], batch_size=500)


def test_random_logs_add_up_month_by_unit_by_kind(
    organisation: None, django_assert_max_num_queries: Any
) -> None:
    random_logs(COUNT)
    calendar()
    with django_assert_max_num_queries(2):
        found = compute_all(MONTHS, calendar(), LATER)
    assert differences(MONTHS, calendar(), LATER) == []
    sums = count_again(MONTHS, LATER)
    flows = {name: sum(row[name] for row in sums.values()) for name in ("received", "closed", "moved_in")}
    assert flows["received"] > COUNT * 0.9 and flows["moved_in"] > COUNT / 20
    assert any(line.again for lines in found.values() for line in lines)
    assert len({(month, line.unit_id, line.kind) for month, lines in found.items() for line in lines}) > min(
        COUNT, 5000
    )
