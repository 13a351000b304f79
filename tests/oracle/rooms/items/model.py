"""What is to be seen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.oracle.rooms.items.effects import Effects
from tests.oracle.rooms.items.facts import AT_WORK, Version
from tests.oracle.rooms.staff import (
    HOUSING,
    PEOPLE,
)
from tests.oracle.rooms.terms import Anything, Pages, months


class Item(Effects):
    """The whole of it."""

    def seen(self) -> dict[str, Any]:
        """What is compared after each step."""
        shown = self.shown()
        return {
            "state": self.state,
            "act by": self._last_day() if self.state in AT_WORK else Anything(),
            "told": self.told,
            "public": self._public(shown),
            "staff page": self._opened_by(),
        }

    def _public(self, shown: Version | None) -> Pages:
        """Of each page the texts that stand on it, by number; nothing of what is not out now."""
        here = {shown.text} if shown else set()
        once = any(one.was_out(self.now) for one in self.versions)
        return Pages({
            "page": (200 if shown else 410 if once else 404, here),
            "list": here,
            "feed": here,
            "api": here,
            "search": here,
            "notices": here if shown and shown.column == "notices" else set(),
            "documents": here if shown and shown.column == "documents" else set(),
            "repealed": bool(shown) and self.validity == "repealed",
        })  # fmt: skip

    def _opened_by(self) -> Any:
        """The unit and supervisors; the office while it waits for it."""
        found = {who for who in PEOPLE if self.staff.serves(who, HOUSING, self.day)}
        if self.state == "higher":
            return Anything()
        return found | self.staff.supervisors(self.day)

    def finally_seen(self) -> dict[str, Any]:
        """received + carried = closed + open in every month; what was published late."""
        rows: dict[tuple[date, bool], tuple[int, int, int, int]] = {}
        for end in months(self.life[0][0], self.day):
            for again in (False, True):
                row = self._month(end, again)
                if any(row):
                    rows[end.replace(day=1), again] = row
        judged = [late for on, late in self.judged if on <= self.day]
        late = Anything() if self.unsaid_figures or self.unsaid_lines else (len(judged), sum(judged))
        return {"figures": Anything() if self.unsaid_lines else rows, "judged, late ones": late}

    def _open_at(self, day: date, again: bool) -> int:
        found = [(is_open, second) for on, is_open, second in self.life if on <= day]
        return int(bool(found) and found[-1] == (True, again))

    def _month(self, end: date, again: bool) -> tuple[int, int, int, int]:
        first = end.replace(day=1)
        carried, still = self._open_at(first - timedelta(days=1), again), self._open_at(end, again)
        begun = sum(
            1 for on, is_open, second in self.life if is_open and second == again and first <= on <= end
        )
        return begun, carried, begun + carried - still, still
