"""The stage: units with their people and their habits, citizens, and the calendar."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random

from portal.core.actors import Actor
from portal.core.moments import CITY_ZONE
from portal.core.workdays import WorkdayCalendar
from portal.units.access import actor_for
from portal.units.actions import appoint
from portal.units.choices import Role
from portal.units.models import Account, Unit
from portal.units.queries import receiving_units

SINCE = date(2019, 5, 15)
OFFICE = "city-office"
DESK = (
    ("clerk", Role.CLERK),
    ("drafter", Role.CLERK),
    ("reviewer", Role.REVIEWER),
    ("secrecy", Role.SECRECY_REVIEWER),
    ("approver", Role.APPROVER),
    ("publisher", Role.PUBLISHER),
)
BUSY = {
    OFFICE: 9,
    "housing": 8,
    "natural-resources": 7,
    "human-resources": 7,
    "public-security": 6,
    "education": 5,
    "urban-management": 5,
    "health": 4,
    "transport": 4,
    "ecology": 4,
    "market-regulation": 4,
    "agriculture": 3,
    "water": 3,
    "civil-affairs": 3,
    "finance": 2,
}
CITIZENS = 240
KEY = "city-"
SUPERVISOR = "supervisor.city@city.invalid"


@dataclass(frozen=True)
class Habits:
    """How a unit works: share answered late, usual working days to a reply, how people rate it (mean of 1 to 5)."""

    late: float
    pace: int
    liked: float


@dataclass
class City:
    """Everything that a story needs; `rng` is drawn from in the order of time, so that a seed tells the same city."""

    rng: Random
    days: WorkdayCalendar
    until: datetime
    units: list[Unit]
    people: dict[int, dict[str, Actor]]
    officers: dict[int, Account]
    habits: dict[int, Habits]
    citizens: list[Actor]
    office: Unit
    supervisor: Actor
    now: datetime
    key: int = 0
    run: str = field(default_factory=lambda: secrets.token_hex(4))
    told: dict[str, int] = field(default_factory=dict)

    def moment(self, day: date, first: int = 9, last: int = 17) -> datetime:
        """A moment of office hours (or any others) of that day."""
        return datetime.combine(
            day, time(self.rng.randint(first, last - 1), self.rng.randrange(60)), CITY_ZONE
        )

    def work(self, day: date, count: int) -> datetime:
        """A moment of the working day so many working days later."""
        return self.moment(self.days.add(day, max(1, count)))

    def next_key(self) -> str:
        """A key that no submission had."""
        self.key += 1
        return f"{KEY}{self.run}-{self.key:012d}"

    def unit(self) -> Unit:
        """A unit, the busy ones more often."""
        return self.rng.choices(self.units, [BUSY.get(unit.code, 1) for unit in self.units])[0]

    def cast(self, unit: Unit) -> dict[str, Actor]:
        """A unit's people."""
        return self.people[unit.pk]

    def phone(self) -> str:
        """A fixed line, so that no text could ever go out."""
        return f"0877-{self.rng.randint(2000000, 2999999)}"

    def mark(self, unit: Unit) -> int:
        """What somebody gives the unit's answer, 1 to 5."""
        return min(5, max(1, round(self.rng.gauss(self.habits[unit.pk].liked, 1.1))))


def build(rng: Random, days: WorkdayCalendar, until: datetime) -> City:
    """The units' people (once), the citizens, the habits."""
    units = list(receiving_units())
    office = Unit.objects.get(code=OFFICE)
    today = until.date()
    people, officers, habits = {}, {}, {}
    for unit in units:
        cast = {}
        for name, role in DESK:
            email = f"{name}.{unit.code}@city.invalid"
            account = Account.objects.filter(email=email).first()
            if account is None:
                account = Account.objects.create_user(
                    email, None, display_name=f"{unit.short_name}{role.label}"
                )
                appoint(account=account, unit=unit, role=role, starts_on=SINCE)
            cast[name] = actor_for(account, today)
            if name == "clerk":
                officers[unit.pk] = account
        people[unit.pk] = cast
        habits[unit.pk] = Habits(
            late=max(0.0, rng.gauss(0.04, 0.03)), pace=rng.randint(7, 14), liked=rng.uniform(3.1, 4.5)
        )
    watcher = Account.objects.filter(email=SUPERVISOR).first()
    if watcher is None:
        watcher = Account.objects.create_user(SUPERVISOR, None, display_name="政务公开监督员")
        appoint(account=watcher, unit=office, role=Role.SUPERVISOR, starts_on=SINCE)
    citizens = [
        actor_for(
            Account.objects.get_or_create(
                email=f"citizen{number}@city.invalid", defaults={"display_name": f"市民{number}"}
            )[0],
            today,
        )
        for number in range(CITIZENS)
    ]
    return City(
        rng,
        days,
        until,
        units,
        people,
        officers,
        habits,
        citizens,
        office,
        actor_for(watcher, today),
        until,
    )


def was_told() -> bool:
    """True once a city has been told here: its supervisor has an account."""
    return Account.objects.filter(email=SUPERVISOR).exists()
