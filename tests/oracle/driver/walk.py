"""One request walked in the model and in the product at once; every difference is kept with its trace."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.oracle.driver import compare
from tests.oracle.model import after, answer, contact, correction, endings, intake, money, parties, receipts  # noqa: F401
from tests.oracle.model.days import announced
from tests.oracle.model.facts import Request, World
from tests.oracle.model.people import Appointment, Staff
from tests.oracle.model.steps import Unsaid, judge, take
from tests.oracle.product import VERBS, Cast, Product
from tests.oracle.product.people import ACCOUNTS, OFFICES, answers

LAST = date(2028, 11, 30)
DAYS = announced()
MOST_AFTER_THE_END = 8


@dataclass(frozen=True)
class Start:
    """How a request comes in."""

    day: date
    way: str
    agent: bool = False
    received_on: date | None = None


@dataclass(frozen=True)
class Step:
    """One step as plain data; `stale` is by how many versions the page is old, None where none is sent."""

    verb: str
    who: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    stale: int | None = None

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        old = f" (page {self.stale} versions old)" if self.stale else ""
        return f"{self.verb} by {self.who or 'time'}: {facts}{old}"


@dataclass(frozen=True)
class Difference:
    """Where the two disagree; `key` names the sort of difference, for the list of known ones."""

    key: str
    model: str
    product: str
    halts: bool


def notices(request: Request) -> list[Any]:
    """Everything that the applicant was ever asked to do."""
    return [request.correction, request.reasons, *request.fees]


class Walk:
    """The two side by side."""

    def __init__(self, cast: Cast, start: Start) -> None:
        self.product = Product(cast)
        self.start = start
        self.trace: list[tuple[date, Step]] = []
        self.found: list[tuple[Difference, int]] = []
        self.stopped = False
        self.idle = 0
        self.aspects: set[str] = set()
        self.refused = self.accepted = 0
        self.taken: list[str] = []
        day, way = start.day, start.way
        account = ACCOUNTS.get(way, "")
        on = (start.received_on or day) if way == "landline" else None
        self.product.begin(way=way, day=day, unit="office", received_on=on, agent=start.agent)
        request = Request(
            unit="office",
            submitted_on=day if on is None else on,
            account=account,
            column="business" if way == "company" else "person",
            delivery=answers(way, False)["delivery"],
            online=bool(account) or way == "guest",
            came_online=way != "landline",
            tellable=way not in ("landline", "guest_landline"),
            phone="landline" if way in ("landline", "guest_landline", "guest_mail") else "first",
            organisation=way == "company",
            agent=start.agent,
        )
        staff = Staff([Appointment(*one) for one in OFFICES])
        self.world = World(day, DAYS, staff, request)
        request.version = self.product.case().version
        if on is not None:
            take(self.world, "register", "clerk", {"received_on": on})
            request.version = self.product.case().version
        self.before: Any = None
        self._compare("begin", first=True)

    @property
    def moved(self) -> bool:
        """True if a holiday notice was changed on the way."""
        return any(step.verb == "notice" for _, step in self.trace)

    # steps ----------------------------------------------------------------------------------------------

    def step(self, step: Step) -> None:
        """Take one step in both, and compare."""
        if self.stopped:
            return
        self.trace.append((self.world.today, step))
        if step.verb == "wait":
            self.world.today = min(step.facts["until"], LAST)
            return
        if step.verb == "appointment":
            self._appointment(**step.facts)
        elif step.verb == "notice":
            self._notice(**step.facts)
        elif step.verb in VERBS:
            self._verb(step)

    def _appointment(self, person: str, unit: str, role: str, runs: bool) -> None:
        until = None if runs else self.world.today - timedelta(days=1)
        for one in self.world.staff.appointments:
            if (one.person, one.unit, one.role) == (person, unit, role):
                one.until = until
        self.product.appointment(person, unit, role, until)

    def _notice(self, off: date) -> None:
        self.world.days, self.world.notice_changed = self.world.days.with_off(off), True
        self.product.notice(self.world.today, off)
        self.world.request.version = self.product.case().version
        self.world.told = {"applicant?", *(f"party:{n}?" for n in range(len(self.world.request.parties)))}
        self._compare("notice")

    def _verb(self, step: Step) -> None:
        world, verb = self.world, step.verb
        says = judge(world, verb, step.who, step.facts)
        seen = None if step.stale is None else world.request.version - step.stale
        if not says and step.stale:
            says = compare.stale(world, step.who)
        lawful = not says or isinstance(says, Unsaid)
        hour = 10
        refusal = self.product.take(verb, step.who, step.facts, world.today, hour, keep=lawful, seen=seen)
        if refusal is not None and refusal.startswith("CRASH"):
            self._differ(f"crash in {verb}: {compare.plain(refusal)}", str(says) or "lawful", refusal)
        elif refusal is None and not lawful:
            self._differ(f"accepted {verb}: {compare.plain(says)}", f"refused: {says}", "accepted")
        elif refusal is not None and not says:
            self._differ(f"refused {verb}: {compare.plain(refusal)}", "lawful", refusal, world.request.closed)
        if refusal is not None or not lawful:
            self.refused += 1
            return
        self.accepted += 1
        self.taken.append(verb)
        after_end = world.request.closed
        waits = any(
            told and told.state == "waiting" and told.received_on is None for told in notices(world.request)
        )
        take(world, verb, step.who, step.facts)
        self._compare(verb)
        if verb == "succeed" and waits:
            self.stopped = True  # how the successor receives what the former applicant did not, no rule says
        if after_end and world.request.closed:
            self.idle += 1
            self.stopped = self.stopped or self.idle > MOST_AFTER_THE_END

    def _compare(self, verb: str, first: bool = False) -> None:
        for key, model, product, halts in compare.differences(self, verb, first):
            self._differ(key, model, product, halts)

    def _differ(self, key: str, model: str, product: str, halts: bool = False) -> None:
        aspect = key.split(" after ")[0]
        if aspect in self.aspects and " after " in key:
            return
        self.aspects.add(aspect)
        self.found.append((Difference(key, model, product, halts), len(self.trace)))
        self.stopped = self.stopped or halts

    # telling --------------------------------------------------------------------------------------------

    def story(self, difference: Difference, length: int | None = None) -> str:
        """The trace in words, up to so many steps."""
        lines = [f"{self.start.day}  comes in: {self.start}"]
        lines += [f"{day}  {step}" for day, step in self.trace[:length]]
        lines += [f"  model:   {difference.model}", f"  product: {difference.product}"]
        return "\n".join([difference.key, *lines])
