"""The lines of months: one unit and kind in one month, first and second handlings apart; and their sums.

Every line adds up: carried + received + moved_in = closed + moved_out + open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

FLOWS = ("received", "closed", "in_time", "workdays", "judged", "moved_in", "moved_out")
STOCKS = ("open", "overdue")


@dataclass(frozen=True)
class Line:
    """One unit and kind in one month, held by who held it at the month's end.

    `again` lines are second handlings: demanded by the writer, reopened, revised. `judged` of the closed ones were answered
    (or ended late): of these `in_time` were. `workdays` is the sum over the closed ones. None for what a month that was
    frozen before 2026-12 does not tell.
    """

    unit_id: int
    kind: str
    received: int = 0
    closed: int = 0
    in_time: int = 0
    workdays: int = 0
    open: int = 0
    overdue: int = 0
    again: bool = False
    carried: int = 0
    moved_in: int = 0
    moved_out: int = 0
    judged: int | None = None

    @property
    def counted_in(self) -> bool:
        """True if the unit had such a case in hand in the month, beyond passing it on."""
        return any((self.received, self.closed, self.open, self.moved_in))


@dataclass(frozen=True)
class Total:
    """Lines taken together; open and overdue are those of the last month, both handlings, carried that of the first.

    The other figures are those of first handlings; `again…` those of second ones.
    """

    received: int
    closed: int
    in_time: int
    workdays: int
    open: int
    overdue: int
    judged: int = 0
    carried: int = 0
    moved_in: int = 0
    moved_out: int = 0
    again: int = 0
    again_closed: int = 0
    again_in_time: int = 0
    again_judged: int = 0
    again_open: int = 0
    again_overdue: int = 0

    @property
    def late(self) -> int:
        """Closed after the due date."""
        return self.judged - self.in_time

    @property
    def rate(self) -> float | None:
        """Share closed in time of what was answered, in per cent; None if nothing was."""
        return round(self.in_time * 100 / self.judged, 1) if self.judged else None

    @property
    def average(self) -> float | None:
        """Working days from the start to the end of those closed; None if nothing was closed."""
        return round(self.workdays / self.closed, 1) if self.closed else None


NAMES_AGAIN = {
    "received": "again",
    "closed": "again_closed",
    "in_time": "again_in_time",
    "judged": "again_judged",
}


def totals(months: Iterable[Sequence[Line]], by: str) -> dict[Any, Total]:
    """Months of lines (in order) taken together by "unit_id", "kind" or "" (one total under "")."""
    sums: dict[Any, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for number, lines in enumerate(months):
        for found in sums.values():
            for name in STOCKS:
                found[name] = found[f"again_{name}"] = 0
        for line in lines:
            _add(sums[getattr(line, by) if by else ""], line, first=number == 0)
    return {
        key: Total(**{name: found[name] for name in Total.__dataclass_fields__})
        for key, found in sums.items()
    }


def _add(found: dict[str, int], line: Line, *, first: bool) -> None:
    judged = line.closed if line.judged is None else line.judged
    for name in STOCKS:
        found[name] += getattr(line, name)
        if line.again:
            found[f"again_{name}"] += getattr(line, name)
    found["carried"] += line.carried if first else 0
    for name in FLOWS:
        value = judged if name == "judged" else getattr(line, name)
        if not line.again or name.startswith("moved"):
            found[name] += value
        elif name in NAMES_AGAIN:
            found[NAMES_AGAIN[name]] += value
