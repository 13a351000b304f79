"""One hearing by 国务院令第713号 arts. 16–17 (rule book, sections 6 and 10): notice beforehand, participants drawn openly, a record, a report.

There is one group with two seats; whom the draw takes is chance, how many it takes is not. One person signs up once, however the
telephone is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.oracle.model.people import all_different
from tests.oracle.rooms.desk import DeskModel
from tests.oracle.rooms.staff import CLERK, HEAD, HOUSING, REVIEWER, SECRECY
from tests.oracle.rooms.terms import Anything, Pages, Told, Unsaid, day_of, first_of, unless

SEATS = 2
LATER = timedelta(minutes=5)  # what was sent in the last second is still being written
REPORT = ("report_clearing", "report_approving")


@dataclass
class SignUp:
    """Somebody who signed up, by the telephone's plain digits."""

    phone: str
    there: bool = True


@dataclass
class Hearing(DeskModel):
    """Its steps and what is to be seen of it."""

    sign_up_from: date = date.min
    sign_up_until: date = date.max
    held_on: date = date.max
    signed: bool = False
    listed: bool = False
    people: list[SignUp] = field(default_factory=list)
    reporters: set[str] = field(default_factory=set)

    def is_up(self) -> bool:
        """Signed."""
        return self.signed

    def begins_on(self) -> date:
        """The first day on which people take part."""
        return self.sign_up_from

    def ends_on(self) -> date:
        """The last day on which people take part."""
        return self.sign_up_until

    def shows(self) -> tuple[Any, ...]:
        """The notice, the draw, the report, who is still there."""
        return self.state, self.listed, len(self._there()), self.day > self.sign_up_until

    def _there(self) -> list[SignUp]:
        return [one for one in self.people if one.there]

    def do_review(self, who: str) -> None:
        self.hands.add(who)
        self.goes_to("approving")

    def may_clear(self, who: str) -> str:
        return "a notice has no such step here"

    def staffed(self, submitter: str) -> str:
        free = [
            self.staff.holders(HOUSING, role, self.day) - self.wrote - {submitter}
            for role in (REVIEWER, HEAD)
        ]
        return unless(all_different(free), "nobody is left for a step that follows")

    def may_sign(self, who: str) -> str:
        return first_of(self.by(who, HEAD), self.within("approving"), self.fresh(who),
                        unless(self.day <= self.sign_up_until, "its days are over"),
                        unless(self.day <= self.sign_up_from - timedelta(days=1), Unsaid("the days may be too short now")))  # fmt: skip

    def do_sign(self, who: str) -> None:
        self.signed = True
        self.goes_to("announced")

    def may_sign_up(self, who: str, phone: str, written: str) -> str:
        runs = self.state == "announced" and self.sign_up_from <= self.day <= self.sign_up_until
        known = [one for one in self.people if one.phone == phone]
        return first_of(unless(runs and not self.down, "not now"), unless(not any(one.there for one in known), "once each"),
                        unless(not known, Unsaid("withdrew before")))  # fmt: skip

    def do_sign_up(self, who: str, phone: str, written: str) -> None:
        self.people = [one for one in self.people if one.phone != phone]
        self.people.append(SignUp(phone))
        self.told = Told(frozenset({phone}))

    def may_leave(self, who: str, phone: str) -> str:
        there = any(one.phone == phone for one in self._there())
        return first_of(unless(there, "not signed up"), unless(self.state in ("announced", "drawn"), Unsaid("over")),
                        unless(self.day <= self.held_on, Unsaid("over")), unless(not self.down, Unsaid("it is down")))  # fmt: skip

    def do_leave(self, who: str, phone: str) -> None:
        for one in self.people:
            one.there = one.there and one.phone != phone
        self.told = Told(may=frozenset(one.phone for one in self.people) | self.told.may)

    def may_night(self, who: str) -> str:
        return ""

    def do_night(self, who: str) -> None:
        if self.state == "announced" and day_of(self.now - LATER) > self.sign_up_until:
            self.listed = True

    def may_draw(self, who: str) -> str:
        """Only after the list is fixed: who withdraws or comes later changes nothing that the seed could choose."""
        over = day_of(self.now - LATER) > self.sign_up_until
        return first_of(self.by(who, CLERK), self.within("announced"), unless(over, "people may still sign up"),
                        unless(self.listed, Unsaid("the list is not fixed")),
                        unless(not self.down, Unsaid("it is down")),
                        unless(bool(self._there()), Unsaid("nobody signed up")))  # fmt: skip

    def do_draw(self, who: str) -> None:
        self.state, self.listed = "drawn", True
        self.told = Told(
            frozenset(one.phone for one in self._there()), self.told.may | {one.phone for one in self.people}
        )

    def may_hold(self, who: str) -> str:
        return first_of(
            self.by(who, CLERK), self.within("drawn"), unless(self.day >= self.held_on, "not yet held")
        )

    def do_hold(self, who: str) -> None:
        self.state = "held"
        self.reporters.add(who)

    def may_submit_report(self, who: str) -> str:
        barred = self.reporters | {who}
        free = [self.staff.holders(HOUSING, role, self.day) - barred for role in (SECRECY, HEAD)]
        rest = [self.staff.holders(HOUSING, role, self.day) - barred - self.wrote for role in (SECRECY, HEAD)]
        return first_of(self.by(who, CLERK), self.within("held"), unless(all_different(free), "nobody is left"),
                        unless(all_different(rest), Unsaid("only who wrote the notice")))  # fmt: skip

    def do_submit_report(self, who: str) -> None:
        self.state, self.hands = "report_clearing", {who}
        self.reporters.add(who)

    def _report_fresh(self, who: str, role: str, state: str) -> str:
        return first_of(self.by(who, role), self.within(state),
                        unless(who not in self.hands | self.reporters, "another person than who wrote or signed"),
                        unless(who not in self.wrote, Unsaid("wrote the notice")))  # fmt: skip

    def may_clear_report(self, who: str) -> str:
        return self._report_fresh(who, SECRECY, "report_clearing")

    def do_clear_report(self, who: str) -> None:
        self.hands.add(who)
        self.state = "report_approving"

    def may_publish_report(self, who: str) -> str:
        return self._report_fresh(who, HEAD, "report_approving")

    def do_publish_report(self, who: str) -> None:
        self.state = "reported"

    def may_return_report(self, who: str) -> str:
        turn = SECRECY if self.state == "report_clearing" else HEAD
        return first_of(self.by(who, SECRECY, HEAD), self.within(*REPORT), unless(not self.by(who, turn), Unsaid("not the turn")),
                        unless(who not in self.hands | self.reporters | self.wrote, Unsaid("who wrote sends it back")))  # fmt: skip

    def do_return_report(self, who: str) -> None:
        self.state, self.hands = "held", set()

    def may_cancel(self, who: str) -> str:
        return first_of(
            self.by(who, HEAD), self.within("drafting", "reviewing", "approving", "announced", "drawn")
        )

    def do_cancel(self, who: str) -> None:
        """Everybody who is still signed up is told."""
        self.call_off()
        self.told = Told(frozenset(one.phone for one in self._there()), self.told.may)

    # seen -----------------------------------------------------------------------------------------------

    def seen(self) -> dict[str, Any]:
        """What is compared after each step."""
        up = self.is_up() and not self.down
        there = len(self._there())
        drawn = self.state in ("drawn", "held", *REPORT, "reported")
        fixed = (
            Anything()
            if any(not one.there for one in self.people) and drawn
            else (min(SEATS, there), max(0, there - SEATS))
        )
        return {
            "state": self.state,
            "told": self.told,
            "public": Pages({"page": 200 if up else 404, "listed": up, "record": up and self.state == "reported",
                             "report": up and self.state == "reported"}),
            "staff page": self.opened_by(),
            "seats, substitutes": fixed if drawn else (0, 0),
        }  # fmt: skip

    def finally_seen(self) -> dict[str, Any]:
        """Nothing more."""
        return {"": Anything()}
