"""One poll with one question by 办法第十三条二 (rule book, section 6): one identity, one vote; no result before its time.

Where anybody takes part once on each device, the account behind the device counts too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.oracle.rooms.desk import SIGNING, DeskModel
from tests.oracle.rooms.staff import CLERK, HEAD, HOUSING
from tests.oracle.rooms.terms import Anything, Pages, Told, Unsaid, day_of, first_of, unless

LATER = timedelta(minutes=5)  # what was sent in the last second is still being written


@dataclass
class Vote:
    """Whose it is, what it says, under which key of the form it came."""

    ids: set[str]
    option: str
    key: str


@dataclass
class Poll(DeskModel):
    """Its steps and what is to be seen of it."""

    who: str = "anyone"
    changeable: bool = False
    secrecy: str = "hidden"
    opens_on: date = date.min
    closes_on: date = date.max
    signed: bool = False
    votes: list[Vote] = field(default_factory=list)
    unclear: bool = False

    def is_up(self) -> bool:
        """Signed, and begun."""
        return self.signed and self.day >= self.opens_on

    def begins_on(self) -> date:
        """The first day on which people take part."""
        return self.opens_on

    def ends_on(self) -> date:
        """The last day on which people take part."""
        return self.closes_on

    def shows(self) -> tuple[Any, ...]:
        """The questions, the days, the result."""
        return self.state, self.day > self.closes_on

    def may_sign(self, who: str) -> str:
        return first_of(self.by(who, HEAD), self.within("approving"), self.fresh(who),
                        unless(self.day <= self.closes_on, "its days are over"),
                        unless(self.day <= self.opens_on, Unsaid("the first day is over")))  # fmt: skip

    def do_sign(self, who: str) -> None:
        self.signed = True
        self.goes_to("approved")

    def _ids(self, device: str, account: str) -> set[str]:
        if self.who == "account":
            return {account} - {""}
        return {device, account} - {""}

    def _mine(self, ids: set[str]) -> list[Vote]:
        return [vote for vote in self.votes if vote.ids & ids]

    def may_vote(self, who: str, device: str, account: str, option: str, key: str) -> str:
        ids, runs = (
            self._ids(device, account),
            self.state == "approved" and self.opens_on <= self.day <= self.closes_on,
        )
        mine = self._mine(ids)
        same = any((vote.option, vote.key) == (option, key) for vote in mine)
        own = self.changeable and any(account in vote.ids for vote in mine)
        two = (
            Unsaid("from a device on which somebody else took part") if same or own else "two people's votes"
        )
        clear = len(mine) == 1 and mine[0].ids == ids
        return first_of(
            unless(runs and not self.down, "not now"),
            unless(bool(ids), "nobody known"),
            unless(len(mine) < 2, two),
            unless(not mine or same or self.changeable, "each takes part once"),
            unless(not mine or clear, Unsaid("the device or the account is another one than before")),
        )

    def do_vote(self, who: str, device: str, account: str, option: str, key: str) -> None:
        ids = self._ids(device, account)
        mine = self._mine(ids)
        if not mine:
            self.votes.append(Vote(ids, option, key))
        elif all((vote.option, vote.key) != (option, key) for vote in mine):
            changed = next(
                (vote for vote in mine if account in vote.ids), mine[0]
            )  # whose it is, the account says
            changed.option, changed.key = option, key
        self.told = Told()

    def may_night(self, who: str) -> str:
        return ""

    def do_night(self, who: str) -> None:
        if self.state == "approved" and day_of(self.now - LATER) > self.closes_on:
            self.goes_to("counted")
            self.told = Told(self.staff.holders(HOUSING, HEAD, self.day), self.told.may)

    def may_publish_result(self, who: str) -> str:
        return first_of(self.by(who, HEAD), self.within("counted"),
                        unless(not self.down, Unsaid("it is down")))  # fmt: skip

    def do_publish_result(self, who: str) -> None:
        self.state = "published"

    def may_cancel(self, who: str) -> str:
        return first_of(self.by(who, HEAD), self.within("drafting", *SIGNING, "approved"))

    def do_cancel(self, who: str) -> None:
        self.call_off()

    def may_make_more(self, who: str) -> str:
        """Nobody changes the questions of what has been submitted."""
        return first_of(self.by(who, CLERK), self.within("drafting"))

    def do_make_more(self, who: str) -> None:
        self.wrote.add(who)

    # seen -----------------------------------------------------------------------------------------------

    def counts(self) -> dict[str, int]:
        """How often each option was chosen."""
        chosen = [vote.option for vote in self.votes]
        return {option: chosen.count(option) for option in ("o1", "o2", "o3")}

    def seen(self) -> dict[str, Any]:
        """What is compared after each step."""
        up = self.is_up() and not self.down
        result = (200, self.counts()) if up and self.state == "published" else (404, {})
        return {
            "state": self.state,
            "told": self.told,
            "public": Pages(
                {
                    "page": 200 if up else 404,
                    "listed": up,
                    "api": up,
                    "result": result,
                    "api result": result[0],
                }
            ),
            "staff page": self.opened_by(),
            "votes kept": len(self.votes),
        }

    def finally_seen(self) -> dict[str, Any]:
        """Nothing more."""
        return {"": Anything()}
