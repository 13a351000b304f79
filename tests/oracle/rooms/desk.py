"""The desk that every public text passes (办法第五、六条, 制度第十三条三): written, reviewed, cleared, signed by different persons; taken
down at once, back only through the same hands. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tests.oracle.model.people import all_different
from tests.oracle.rooms.staff import CLERK, HEAD, HOUSING, PEOPLE, PUBLISHER, REVIEWER, SECRECY, Offices
from tests.oracle.rooms.terms import Step, Told, Unsaid, day_of, first_of, unless

SIGNING = ("reviewing", "clearing", "approving")
TURNS = {"reviewing": REVIEWER, "clearing": SECRECY, "approving": HEAD}


@dataclass
class DeskModel:
    """What all kinds have in common; `change` counts whatever alters what is to be seen."""

    now: datetime
    writer: str
    state: str = "drafting"
    wrote: set[str] = field(default_factory=set)
    hands: set[str] = field(default_factory=set)
    submitter: str = ""
    down: bool = False
    once_up: bool = False
    back: str = ""
    back_hands: set[str] = field(default_factory=set)
    back_of: tuple[Any, ...] = ()
    told: Told = field(default_factory=Told)

    def __post_init__(self) -> None:
        self.staff = Offices()
        self.wrote.add(self.writer)
        self.told = Told(may=self.staff.of_unit(HOUSING, self.day))

    @property
    def day(self) -> date:
        """Today in Yuxi."""
        return day_of(self.now)

    def is_up(self) -> bool:
        """True if anybody outside reads anything of it now, were it not taken down."""
        raise NotImplementedError

    def shows(self) -> tuple[Any, ...]:
        """Everything that readers see now: what the signatures of a return are bound to."""
        raise NotImplementedError

    def ends_on(self) -> date:
        """The last day on which people take part."""
        raise NotImplementedError

    def begins_on(self) -> date:
        """The first day on which people take part."""
        raise NotImplementedError

    def judge(self, step: Step) -> str:
        """Whether that person may take the step now."""
        found: str = getattr(self, f"may_{step.verb}")(step.who, **step.facts)
        return found

    def take(self, step: Step) -> None:
        """The step is taken."""
        self.told = Told(may=self.staff.of_unit(HOUSING, self.day))
        does: Callable[..., None] = getattr(self, f"do_{step.verb}")
        does(step.who, **step.facts)

    def by(self, who: str, *roles: str) -> str:
        """Only who holds one of the offices in the unit today."""
        holds = any(self.staff.has(who, HOUSING, role, self.day) for role in roles)
        return unless(holds, f"{' or '.join(roles)} only")

    def within(self, *states: str) -> str:
        """Only in these states."""
        return unless(self.state in states, f"not in {self.state}")

    def fresh(self, who: str) -> str:
        """Another person than everybody who wrote or signed."""
        return unless(who not in self.wrote | self.hands, "another person than who wrote or signed")

    def staffed(self, submitter: str) -> str:
        """Nothing goes to a review that nobody can do: whoever wrote is barred, and each signs once."""
        free = [
            self.staff.holders(HOUSING, role, self.day) - self.wrote - {submitter} for role in TURNS.values()
        ]
        return unless(all_different(free), "nobody is left for a step that follows")

    def goes_to(self, state: str) -> None:
        """The next state; who goes on with it is told."""
        self.state = state
        role = TURNS.get(state, "")
        named = self.staff.holders(HOUSING, role, self.day) if role else frozenset()
        self.told = Told(self.told.must | named, self.told.may)

    def tell_clerks(self) -> None:
        """It came back."""
        self.told = Told(self.told.must | self.staff.holders(HOUSING, CLERK, self.day), self.told.may)

    # offices --------------------------------------------------------------------------------------------

    def may_appointment(self, who: str, **facts: Any) -> str:
        return ""

    def do_appointment(self, who: str, person: str, unit: str, role: str, runs: bool) -> None:
        self.staff.end(person, unit, role, None if runs else self.day - timedelta(days=1))
        self.told = Told(may=frozenset(PEOPLE))

    # the text -------------------------------------------------------------------------------------------

    def may_submit(self, who: str) -> str:
        return first_of(self.by(who, CLERK), self.within("drafting"), self.staffed(who))

    def do_submit(self, who: str) -> None:
        self.submitter, self.hands = who, {who}
        self.goes_to("reviewing")

    def may_recall(self, who: str) -> str:
        return first_of(self.by(who, CLERK), self.within(*SIGNING),
                        unless(who == self.submitter, Unsaid("another clerk calls it back")))  # fmt: skip

    def do_recall(self, who: str) -> None:
        self.hands = set()
        self.goes_to("drafting")

    def may_review(self, who: str) -> str:
        return first_of(self.by(who, REVIEWER), self.within("reviewing"), self.fresh(who))

    def do_review(self, who: str) -> None:
        self.hands.add(who)
        self.goes_to("clearing")

    def may_clear(self, who: str) -> str:
        return first_of(self.by(who, SECRECY), self.within("clearing"), self.fresh(who))

    def do_clear(self, who: str) -> None:
        self.hands.add(who)
        self.goes_to("approving")

    def may_send_back(self, who: str) -> str:
        turn = TURNS.get(self.state, HEAD)
        return first_of(self.by(who, *TURNS.values()), self.within(*SIGNING),
                        unless(not self.by(who, turn), Unsaid("not that one's turn")),
                        unless(not self.fresh(who), Unsaid("who wrote sends it back")))  # fmt: skip

    def do_send_back(self, who: str) -> None:
        self.hands = set()
        self.goes_to("drafting")
        self.tell_clerks()

    # down and back --------------------------------------------------------------------------------------

    def may_take_down(self, who: str) -> str:
        """At once, in every state in which anybody reads anything (制度第十三条三)."""
        return first_of(self.by(who, REVIEWER, SECRECY, HEAD, PUBLISHER), unless(self.is_up(), "nothing is up"),
                        unless(not self.down, "down already"))  # fmt: skip

    def do_take_down(self, who: str) -> None:
        self.down, self.back = True, ""
        self.tell_clerks()

    def may_submit_return(self, who: str) -> str:
        free = [self.staff.holders(HOUSING, role, self.day) - {who} for role in TURNS.values()]
        rest = [self.staff.holders(HOUSING, role, self.day) - {who} - self.wrote for role in TURNS.values()]
        return first_of(self.by(who, CLERK), unless(self.down, "it is not down"), unless(not self.back, "asked already"),
                        unless(all_different(free), "nobody is left for a step that follows"),
                        unless(all_different(rest), Unsaid("only who wrote")))  # fmt: skip

    def do_submit_return(self, who: str) -> None:
        self.back_hands, self.back_of = {who}, self.shows()
        self._back_to("reviewing")

    def _back_to(self, turn: str) -> None:
        self.back = turn
        self.told = Told(self.staff.holders(HOUSING, TURNS[turn], self.day), self.told.may)

    def _back_step(self, who: str, turn: str) -> str:
        return first_of(
            self.by(who, TURNS[turn]),
            unless(self.down and self.back == turn, "not its turn"),
            unless(who not in self.back_hands, "another person"),
            unless(who not in self.wrote, Unsaid("wrote it")),
            unless(self.back_of == self.shows(), Unsaid("what is to be seen has changed since")),
        )

    def may_review_return(self, who: str) -> str:
        return self._back_step(who, "reviewing")

    def do_review_return(self, who: str) -> None:
        self._back_to("clearing")
        self.back_hands.add(who)

    def may_clear_return(self, who: str) -> str:
        return self._back_step(who, "clearing")

    def do_clear_return(self, who: str) -> None:
        self._back_to("approving")
        self.back_hands.add(who)

    def may_restore(self, who: str) -> str:
        return self._back_step(who, "approving")

    def do_restore(self, who: str) -> None:
        self.down, self.back = False, ""

    def may_refuse_return(self, who: str) -> str:
        turn = TURNS.get(self.back, HEAD)
        return first_of(self.by(who, *TURNS.values()), unless(self.down and bool(self.back), "nobody asked"),
                        unless(not self.by(who, turn), Unsaid("not that one's turn")),
                        unless(who not in self.back_hands | self.wrote, Unsaid("who wrote or signed refuses")))  # fmt: skip

    def do_refuse_return(self, who: str) -> None:
        self.back = ""
        self.tell_clerks()

    def call_off(self) -> None:
        """It takes place no more; a round about coming back ends with it, for what it was to sign has changed."""
        self.state, self.back = "cancelled", ""

    def opened_by(self) -> set[str]:
        """The unit's people and supervisors."""
        found = {who for who in PEOPLE if self.staff.serves(who, HOUSING, self.day)}
        return found | self.staff.supervisors(self.day)
