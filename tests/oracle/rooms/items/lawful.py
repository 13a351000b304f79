"""When each step of an item is lawful (办法第三、五、六、九条; 制度第十、十三条)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.oracle.model.people import all_different
from tests.oracle.rooms.items.facts import AT_WORK, HIGHER, IN_REVIEW, LED, Facts
from tests.oracle.rooms.staff import (
    CLERK,
    HEAD,
    HOUSING,
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

    def _by(self, who: str, *roles: str, unit: str = HOUSING) -> str:
        holds = any(self.staff.has(who, unit, role, self.day) for role in roles)
        return unless(holds, f"{' or '.join(roles)} of {unit} only")

    def _in(self, *states: str) -> str:
        return unless(self.state in states, f"not in {self.state}")

    def _fresh(self, who: str) -> str:
        """Another person than everybody who wrote this text or signed it (办法第五条、第六条)."""
        return first_of(unless(who not in self.wrote | self.hands, "another person than who wrote or signed"),
                        unless(who not in self.earlier, Unsaid("wrote an earlier version")))  # fmt: skip

    def may_appointment(self, who: str, **facts: Any) -> str:
        return ""

    def may_edit_item(self, who: str, column: str) -> str:
        return first_of(self._by(who, CLERK), self._in("drafting", "approved"))

    def may_submit_item(self, who: str) -> str:
        roles = (REVIEWER, SECRECY, HEAD) if self.route in LED else (REVIEWER, SECRECY)
        barred = self.wrote | {who}
        free = [self.staff.holders(HOUSING, role, self.day) - barred for role in roles]
        old = [people - self.earlier for people in free]
        publishes = self.staff.holders(HOUSING, PUBLISHER, self.day)
        higher = self.route not in HIGHER or self.staff.holders(OFFICE, HEAD, self.day)
        staffed = bool(publishes) and bool(higher) and all_different(free)
        return first_of(self._by(who, CLERK), self._in("drafting"),
                        unless(staffed, "nobody is appointed for a step that follows"),
                        unless(all_different(old), Unsaid("only who wrote an earlier version")))  # fmt: skip

    def may_recall_item(self, who: str) -> str:
        return first_of(self._by(who, CLERK), self._in(*IN_REVIEW),
                        unless(who == self.submitter, Unsaid("another clerk calls it back")))  # fmt: skip

    def may_review_item(self, who: str) -> str:
        return first_of(self._by(who, REVIEWER), self._in("reviewing"), self._fresh(who))

    def may_clear_item(self, who: str) -> str:
        return first_of(self._by(who, SECRECY), self._in("clearing"), self._fresh(who))

    def may_approve_item(self, who: str) -> str:
        return first_of(self._by(who, HEAD), self._in("leading"), self._fresh(who))

    def may_approve_higher(self, who: str) -> str:
        return first_of(self._by(who, HEAD, unit=OFFICE), self._in("higher"), self._fresh(who))

    def may_return_item(self, who: str) -> str:
        unit, role = {"reviewing": (HOUSING, REVIEWER), "clearing": (HOUSING, SECRECY), "leading": (HOUSING, HEAD)}.get(
            self.state, (OFFICE, HEAD))  # fmt: skip
        others = self._by(who, REVIEWER, SECRECY, HEAD)
        own = self._by(who, role, unit=unit)
        return first_of(self._in(*IN_REVIEW), own and (others or Unsaid("not that one's turn")),
                        unless(not self._fresh(who), Unsaid("who wrote sends it back")))  # fmt: skip

    def may_publish_item(self, who: str, publish_at: datetime | None) -> str:
        mine = who in self.wrote | self.hands
        late = publish_at is not None and publish_at <= self.now
        return first_of(self._by(who, PUBLISHER), self._in("approved"),
                        unless(not mine, Unsaid("who wrote or signed publishes")),
                        unless(not late, Unsaid("a time that is over")))  # fmt: skip

    def may_publish_urgently(self, who: str) -> str:
        """Only emergencies (办法第九条), by a leader."""
        return first_of(self._by(who, HEAD), self._in("drafting", "reviewing", "clearing", "leading"),
                        unless(self.route == "emergency", "emergencies only"),
                        unless(who not in self.wrote | self.hands, Unsaid("the leader wrote or signed")),
                        unless(self._staffed_after(), Unsaid("nobody for the review afterwards")))  # fmt: skip

    def _staffed_after(self) -> bool:
        return all(self.staff.holders(HOUSING, role, self.day) for role in (REVIEWER, SECRECY))

    def may_review_after(self, who: str) -> str:
        """A reviewer and a secrecy reviewer, two persons who wrote none of it."""
        open_ = [role for role in (REVIEWER, SECRECY) if role not in self.after and not self._by(who, role)]
        return first_of(self._by(who, REVIEWER, SECRECY), self._in("urgent"), unless(bool(open_), "done by that office"),
                        unless(who not in self.wrote | self.after_hands, "another person than who wrote or signed"),
                        unless(who not in self.hands, Unsaid("published it")),
                        unless(who not in self.earlier, Unsaid("wrote an earlier version")))  # fmt: skip

    def may_revise(self, who: str) -> str:
        return first_of(self._by(who, CLERK), self._in("published"))

    def may_give_up_revision(self, who: str) -> str:
        return first_of(
            self._by(who, CLERK), self._in("drafting"), unless(self.shown() is not None, "nothing is out")
        )

    def may_reopen_item(self, who: str) -> str:
        return first_of(self._by(who, CLERK), self._in("withdrawn"))

    def may_withdraw_item(self, who: str) -> str:
        """At once, in every state in which anything is out or will be (制度第十三条三)."""
        live = self.shown() is not None or bool(self.waiting())
        return first_of(self._by(who, PUBLISHER, HEAD), self._in(*AT_WORK, "urgent", "published"),
                        unless(live, "nothing is out"))  # fmt: skip

    def may_set_validity(self, who: str) -> str:
        return first_of(self._by(who, PUBLISHER), self._in(*AT_WORK, "urgent", "published"),
                        unless(self.shown() is not None, Unsaid("nothing is out")))  # fmt: skip

    def may_drop_item(self, who: str) -> str:
        return first_of(self._by(who, HEAD), self._in(*AT_WORK),
                        unless(self.shown() is None, Unsaid("something is out")),
                        unless(who not in self.wrote, Unsaid("wrote it")))  # fmt: skip

    def may_discard_item(self, who: str) -> str:
        return first_of(self._by(who, CLERK), self._in("drafting"), unless(not self.ever_out, "it was public"),
                        unless(not self.versions, Unsaid("a version waited")))  # fmt: skip
