"""One item by 办法 arts. 3, 5, 6, 9, 10 and 制度 arts. 10, 13 (rule book, section 7).

Every text has a number of its own, by which it is found again on the pages. Three working days after the making or the change
(the city's), twenty by the law (条例 art. 26); both run until everyone may read it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from tests.oracle.model.days import announced
from tests.oracle.rooms.staff import (
    HOUSING,
    Offices,
)
from tests.oracle.rooms.terms import Told, day_of

DAYS = announced()
OWN_DAYS, LAW_DAYS, AFTERWARDS_DAYS = 3, 20, 3
LED = ("general", "major", "business", "event", "emergency")
HIGHER = ("major", "event")
IN_REVIEW = ("reviewing", "clearing", "leading", "higher")
AT_WORK = ("drafting", *IN_REVIEW, "approved")
OVER = ("withdrawn", "dropped", "discarded")


@dataclass
class Version:
    """A text that was published, from that moment on; `gone` once it was taken down or stopped."""

    text: int
    column: str
    out: datetime
    gone: datetime | None = None

    def was_out(self, now: datetime) -> bool:
        """True if anybody could ever read it."""
        return self.out <= now and (self.gone is None or self.out < self.gone)


@dataclass
class Facts:
    """Its steps and what is to be seen of it."""

    now: datetime
    route: str
    made_on: date
    writer: str
    state: str = "drafting"
    text: int = 1
    texts: int = 1
    column: str = "notices"
    wrote: set[str] = field(default_factory=set)
    earlier: set[str] = field(default_factory=set)
    hands: set[str] = field(default_factory=set)
    submitter: str = ""
    versions: list[Version] = field(default_factory=list)
    again: bool = False
    counts_from: date | None = None
    after: set[str] = field(default_factory=set)
    after_hands: set[str] = field(default_factory=set)
    validity: str = "in_force"
    told: Told = field(default_factory=Told)
    life: list[tuple[date, bool, bool]] = field(default_factory=list)
    judged: list[tuple[date, bool]] = field(default_factory=list)
    unsaid_figures: bool = False
    unsaid_lines: bool = False

    def __post_init__(self) -> None:
        self.staff = Offices()
        self.wrote.add(self.writer)
        self.told = Told(may=self.staff.of_unit(HOUSING, self.day))
        self.life.append((self.day, True, False))

    @property
    def day(self) -> date:
        """Today in Yuxi."""
        return day_of(self.now)

    @property
    def ever_out(self) -> bool:
        """True if anybody could ever read any version of it."""
        return any(one.was_out(self.now) for one in self.versions)

    def shown(self) -> Version | None:
        """What everyone reads now: the newest whose time has come."""
        out = [one for one in self.versions if one.gone is None and one.out <= self.now]
        return out[-1] if out else None

    def waiting(self) -> list[Version]:
        """What will come out by itself."""
        return [one for one in self.versions if one.gone is None and one.out > self.now]
