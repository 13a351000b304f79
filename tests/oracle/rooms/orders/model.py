"""One order by 办法第二十四条 and 制度第十六条: nobody decides about the own unit, and what a unit ignores is overdue.

The days for the report are the house's: one, five, ten working days.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tests.oracle.model.days import announced
from tests.oracle.rooms.staff import CLERK, HEAD, HOUSING, PEOPLE, Offices
from tests.oracle.rooms.terms import Anything, Step, Told, day_of, first_of, unless

DAYS = announced()
REPORT_DAYS = {"remind": 1, "supervise": 5, "correct": 10}


@dataclass
class Order:
    """Its steps and what is to be seen of it."""

    now: datetime
    sort: str
    issuer: str
    state: str = "issued"
    counts_from: date = date.min
    told: Told = field(default_factory=Told)

    def __post_init__(self) -> None:
        self.staff = Offices()
        self.counts_from = self.day
        self._tell_unit()

    @property
    def day(self) -> date:
        """Today in Yuxi."""
        return day_of(self.now)

    def due(self) -> date:
        """The last day for the report."""
        return DAYS.after(self.counts_from, REPORT_DAYS[self.sort])

    def judge(self, step: Step) -> str:
        """Whether that person may take the step now."""
        found: str = getattr(self, f"may_{step.verb}")(step.who, **step.facts)
        return found

    def take(self, step: Step) -> None:
        """The step is taken."""
        self.told = Told()
        does: Callable[..., None] = getattr(self, f"do_{step.verb}")
        does(step.who, **step.facts)

    def _tell_unit(self) -> None:
        """The unit's clerks and head know whatever becomes of it."""
        must = self.staff.holders(HOUSING, CLERK, self.day) | self.staff.holders(HOUSING, HEAD, self.day)
        self.told = Told(must, self.staff.of_unit(HOUSING, self.day) | self.staff.supervisors(self.day))

    def _supervisor(self, who: str) -> str:
        """A supervisor who does not work in that unit."""
        return first_of(unless(self.staff.supervises(who, self.day), "supervisors only"),
                        unless(not self.staff.serves(who, HOUSING, self.day), "not about the own unit"))  # fmt: skip

    def _in(self, state: str) -> str:
        return unless(self.state == state, f"not in {self.state}")

    def may_appointment(self, who: str, **facts: Any) -> str:
        return ""

    def do_appointment(self, who: str, person: str, unit: str, role: str, runs: bool) -> None:
        self.staff.end(person, unit, role, None if runs else self.day - timedelta(days=1))
        self.told = Told(may=frozenset(PEOPLE))

    def may_report_back(self, who: str) -> str:
        holds = any(self.staff.has(who, HOUSING, role, self.day) for role in (CLERK, HEAD))
        return first_of(unless(holds, "the unit's clerks and head only"), self._in("issued"))

    def do_report_back(self, who: str) -> None:
        self.state = "reported"
        supervisors = self.staff.supervisors(self.day)
        self.told = Told(supervisors, supervisors | self.staff.of_unit(HOUSING, self.day))

    def may_close_order(self, who: str) -> str:
        return first_of(self._supervisor(who), self._in("reported"))

    def do_close_order(self, who: str) -> None:
        self.state = "closed"
        self._tell_unit()

    def may_return_order(self, who: str) -> str:
        return first_of(self._supervisor(who), self._in("reported"))

    def do_return_order(self, who: str) -> None:
        self.state, self.counts_from = "issued", self.day
        self._tell_unit()

    def may_recall_order(self, who: str) -> str:
        return first_of(self._supervisor(who), self._in("issued"))

    def do_recall_order(self, who: str) -> None:
        self.state = "recalled"
        self._tell_unit()

    def seen(self) -> dict[str, Any]:
        """What is compared after each step: what waits for the supervisor is not the unit's delay."""
        return {
            "state": self.state,
            "due": self.due() if self.state == "issued" else Anything(),
            "overdue on the board": int(self.state == "issued" and self.day > self.due()),
            "told": self.told,
            "staff page": {who for who in PEOPLE if self.staff.serves(who, HOUSING, self.day)}
            | self.staff.supervisors(self.day),
        }

    def finally_seen(self) -> dict[str, Any]:
        """Nothing more."""
        return {"": Anything()}
