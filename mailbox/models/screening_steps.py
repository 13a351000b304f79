"""The steps of the mailbox office's first look: accepted, not accepted, told another way."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from mailbox.choices import PRACTICE, Complexity, DeclineReason, State
from portal.cases.internal import InternalTerm
from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput
from portal.units.choices import Role

SCREENING = "审核交办"


class ScreeningSteps(InternalTerm):
    """Mixed into the letter."""

    outcome: str
    complexity: str
    urgent: bool
    term_days: int
    clock_from: date | None
    decline_reason: str
    decline_note: str

    @step(
        source=State.SUBMITTED,
        target=State.ACCEPTED,
        label="受理",
        basis=PRACTICE,
        by=(Role.CLERK,),
    )
    def accept(
        self, *, actor: Actor, at: datetime, complexity: str, urgent: bool, days: int, source: str
    ) -> StepFacts:
        """A matter for the city: the reply period of `days` working days counts from today.

        The day by which the letter is to be with a unit stays as it was on submission.
        """
        if complexity not in Complexity.values:
            raise InvalidInput("请选择简单事项或者复杂事项", "complexity")
        today = timezone.localdate(at)
        self.complexity, self.urgent, self.term_days, self.clock_from = complexity, urgent, days, today
        start = ClockFact(FactKind.START, today, days, reason="受理来信", basis=source)
        return StepFacts(public={"complexity": complexity, "urgent": urgent, "days": days}, clock=(start,))

    @step(
        source=(State.SUBMITTED, State.RETURNED),
        target=State.DECLINED,
        label="不予受理",
        basis=PRACTICE,
        by=(Role.CLERK,),
    )
    def decline(self, *, actor: Actor, at: datetime, reason: str, note: str) -> StepFacts:
        """Not a matter for this letter box, for a reason from the closed list."""
        if reason not in DeclineReason.values:
            raise InvalidInput("请选择不予受理的情形", "reason")
        if not note.strip():
            raise InvalidInput("请写明具体情况，将告知来信人", "note")
        return self._not_handled("declined", reason, note, at)

    @step(
        source=(State.SUBMITTED, State.RETURNED),
        target=State.HANDED_OVER,
        label="告知通过依申请公开提出",
        basis="《中华人民共和国政府信息公开条例》第二十七条、第二十九条",
        by=(Role.CLERK,),
    )
    def hand_over(self, *, actor: Actor, at: datetime, note: str) -> StepFacts:
        """A request for government information: it has its own procedure, and the writer is shown the way."""
        return self._not_handled("handed_over", DeclineReason.DISCLOSURE, note, at)

    def _not_handled(self, outcome: str, reason: str, note: str, at: datetime) -> StepFacts:
        self.outcome, self.decline_reason, self.decline_note = outcome, reason, note.strip()
        self.clear_internal()
        stop = ClockFact(FactKind.STOP, timezone.localdate(at), reason=DeclineReason(reason).label)
        clock = (stop,) if self.clock_from is not None else ()
        return StepFacts(public={"reason": DeclineReason(reason).label}, clock=clock)
