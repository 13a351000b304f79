"""The step of a writer who takes the letter back."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from mailbox.choices import OPEN_STATES, State
from portal.cases.internal import InternalTerm
from portal.cases.transitions import APPLICANT, PARTY, StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind


class WithdrawSteps(InternalTerm):
    """Mixed into the letter."""

    outcome: str
    clock_from: date | None
    leader_id: int | None
    merged_from: str

    @step(
        source=OPEN_STATES,
        target=State.WITHDRAWN,
        label="撤回来信",
        basis="来信人自愿",
        by=(APPLICANT, PARTY),
    )
    def withdraw(self, *, actor: Actor, at: datetime, reason: str = "") -> StepFacts:
        """The writer takes the letter back before the answer; the clock stops, and it leaves its leading letter."""
        self.outcome = "withdrawn"
        self.leader_id, self.merged_from = None, ""
        self.clear_internal()
        stop = ClockFact(FactKind.STOP, timezone.localdate(at), reason="来信人撤回")
        clock = (stop,) if self.clock_from is not None else ()
        return StepFacts(clock=clock, private=reason.strip())
