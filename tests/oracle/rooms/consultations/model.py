"""One consultation by the regulation on major decisions (国务院令第713号) arts. 15–17 and 办法第十三条 (rule book, section 6).

Thirty days for decisions and rules, seven working days for normative documents; feedback within thirty days of the end. Every text and
every comment has a number of its own, by which it is found again on the pages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.oracle.model.days import announced
from tests.oracle.model.people import all_different
from tests.oracle.rooms.desk import SIGNING, DeskModel
from tests.oracle.rooms.staff import CLERK, HEAD, HOUSING, REVIEWER
from tests.oracle.rooms.terms import Anything, Pages, Told, Unsaid, day_of, first_of, months, unless

DAYS = announced()
SHORTEST_DAYS, SHORTEST_WORKDAYS, FEEDBACK_DAYS, LONGEST_DAYS = 30, 7, 30, 180
FEEDBACK = ("feedback_reviewing", "feedback_clearing", "feedback_approving")
AFTER = ("closed", *FEEDBACK)
LATER = timedelta(minutes=5)  # what was sent in the last second is still being written


@dataclass
class Said:
    """A comment: shown, hidden in its words, taken back."""

    number: int
    state: str
    disposed: bool = False


@dataclass
class Consultation(DeskModel):
    """Its steps and what is to be seen of it."""

    kind: str = "normative"
    opens_on: date = date.min
    closes_on: date = date.max
    display: str = "by_rule"
    texts: list[int] = field(default_factory=lambda: [1])
    last: int = 1
    text: int = 0
    revised: list[int] = field(default_factory=list)
    shown_revised: int = 0
    said: list[Said] = field(default_factory=list)
    fed_by: set[str] = field(default_factory=set)
    life: list[tuple[date, bool]] = field(default_factory=list)
    judged: list[bool] = field(default_factory=list)

    def is_up(self) -> bool:
        """Signed, and begun."""
        return self.text > 0 and self.day >= self.opens_on

    def begins_on(self) -> date:
        """The first day on which people take part."""
        return self.opens_on

    def ends_on(self) -> date:
        """The last day on which people take part."""
        return self.closes_on

    def shows(self) -> tuple[Any, ...]:
        """The texts, the words of comments, the feedback, whether it goes on."""
        words = tuple((one.number, one.state) for one in self.said)
        return self.state, self.text, self.shown_revised, words, self.closes_on, self.day > self.closes_on

    def may_write(self, who: str) -> str:
        """Another text while it is drafted; a revised one after the end."""
        return first_of(self.by(who, CLERK), self.within("drafting", "closed"))

    def do_write(self, who: str) -> None:
        self.last += 1
        if self.state == "drafting":
            self.texts.append(self.last)
            self.wrote.add(who)
        else:
            self.revised.append(self.last)
            self.fed_by.add(who)

    def may_sign(self, who: str) -> str:
        """What is signed late must still give the public its days (art. 15)."""
        begins = max(self.day, self.opens_on)
        least = begins + timedelta(days=SHORTEST_DAYS)
        if self.kind == "normative":
            least = DAYS.after(begins, SHORTEST_WORKDAYS)
        return first_of(self.by(who, HEAD), self.within("approving"), self.fresh(who),
                        unless(self.closes_on >= least, "the public has too few days"),
                        unless(self.day <= self.opens_on, Unsaid("the first day is over")))  # fmt: skip

    def do_sign(self, who: str) -> None:
        self.text = self.texts[-1]
        self.opens_on = max(self.opens_on, self.day)
        self.goes_to("announced")

    def takes(self) -> str:
        """Comments come in from the first day to the end of the last, and not to what is down."""
        runs = self.state == "announced" and self.opens_on <= self.day <= self.closes_on
        return first_of(
            unless(runs, "outside the period"), unless(not self.down, "nobody takes part in what is down")
        )

    def may_comment(self, who: str) -> str:
        return self.takes()

    def do_comment(self, who: str) -> None:
        shown = "shown" if self.display == "by_rule" else "waiting"
        self.said.append(Said(len(self.said) + 1, shown))

    def _one(self, number: int) -> Said | None:
        return self.said[number - 1] if 0 < number <= len(self.said) else None

    def may_withdraw_comment(self, who: str, number: int) -> str:
        one = self._one(number)
        runs = self.state == "announced" and self.day <= self.closes_on
        return first_of(unless(one is not None and one.state != "withdrawn", "no such comment"),
                        unless(runs, "only while the period runs"),
                        unless(not self.down, Unsaid("it is down")))  # fmt: skip

    def do_withdraw_comment(self, who: str, number: int) -> None:
        self.said[number - 1].state = "withdrawn"

    def may_moderate(self, who: str, number: int, decision: str) -> str:
        """In every state: what must not be seen is hidden at once (制度第十三条三)."""
        one = self._one(number)
        return first_of(self.by(who, CLERK, REVIEWER), unless(self.text > 0, "not public"),
                        unless(one is not None, "no such comment"),
                        unless(one is None or one.state != "withdrawn", Unsaid("taken back")),
                        unless(self.state not in FEEDBACK, Unsaid("the table is being signed")))  # fmt: skip

    def do_moderate(self, who: str, number: int, decision: str) -> None:
        one = self.said[number - 1]
        if one.state != "withdrawn":
            one.state = {"show": "shown", "hide_text": "hidden", "remove": "removed"}[decision]

    def may_prolong(self, who: str, closes_on: date) -> str:
        most = self.opens_on + timedelta(days=LONGEST_DAYS)
        return first_of(self.by(who, HEAD), self.within("announced"), unless(closes_on > self.closes_on, "only longer"),
                        unless(self.day <= self.closes_on, Unsaid("over, and not yet closed")),
                        unless(closes_on <= most, "too long"), unless(not self.down, Unsaid("it is down")))  # fmt: skip

    def do_prolong(self, who: str, closes_on: date) -> None:
        self.closes_on = closes_on
        self.told = Told(may=self.told.may)

    def may_cancel(self, who: str) -> str:
        return first_of(self.by(who, HEAD), self.within("drafting", *SIGNING, "announced", *AFTER))

    def do_cancel(self, who: str) -> None:
        if self.life:
            self._end()
        self.call_off()

    def may_night(self, who: str) -> str:
        return ""

    def do_night(self, who: str) -> None:
        """The end of the period is written down some minutes after its last day."""
        if self.state == "announced" and day_of(self.now - LATER) > self.closes_on:
            self.goes_to("closed")
            self.tell_clerks()
            self.life.append((self.day, True))

    def due(self) -> date:
        """The last day for the feedback."""
        return self.closes_on + timedelta(days=FEEDBACK_DAYS)

    def may_dispose(self, who: str) -> str:
        return first_of(
            self.by(who, CLERK), self.within("closed"), unless(bool(self._counted()), Unsaid("no comment"))
        )

    def _counted(self) -> list[Said]:
        return [one for one in self.said if one.state != "withdrawn"]

    def do_dispose(self, who: str) -> None:
        for one in self._counted():
            one.disposed = True
        self.fed_by.add(who)

    def may_submit_feedback(self, who: str) -> str:
        """Every comment is answered (art. 15: adoption is explained)."""
        missing = [one for one in self._counted() if not one.disposed]
        barred = self.fed_by | {who}
        roles = (REVIEWER, "secrecy_reviewer", HEAD)
        free = [self.staff.holders(HOUSING, role, self.day) - barred for role in roles]
        rest = [self.staff.holders(HOUSING, role, self.day) - barred - self.wrote for role in roles]
        return first_of(self.by(who, CLERK), self.within("closed"), unless(not missing, "a comment without an answer"),
                        unless(all_different(free), "nobody is left for a step that follows"),
                        unless(all_different(rest), Unsaid("only who wrote the draft")))  # fmt: skip

    def do_submit_feedback(self, who: str) -> None:
        self.hands = {who}
        self._feedback_to("feedback_reviewing", REVIEWER)

    def _feedback_to(self, state: str, role: str) -> None:
        self.goes_to(state)
        self.told = Told(self.staff.holders(HOUSING, role, self.day), self.told.may)

    def _fed_fresh(self, who: str, role: str, state: str) -> str:
        return first_of(self.by(who, role), self.within(state),
                        unless(who not in self.hands | self.fed_by, "another person than who wrote or signed"),
                        unless(who not in self.wrote, Unsaid("wrote the draft")))  # fmt: skip

    def may_review_feedback(self, who: str) -> str:
        return self._fed_fresh(who, REVIEWER, "feedback_reviewing")

    def do_review_feedback(self, who: str) -> None:
        self.hands.add(who)
        self._feedback_to("feedback_clearing", "secrecy_reviewer")

    def may_clear_feedback(self, who: str) -> str:
        return self._fed_fresh(who, "secrecy_reviewer", "feedback_clearing")

    def do_clear_feedback(self, who: str) -> None:
        self.hands.add(who)
        self._feedback_to("feedback_approving", HEAD)

    def may_feed_back(self, who: str) -> str:
        return self._fed_fresh(who, HEAD, "feedback_approving")

    def do_feed_back(self, who: str) -> None:
        self._end()
        self.state = "fed_back"
        self.shown_revised = self.revised[-1] if self.revised else 0

    def _end(self) -> None:
        late = self.day > self.due()
        if self.state == "feedback_approving" or late:
            self.judged.append(late)
        self.life.append((self.day, False))

    def may_return_feedback(self, who: str) -> str:
        turn = {"feedback_reviewing": REVIEWER, "feedback_clearing": "secrecy_reviewer"}.get(self.state, HEAD)
        return first_of(self.by(who, REVIEWER, "secrecy_reviewer", HEAD), self.within(*FEEDBACK),
                        unless(not self.by(who, turn), Unsaid("not that one's turn")),
                        unless(who not in self.hands | self.fed_by | self.wrote, Unsaid("who wrote sends it back")))  # fmt: skip

    def do_return_feedback(self, who: str) -> None:
        self.hands = set()
        self.state = "closed"
        self.tell_clerks()

    # seen -----------------------------------------------------------------------------------------------

    def seen(self) -> dict[str, Any]:
        """What is compared after each step."""
        outside = Told(self.told.must, self.told.may)
        return {
            "state": self.state,
            "due": self.due() if self.state in AFTER else Anything(),
            "told": outside,
            "public": self._public(),
            "staff page": self.opened_by(),
        }

    def _public(self) -> Pages:
        """The text that was signed and no other; a comment's words if they were let through. With the
        feedback the revised text stands beside it, on a page of its own."""
        up = self.is_up() and not self.down
        texts = {self.text} if up else set()
        fed = up and self.state == "fed_back"
        words = {one.number for one in self.said if one.state == "shown"} if up else set()
        return Pages({
            "page": (200 if up else 404, Anything() if self.state == "cancelled" and up else texts),
            "listed": up,
            "api": up,
            "comments": Anything() if self.state == "cancelled" or self.display == "hidden" else words,
            "table": words if fed else set(),
            "compared": texts | {self.shown_revised} if fed and self.shown_revised else set(),
        })  # fmt: skip

    def finally_seen(self) -> dict[str, Any]:
        """received + carried = closed + open in every month."""
        rows: dict[tuple[date, bool], tuple[int, int, int, int]] = {}
        for end in months(self.life[0][0], self.day) if self.life else ():
            first = end.replace(day=1)
            carried, still = self._open_at(first - timedelta(days=1)), self._open_at(end)
            begun = sum(1 for on, is_open in self.life if is_open and first <= on <= end)
            if any((begun, carried, still)):
                rows[first, False] = (begun, carried, begun + carried - still, still)
        return {"figures": rows, "judged, late ones": (len(self.judged), sum(self.judged))}

    def _open_at(self, day: date) -> int:
        found = [is_open for on, is_open in self.life if on <= day]
        return int(bool(found) and found[-1])
