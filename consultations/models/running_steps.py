"""The steps while comments are taken: looked through, prolonged, closed, cancelled."""

from __future__ import annotations

from datetime import date, datetime

from consultations.choices import BEFORE_ANNOUNCED, DECISIONS, PUBLIC_STATES, State
from consultations.models.desk_steps import BASIS
from consultations.rules import Period
from portal.cases.transitions import SYSTEM, StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput, StepRefused
from portal.units.choices import Role

TAKING = (State.ANNOUNCED, State.CLOSED)
IN_FEEDBACK = (State.FEEDBACK_REVIEWING, State.FEEDBACK_CLEARING, State.FEEDBACK_APPROVING)


class RunningSteps:
    """Mixed into the consultation. A comment is not a step of it, what staff do with comments is."""

    closes_on: date
    extended_reason: str
    cancel_reason: str
    outcome: str

    @step(source=TAKING, target=None, label="登记意见", basis=BASIS, by=(Role.CLERK,))
    def enter_comment(self, *, actor: Actor, at: datetime, number: int, channel: str) -> StepFacts:
        """A clerk enters a comment that came by post, mail, telephone or in a meeting."""
        return StepFacts(public={"comment": number, "channel": channel})

    @step(source=PUBLIC_STATES, target=None, label="审核意见", basis=BASIS, by=(Role.CLERK, Role.REVIEWER))
    def moderate(
        self, *, actor: Actor, at: datetime, numbers: list[int], decision: str, reason: str
    ) -> StepFacts:
        """Comments are looked at: shown, hidden or removed; the last two with a reason."""
        return StepFacts(public={"comments": numbers, "decision": decision, "reason": reason})

    @step(
        source=State.ANNOUNCED, target=State.ANNOUNCED, label="延长征集期", basis=BASIS, by=(Role.APPROVER,)
    )
    def prolong(self, *, actor: Actor, at: datetime, closes_on: date, reason: str, today: date) -> StepFacts:
        """A later last day, with a reason that is shown."""
        if today > self.closes_on:
            raise StepRefused("征集期已经结束，不能延长。")
        if closes_on <= self.closes_on:
            raise InvalidInput("新的截止日须晚于现在的截止日", "closes_on")
        if not reason.strip():
            raise InvalidInput("请写明延长的理由，理由将在征集页面公布", "reason")
        before, self.closes_on, self.extended_reason = self.closes_on, closes_on, reason.strip()
        return StepFacts(public={"from": before, "to": closes_on, "reason": reason.strip()})

    @step(source=State.ANNOUNCED, target=State.CLOSED, label="征集结束", basis=BASIS, by=(SYSTEM, Role.CLERK))
    def close(
        self, *, actor: Actor, at: datetime, today: date, feedback: Period, comments: int, digest: str
    ) -> StepFacts:
        """The last day has passed: the comments are counted and sealed, the clock to the feedback starts.

        The record names the day on which the period ended, which is not the day on which the job ran.
        """
        if today <= self.closes_on:
            raise StepRefused("征集期还没有结束。")
        start = feedback.clock_from(self.closes_on, reason="反馈采纳情况", basis=DECISIONS)
        return StepFacts(
            public={"comments": comments, "digest": digest, "ended_on": self.closes_on}, clock=(start,)
        )

    @step(
        source=(*BEFORE_ANNOUNCED, State.ANNOUNCED, State.CLOSED, *IN_FEEDBACK),
        target=State.CANCELLED,
        label="终止征集",
        basis=BASIS,
        by=(Role.APPROVER,),
    )
    def cancel(self, *, actor: Actor, at: datetime, reason: str, started: bool, today: date) -> StepFacts:
        """The leader ends it without a result; the reason stays on the page."""
        if not reason.strip():
            raise InvalidInput("请写明终止的理由，理由将在征集页面公布", "reason")
        self.cancel_reason, self.outcome = reason.strip(), "cancelled"
        stop = ClockFact(FactKind.STOP, today, reason="终止征集", basis=BASIS)
        return StepFacts(public={"reason": reason.strip()}, clock=(stop,) if started else ())
