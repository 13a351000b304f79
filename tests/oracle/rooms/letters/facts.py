"""One letter by the rule book, section 5 (通行做法), section 8 and the founding text (办法第五、六条, 制度第十三条).

Days are working days. Screening 1, return 1, answer 5 or 10 and 15 at the most; a reminder 3 and 1 before, the day after, 5 after.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from tests.oracle.model.counting import Period, Still, due
from tests.oracle.model.days import announced
from tests.oracle.rooms.staff import (
    HOUSING,
    OFFICE,
    TRANSPORT,
    Offices,
)
from tests.oracle.rooms.terms import Told, day_of

DAYS = announced()
ANSWER_DAYS = {"simple": 5, "complex": 10}
MOST_DAYS, RETURN_DAYS, LONGEST_WAIT, MOST_WAITS, MOST_RETURNS, RATING_DAYS = 15, 1, 15, 2, 2, 365
UNITS = (OFFICE, HOUSING, TRANSPORT)
IN_HAND = ("handling", "drafted", "reviewing", "signing")
ENDED = ("declined", "handed_over", "answered", "withdrawn")
OPEN_AFTER_ACCEPTANCE = ("accepted", "assigned", "returned", *IN_HAND, "awaiting_supplement", "checking")


@dataclass
class Copy:
    """The public copy of a letter and its answer."""

    state: str
    hands: set[str]
    unit: str


@dataclass
class Facts:
    """Its steps (`may_…` and `do_…`) and what is to be seen of it."""

    now: datetime
    kind: str
    confidential: bool
    writer: str  # an account, "" for a guest
    state: str = "submitted"
    holder: str = OFFICE
    main: str = ""
    helpers: dict[str, str] = field(default_factory=dict)
    round: int = 1
    complexity: str = ""
    period: Period | None = None
    still: list[Still] = field(default_factory=list)
    waits: int = 0
    wait_until: date | None = None
    given_on: date | None = None
    returns: int = 0
    ruled: bool = False
    wish: tuple[str, int] | None = None
    prolonged: bool = False
    wrote: set[str] = field(default_factory=set)
    last_wrote: str = ""
    hands: set[str] = field(default_factory=set)
    answered_on: date | None = None
    marks: dict[int, int] = field(default_factory=dict)
    watched: str = ""
    copy: Copy | None = None
    reminded: set[tuple[date, str]] = field(default_factory=set)
    papers: list[str] = field(default_factory=list)
    told: Told = field(default_factory=Told)
    life: list[tuple[date, str, bool, bool]] = field(default_factory=list)
    judged: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.staff = Offices()
        self.told = Told(frozenset({"writer"}), self.staff.of_unit(OFFICE, self.day))
        self._live()

    @property
    def day(self) -> date:
        """Today in Yuxi."""
        return day_of(self.now)

    def due(self) -> date | None:
        """The last day for the answer."""
        return due(self.period, self.still, DAYS) if self.period else None
