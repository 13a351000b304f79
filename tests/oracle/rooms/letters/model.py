"""What is to be seen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.oracle.rooms.letters.effects import Effects
from tests.oracle.rooms.letters.facts import ENDED
from tests.oracle.rooms.staff import (
    CLERK,
    HEAD,
    OFFICE,
    PEOPLE,
    REVIEWER,
)
from tests.oracle.rooms.terms import Anything, months


class Letter(Effects):
    """The whole of it."""

    def _live(self) -> None:
        self.life.append((self.day, self.holder, self.state not in ENDED, self.round > 1))

    def seen(self) -> dict[str, Any]:
        """What is compared after each step."""
        return {
            "state": self.state,
            "holder": self.holder,
            "due": Anything() if self.wait_until or self.state in ENDED else self.due(),
            "told": self.told,
            "papers": Anything() if self.papers == ["anything"] else sorted(self.papers),
            "public": self._public(),
            "staff page": self._opened_by(),
            "knows who wrote": self._known_to(),
        }

    def _public(self) -> Any:
        if self.copy is None or self.copy.state in ("proposed", "cleared", "rejected"):
            return "nowhere"
        return "listed" if self.copy.state == "published" else "gone"

    def _opened_by(self) -> set[str]:
        """The letter office, supervisors, the units that have to do with it; not who wrote it (回避)."""
        units = {OFFICE, self.holder, self.main, *self.helpers} - {""}
        found = {person for unit in units for person in PEOPLE if self.staff.serves(person, unit, self.day)}
        return (found | self.staff.supervisors(self.day)) - {self.writer}

    def _known_to(self) -> Any:
        """A confidential reporter to nobody who is not named; else who handles it, not helpers, not supervisors."""
        if self.kind == "report" and self.confidential:
            return set()
        units = {OFFICE, self.holder, self.main} - {""}
        roles = (CLERK, REVIEWER, HEAD)
        return {one.person for one in self.staff.appointments
                if one.unit in units and one.role in roles and one.holds(self.day)} - {self.writer}  # fmt: skip

    def finally_seen(self) -> dict[str, Any]:
        """The figures of every month: received + carried = closed + open, first and second handling apart."""
        rows: dict[tuple[date, bool], tuple[int, int, int, int]] = {}
        began = self.life[0][0]
        for end in months(began, self.day):
            for again in (False, True):
                row = self._month(end, again)
                if any(row):
                    rows[end.replace(day=1), again] = row
        return {"figures": rows, "judged, late ones": (len(self.judged), sum(self.judged))}

    def _at(self, day: date) -> tuple[bool, bool] | None:
        found = [(is_open, again) for on, _, is_open, again in self.life if on <= day]
        return found[-1] if found else None

    def _month(self, end: date, again: bool) -> tuple[int, int, int, int]:
        first = end.replace(day=1)
        carried = int(self._at(first - timedelta(days=1)) == (True, again))
        still = int(self._at(end) == (True, again))
        turns = [(on, is_open) for on, _, is_open, second in self.life if second == again]
        began = turns[0][0] if turns else None
        received = int(began is not None and first <= began <= end)
        return received, carried, received + carried - still, still
