"""When each step of a letter is lawful (rule book, section 5; 办法第五、六条; 制度第十三条)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.oracle.rooms.letters.facts import (
    DAYS,
    ENDED,
    IN_HAND,
    LONGEST_WAIT,
    MOST_DAYS,
    MOST_RETURNS,
    MOST_WAITS,
    RATING_DAYS,
    RETURN_DAYS,
    Facts,
)
from tests.oracle.rooms.staff import (
    CLERK,
    HEAD,
    OFFICE,
    PUBLISHER,
    REVIEWER,
    SECRECY,
)
from tests.oracle.rooms.terms import Step, Unsaid, first_of, unless


class Lawful(Facts):
    """When each step is lawful: "" if it is."""

    def judge(self, step: Step) -> str:
        """Whether that person may take the step now."""
        found: str = getattr(self, f"may_{step.verb}")(step.who, **step.facts)
        return found

    def _by(self, who: str, unit: str, *roles: str) -> str:
        """Only who holds one of the offices in that unit today, and never in an own matter."""
        if who == self.writer:
            return "no official step in an own letter (回避)"
        holds = any(self.staff.has(who, unit, role, self.day) for role in roles)
        return unless(holds, f"{' or '.join(roles)} of {unit} only")

    def _in(self, *states: str) -> str:
        return unless(self.state in states, f"not in {self.state}")

    def may_morning(self, who: str) -> str:
        return ""

    def may_appointment(self, who: str, **facts: Any) -> str:
        return ""

    def may_accept(self, who: str, complexity: str) -> str:
        return first_of(self._by(who, OFFICE, CLERK), self._in("submitted"))

    def may_decline(self, who: str, reason: str) -> str:
        return first_of(self._by(who, OFFICE, CLERK), self._in("submitted", "returned"))

    def may_hand_over(self, who: str) -> str:
        """A request names its applicant to everybody who handles it: never with a confidential report."""
        closed = self.kind == "report" and self.confidential
        return first_of(self._by(who, OFFICE, CLERK), self._in("submitted", "returned"),
                        unless(not closed, "a reporter's identity stays closed"))  # fmt: skip

    def may_assign(self, who: str, unit: str) -> str:
        return first_of(self._by(who, OFFICE, CLERK), self._in("accepted", "returned"),
                        unless(self.returns < MOST_RETURNS, Unsaid("after two returns the head decides")))  # fmt: skip

    def may_rule_unit(self, who: str, unit: str) -> str:
        return first_of(self._by(who, OFFICE, HEAD), self._in("returned"),
                        unless(self.returns >= MOST_RETURNS, Unsaid("not yet returned twice")))  # fmt: skip

    def may_sign_for(self, who: str) -> str:
        return first_of(self._by(who, self.holder, CLERK), self._in("assigned"))

    def may_return_letter(self, who: str) -> str:
        late = self.given_on is not None and self.day > DAYS.after(self.given_on, RETURN_DAYS)
        return first_of(self._by(who, self.holder, CLERK), self._in("assigned"),
                        unless(not late, "returned within one working day only"),
                        unless(not self.ruled, Unsaid("the head has decided")))  # fmt: skip

    def may_ask_assistance(self, who: str, unit: str) -> str:
        return first_of(self._by(who, self.holder, CLERK), self._in("assigned", "handling", "drafted"),
                        unless(unit not in (self.holder, *self._asked()), Unsaid("asked already")))  # fmt: skip

    def may_contribute(self, who: str, unit: str) -> str:
        return first_of(self._by(who, unit, CLERK), unless(unit in self._asked(), "nothing is waited for"),
                        self._in("assigned", "awaiting_supplement", *IN_HAND))  # fmt: skip

    def may_cancel_assistance(self, who: str, unit: str) -> str:
        return first_of(self._by(who, self.holder, CLERK), unless(unit in self._asked(), "nothing is waited for"),
                        self._in("assigned", "handling", "drafted"))  # fmt: skip

    def _asked(self) -> list[str]:
        return [unit for unit, state in self.helpers.items() if state == "asked"]

    def may_ask_supplement(self, who: str, answer_by: date) -> str:
        """No clock stands still without end: fifteen working days, twice in a handling."""
        return first_of(
            self._by(who, self.holder, CLERK),
            self._in("handling"),
            unless(answer_by > self.day, "a day to come"),
            unless(answer_by <= DAYS.after(self.day, LONGEST_WAIT), "fifteen working days at the most"),
            unless(self.waits < MOST_WAITS, "twice in a handling"),
        )

    def may_supplement(self, who: str) -> str:
        by = "" if who == "writer" else self._by(who, self.holder, CLERK)
        return first_of(by, self._in("awaiting_supplement"))

    def may_continue_without(self, who: str) -> str:
        over = self.wait_until is not None and self.day > self.wait_until
        return first_of(self._by(who, self.holder, CLERK), self._in("awaiting_supplement"),
                        unless(over, "the writer still has time"))  # fmt: skip

    def may_draft_reply(self, who: str) -> str:
        return first_of(self._by(who, self.holder, CLERK), self._in("handling", "drafted"))

    def may_submit_reply(self, who: str) -> str:
        return first_of(self._by(who, self.holder, CLERK), self._in("drafted"), self._staffed(REVIEWER, HEAD),
                        unless(not self._asked(), Unsaid("an assisting unit has not answered")),
                        unless(who == self.last_wrote, Unsaid("another clerk sends it")))  # fmt: skip

    def may_review_reply(self, who: str) -> str:
        return first_of(self._by(who, self.holder, REVIEWER), self._in("reviewing"), self._fresh(who))

    def may_sign_reply(self, who: str) -> str:
        return first_of(self._by(who, self.holder, HEAD), self._in("signing"), self._fresh(who))

    def _fresh(self, who: str) -> str:
        """Another person than everybody who wrote, reviewed or signed (办法第六条)."""
        return unless(who not in self.wrote | self.hands, "another person than who wrote or signed")

    def may_return_reply(self, who: str) -> str:
        role = REVIEWER if self.state == "reviewing" else HEAD
        return first_of(self._by(who, self.holder, REVIEWER, HEAD), self._in("reviewing", "signing"),
                        unless(not self._by(who, self.holder, role), Unsaid("not that one's turn")),
                        unless(not self._fresh(who), Unsaid("who wrote sends it back")))  # fmt: skip

    def may_return_check(self, who: str) -> str:
        return first_of(self._by(who, OFFICE, CLERK), self._in("checking"),
                        unless(not self._fresh(who), Unsaid("who wrote sends it back")))  # fmt: skip

    def may_answer(self, who: str) -> str:
        return first_of(self._by(who, OFFICE, CLERK), self._in("checking"), self._fresh(who))

    def may_request_extension(self, who: str, days: int) -> str:
        return first_of(self._by(who, self.holder, CLERK), self._may_grow(days),
                        unless(self.wish is None, Unsaid("asked already")))  # fmt: skip

    def may_extend(self, who: str) -> str:
        asked, days = self.wish or ("", 0)
        return first_of(self._by(who, self.holder, HEAD), unless(self.wish is not None, "nobody asked"),
                        self._may_grow(days), unless(who != asked, "another person than who asked"))  # fmt: skip

    def _may_grow(self, days: int) -> str:
        last, period = self.due(), self.period
        return first_of(
            self._in(*IN_HAND),
            unless(last is not None and self.day <= last, "the period is over"),
            unless(days >= 1, "a day at least"),
            unless(
                period is not None and period.whole + days <= MOST_DAYS, "fifteen working days at the most"
            ),
            unless(not self.prolonged, Unsaid("prolonged before in this handling")),
        )

    def may_refuse_extension(self, who: str) -> str:
        return first_of(self._by(who, self.holder, HEAD), unless(self.wish is not None, "nobody asked"),
                        self._in(*IN_HAND),
                        unless(self.wish is not None and who != self.wish[0], "another person than who asked"))  # fmt: skip

    def may_withdraw(self, who: str) -> str:
        return first_of(unless(who == "writer", "only the writer"),
                        unless(self.state not in ENDED, f"not in {self.state}"))  # fmt: skip

    def _in_time(self) -> str:
        late = self.answered_on is not None and self.day > self.answered_on + timedelta(days=RATING_DAYS)
        return unless(not late, "a year after the answer at the most")

    def may_rate(self, who: str, solved: int) -> str:
        return first_of(unless(who == "writer", "only the writer"), self._in("answered"), self._in_time(),
                        unless(self.round not in self.marks, "each answer once"))  # fmt: skip

    def may_object(self, who: str) -> str:
        """One second handling by right, then the supervisors once; whether a bad mark must come first no rule says."""
        return first_of(unless(who == "writer", "only the writer"), self._in("answered"), self._in_time(),
                        unless(not self.watched, "the supervisors have it"),
                        unless(self.marks.get(self.round, 5) <= 2, Unsaid("no bad mark before")))  # fmt: skip

    def may_conclude(self, who: str) -> str:
        """A supervisor, not one who works in the unit."""
        return first_of(
            unless(self.staff.supervises(who, self.day) and who != self.writer, "supervisors only"),
            unless(self.watched == "open", "nothing to conclude"),
            unless(not self.staff.serves(who, self.main, self.day), "not about the own unit"),
        )

    def may_propose_release(self, who: str) -> str:
        undecided = self.copy is not None and self.copy.state in ("proposed", "cleared", "published")
        return first_of(self._by(who, self.holder, CLERK), self._in("answered"),
                        unless(not self.confidential and self.kind != "report", "never public"),
                        unless(not undecided, "there is a copy"), self._staffed(SECRECY, PUBLISHER))  # fmt: skip

    def _staffed(self, *roles: str) -> str:
        """Nothing is sent to a review for which nobody is appointed."""
        wrote = self.wrote if REVIEWER in roles else set()
        empty = [role for role in roles if not self.staff.holders(self.holder, role, self.day) - wrote]
        return unless(not empty, f"the unit has no {', '.join(empty)} but who wrote")

    def _copy_in(self, *states: str) -> str:
        return unless(self.copy is not None and self.copy.state in states, "no such copy")

    def _other_hand(self, who: str) -> str:
        return unless(self.copy is None or who not in self.copy.hands, "another person")

    def may_clear_release(self, who: str) -> str:
        return first_of(self._by(who, self.holder, SECRECY), self._in("answered"), self._copy_in("proposed"),
                        self._other_hand(who))  # fmt: skip

    def may_release(self, who: str) -> str:
        return first_of(self._by(who, self.holder, PUBLISHER), self._in("answered"), self._copy_in("cleared"),
                        self._other_hand(who))  # fmt: skip

    def may_reject_release(self, who: str) -> str:
        return first_of(self._by(who, self.holder, SECRECY, PUBLISHER), self._in("answered"),
                        self._copy_in("proposed", "cleared"))  # fmt: skip

    def may_retract_release(self, who: str) -> str:
        """At once and in every state (制度第十三条三), by who published or the head of that unit."""
        unit = self.copy.unit if self.copy else self.holder
        return first_of(self._by(who, unit, PUBLISHER, HEAD), self._copy_in("published"))
