"""What each step of a letter does, and who is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.oracle.model.counting import Period, Still
from tests.oracle.rooms.letters.facts import ANSWER_DAYS, DAYS, OPEN_AFTER_ACCEPTANCE, Copy
from tests.oracle.rooms.letters.lawful import Lawful
from tests.oracle.rooms.staff import (
    CLERK,
    HEAD,
    OFFICE,
    PEOPLE,
    REVIEWER,
)
from tests.oracle.rooms.terms import Step, Told


class Effects(Lawful):
    """What each step does."""

    def take(self, step: Step) -> None:
        """The step is taken."""
        self.told = Told()
        does: Callable[..., None] = getattr(self, f"do_{step.verb}")
        does(step.who, **step.facts)
        self._live()

    def _tell(self, *must: str, unit: str = "", role: str = "", may: str = "") -> None:
        """The writer, the holders of an office; everybody else of that unit, or of another one, may be told."""
        day, own = self.day, frozenset({self.writer})
        named = self.staff.holders(unit, role, day) - own if role else frozenset()
        others = (self.staff.of_unit(unit, day) | self.staff.of_unit(may, day)) - own
        self.told = Told(self.told.must | frozenset(must) | named, self.told.may | others)

    def do_appointment(self, who: str, person: str, unit: str, role: str, runs: bool) -> None:
        self.staff.end(person, unit, role, None if runs else self.day - timedelta(days=1))
        self.told = Told(may=frozenset(PEOPLE))

    def do_accept(self, who: str, complexity: str) -> None:
        self.state, self.complexity = "accepted", complexity
        self.period = Period(self.day, ANSWER_DAYS[complexity])
        self.papers.append("acceptance")
        self._tell("writer", may=OFFICE)

    def do_decline(self, who: str, reason: str) -> None:
        self._close("declined")
        self.papers.append("refusal")
        self._tell("writer", may=OFFICE)

    def do_hand_over(self, who: str) -> None:
        self._close("handed_over")
        self.papers, self.told = ["anything"], Told(may=frozenset({"writer", *PEOPLE}))

    def do_assign(self, who: str, unit: str) -> None:
        self.state, self.holder, self.main, self.given_on = "assigned", unit, unit, self.day
        self._tell("writer", unit=unit, role=CLERK)

    def do_rule_unit(self, who: str, unit: str) -> None:
        self.ruled = True
        self.do_assign(who, unit)

    def do_sign_for(self, who: str) -> None:
        self.state = "handling"
        self._tell(unit=OFFICE, may=self.holder)

    def do_return_letter(self, who: str) -> None:
        self._tell(unit=OFFICE, role=CLERK, may=self.holder)
        self._helpers_may()
        self.state, self.holder, self.main, self.returns = "returned", OFFICE, "", self.returns + 1
        self.helpers.clear()

    def _helpers_may(self) -> None:
        for unit in self.helpers:
            self._tell(may=unit)

    def do_ask_assistance(self, who: str, unit: str) -> None:
        self.helpers[unit] = "asked"
        self._tell(unit=unit, role=CLERK)

    def do_contribute(self, who: str, unit: str) -> None:
        self.helpers[unit] = "given"
        self._tell(unit=self.holder, role=CLERK, may=unit)

    def do_cancel_assistance(self, who: str, unit: str) -> None:
        del self.helpers[unit]
        self._tell(unit=unit, may=self.holder)

    def do_ask_supplement(self, who: str, answer_by: date) -> None:
        self.state, self.wait_until, self.waits = "awaiting_supplement", answer_by, self.waits + 1
        self.still.append(Still(self.day, answer_by))
        self._tell("writer", may=self.holder)

    def do_supplement(self, who: str) -> None:
        self._go_on()
        self._tell(
            *([] if who == "writer" else ["writer"]), unit=self.holder, role=CLERK if who == "writer" else ""
        )
        self.told = Told(self.told.must - {"writer"}, self.told.may | {"writer"})

    def do_continue_without(self, who: str) -> None:
        self._go_on()
        self.told = Told(may=frozenset({"writer"}) | self.staff.of_unit(self.holder, self.day))

    def _go_on(self) -> None:
        last = self.still[-1]
        self.still[-1] = Still(last.first, min(last.last, self.day))
        self.state, self.wait_until = "handling", None

    def do_draft_reply(self, who: str) -> None:
        self.state, self.last_wrote = "drafted", who
        self.wrote.add(who)

    def do_submit_reply(self, who: str) -> None:
        self.state, self.hands = "reviewing", {who}
        self._tell(unit=self.holder, role=REVIEWER)

    def do_review_reply(self, who: str) -> None:
        self.state = "signing"
        self.hands.add(who)
        self._tell(unit=self.holder, role=HEAD)

    def do_sign_reply(self, who: str) -> None:
        self._tell(unit=OFFICE, role=CLERK, may=self.holder)
        self.state, self.holder = "checking", OFFICE
        self.hands.add(who)

    def do_return_reply(self, who: str) -> None:
        self.state, self.hands = "handling", set()
        self._tell(unit=self.holder, role=CLERK)

    def do_return_check(self, who: str) -> None:
        self.state, self.holder, self.hands = "handling", self.main, set()
        self._tell(unit=self.main, role=CLERK, may=OFFICE)

    def do_answer(self, who: str) -> None:
        self._close("answered")
        self.holder, self.answered_on, self.wish = self.main, self.day, None
        self.papers.append("answer")
        if self.copy is not None and self.round > 1 and self.copy.state == "published":
            self.copy.state = "retracted"
        self._tell("writer", unit=self.main, may=OFFICE)
        self._helpers_may()
        self.helpers = {unit: state for unit, state in self.helpers.items() if state == "given"}

    def do_request_extension(self, who: str, days: int) -> None:
        self.wish = (who, days)
        self._tell(unit=self.holder, role=HEAD)

    def do_extend(self, who: str) -> None:
        assert self.period is not None and self.wish is not None
        self.period.extended += self.wish[1]
        self.wish, self.prolonged = None, True
        self.papers.append("extension")
        self._tell("writer", unit=self.holder, role=CLERK)

    def do_refuse_extension(self, who: str) -> None:
        self.wish = None
        self._tell(unit=self.holder, role=CLERK)

    def do_withdraw(self, who: str) -> None:
        self._tell(may=OFFICE, unit=self.holder)
        self._tell(unit=self.main) if self.main else None
        self._helpers_may()
        self.told = Told(self.told.must, self.told.may | {"writer"})
        self._close("withdrawn")
        self.helpers = {unit: state for unit, state in self.helpers.items() if state == "given"}
        self.wish = None

    def do_rate(self, who: str, solved: int) -> None:
        self.marks[self.round] = solved

    def do_object(self, who: str) -> None:
        if self.round > 1:
            self.watched = "open"
            everybody = self.staff.supervisors(self.day) | self.staff.of_unit(self.main, self.day)
            self.told = Told(may=everybody | self.staff.of_unit(OFFICE, self.day) | {"writer"})
            return
        self.round, self.state, self.answered_on = 2, "handling", None
        self.period = Period(self.day, ANSWER_DAYS[self.complexity])
        self.still, self.waits, self.prolonged, self.wrote, self.hands = [], 0, False, set(), set()
        if self.copy is not None and self.copy.state in ("proposed", "cleared"):
            self.copy.state = "rejected"
        self._tell("writer", unit=self.main, role=CLERK)

    def do_conclude(self, who: str) -> None:
        self.watched = "done"
        self._tell("writer", unit=self.main, may=OFFICE)

    def do_propose_release(self, who: str) -> None:
        self.copy = Copy("proposed", {who}, self.holder)
        self._tell(unit=self.holder)

    def do_clear_release(self, who: str) -> None:
        self._copied("cleared", who)

    def do_release(self, who: str) -> None:
        self._copied("published", who)

    def do_reject_release(self, who: str) -> None:
        self._copied("rejected", who)

    def do_retract_release(self, who: str) -> None:
        self._copied("retracted", who)

    def _copied(self, state: str, who: str) -> None:
        assert self.copy is not None
        self.copy.state = state
        self.copy.hands.add(who)
        self._tell(unit=self.copy.unit, may=OFFICE)

    def _close(self, state: str) -> None:
        """An answer and a refusal are judged by the last day; what the writer takes back only if it was late by then."""
        last = self.due()
        if last is not None and (state != "withdrawn" or self.day > last):
            self.judged.append(self.day > last)
        self.state = state

    # reminders ------------------------------------------------------------------------------------------

    def do_morning(self, who: str) -> None:
        """Each rung once for each due day, on working days; while the unit waits for the writer it is not reminded."""
        own = self.staff.of_unit(self.holder, self.day) | self.staff.of_unit(OFFICE, self.day)
        self.told = Told(may=own)
        last = self.due()
        if last is None or self.state not in OPEN_AFTER_ACCEPTANCE or not DAYS.works(self.day):
            return
        if self.wait_until is not None and self.day <= self.wait_until:
            return
        for rung in self._rungs(last):
            if (last, rung) not in self.reminded:
                self.reminded.add((last, rung))
                role = HEAD if rung == "five after" else CLERK
                self._tell(unit=self.holder, role=role)

    def _rungs(self, last: date) -> list[str]:
        if self.day > last:
            late = DAYS.between(last, self.day)
            return [name for name, least in (("one after", 1), ("five after", 5)) if late >= least]
        left = DAYS.between(self.day, last)
        return ["one before"] if left <= 1 else ["three before"] if left <= 3 else []
