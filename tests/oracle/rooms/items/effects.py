"""What each step of an item does, and who is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from tests.oracle.rooms.items.facts import AT_WORK, DAYS, HIGHER, LED, OWN_DAYS, Version
from tests.oracle.rooms.items.lawful import Lawful
from tests.oracle.rooms.staff import (
    CLERK,
    HEAD,
    HOUSING,
    OFFICE,
    PEOPLE,
    PUBLISHER,
    REVIEWER,
    SECRECY,
)
from tests.oracle.rooms.terms import Step, Told, day_of


class Effects(Lawful):
    """What each step does."""

    def take(self, step: Step) -> None:
        """The step is taken."""
        self.told = Told(may=self.staff.of_unit(HOUSING, self.day))
        does: Callable[..., None] = getattr(self, f"do_{step.verb}")
        does(step.who, **step.facts)

    def _next(self, state: str, role: str = "", unit: str = HOUSING) -> None:
        """The next state; whoever holds that office goes on with it and is told."""
        self.state = state
        named = self.staff.holders(unit, role, self.day) if role else frozenset()
        self.told = Told(self.told.must | named, self.told.may)

    def do_appointment(self, who: str, person: str, unit: str, role: str, runs: bool) -> None:
        self.staff.end(person, unit, role, None if runs else self.day - timedelta(days=1))
        self.told = Told(may=frozenset(PEOPLE))

    def do_edit_item(self, who: str, column: str) -> None:
        self.texts += 1
        self.text, self.column = self.texts, column
        self.wrote.add(who)
        self.hands.clear()
        self._next("drafting")

    def do_submit_item(self, who: str) -> None:
        self.submitter, self.hands = who, {who}
        self._next("reviewing", REVIEWER)

    def do_recall_item(self, who: str) -> None:
        self.hands.clear()
        self._next("drafting")

    def do_return_item(self, who: str) -> None:
        self.hands.clear()
        self._next("drafting", CLERK)
        self.told = Told(self.told.must, self.told.may | self.staff.of_unit(OFFICE, self.day))

    def do_review_item(self, who: str) -> None:
        self.hands.add(who)
        self._next("clearing", SECRECY)

    def do_clear_item(self, who: str) -> None:
        self.hands.add(who)
        self._next(*(("leading", HEAD) if self.route in LED else ("approved", PUBLISHER)))

    def do_approve_item(self, who: str) -> None:
        self.hands.add(who)
        if self.route in HIGHER:
            self._next("higher", HEAD, OFFICE)
            self.told = Told(self.told.must, self.told.may | self.staff.of_unit(OFFICE, self.day))
        else:
            self._next("approved", PUBLISHER)

    def do_approve_higher(self, who: str) -> None:
        self.hands.add(who)
        self._next("approved", PUBLISHER)

    def do_publish_item(self, who: str, publish_at: datetime | None) -> None:
        self._out(max(publish_at or self.now, self.now))
        self._next("published")
        self._text_is_out()

    def _text_is_out(self) -> None:
        self.earlier |= self.wrote
        self.wrote, self.hands = set(), set()

    def do_publish_urgently(self, who: str) -> None:
        self._out(self.now)
        self.after, self.after_hands = set(), set()
        self.hands = {who}
        self._next("urgent")
        named = self.staff.holders(HOUSING, REVIEWER, self.day) | self.staff.holders(
            HOUSING, SECRECY, self.day
        )
        self.told = Told(named, self.told.may)

    def do_review_after(self, who: str) -> None:
        open_ = [role for role in (REVIEWER, SECRECY) if role not in self.after and not self._by(who, role)]
        self.after.add(open_[0])
        self.after_hands.add(who)
        if len(self.after) > 1:
            self._next("published")
            self._text_is_out()

    def _out(self, moment: datetime) -> None:
        for one in self.waiting():
            one.gone = self.now
        self.versions.append(Version(self.text, self.column, moment))
        on = day_of(moment)
        self.judged.append((on, on > self._last_day()))
        self.life.append((on, False, self.again))

    def _last_day(self) -> date:
        """The city's three days from the making or the change; they end before the law's twenty."""
        return DAYS.after(self.counts_from or self.made_on, OWN_DAYS)

    def do_revise(self, who: str) -> None:
        """What everyone reads has changed; or what nobody has read yet is called back, as if it had not been published."""
        if self.shown() is None:
            self._as_if_never_out()
        else:
            self._stop_waiting()
            self.again, self.counts_from = True, self.day
            if not self.life[-1][1]:  # else the handling goes on that was to end with what has been stopped
                self.life.append((self.day, True, True))
        self._next("drafting")

    def _stop_waiting(self) -> None:
        """What waits for its time is stopped; then it has not ended on that day."""
        for one in self.waiting():
            one.gone = self.now
            self.life = [row for row in self.life if row[0] <= self.day]
            self.judged = [row for row in self.judged if row[0] <= self.day]

    def _as_if_never_out(self) -> None:
        self._stop_waiting()
        self.wrote |= self.earlier

    def do_give_up_revision(self, who: str) -> None:
        shown = self.shown()
        assert shown is not None
        self.text, self.column = shown.text, shown.column
        self._end(as_answer=None)
        self._next("published")
        self._text_is_out()

    def do_reopen_item(self, who: str) -> None:
        """What was never out goes on with the days that ran before: those of the making, or of a change."""
        self.again, self.counts_from = True, self.day if self.ever_out else self.counts_from
        self.unsaid_lines = (
            self.unsaid_lines or not self.ever_out
        )  # the same handling or a second one: no rule says
        self.life.append((self.day, True, True))
        self._next("drafting")

    def do_withdraw_item(self, who: str) -> None:
        at_work = self.state in AT_WORK
        if self.shown() is None:
            self._as_if_never_out()
        self._stop_waiting()
        for one in self.versions:
            one.gone = one.gone or self.now
        if at_work or self.life[-1][1]:
            self._end(as_answer=None)
        self._next("withdrawn")

    def do_set_validity(self, who: str) -> None:
        self.validity = "repealed"

    def do_drop_item(self, who: str) -> None:
        self._end(as_answer=False)
        self._next("dropped", CLERK)
        self.told = Told(may=self.told.may | self.told.must)

    def do_discard_item(self, who: str) -> None:
        self._end(as_answer=False)
        self._next("discarded")

    def _end(self, as_answer: bool | None) -> None:
        """It ends without publication; whether a second handling that is given up was in time no rule says."""
        self.unsaid_figures = self.unsaid_figures or as_answer is None
        if self.day > self._last_day():
            self.judged.append((self.day, True))
        self.life.append((self.day, False, self.again))
