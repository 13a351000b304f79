"""The steps of the feedback: every comment disposed of, the table reviewed, signed, published."""

from __future__ import annotations

from datetime import date, datetime

from consultations.choices import State
from consultations.models.desk_steps import BASIS, DESK, FOUR_EYES
from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput, StepRefused
from portal.units.choices import Role


class FeedbackSteps:
    """Mixed into the consultation."""

    feedback_summary: str
    fed_back_at: datetime | None
    due_on: date | None
    outcome: str

    @step(source=State.CLOSED, target=None, label="登记采纳情况", basis=BASIS, by=(Role.CLERK,))
    def dispose(self, *, actor: Actor, at: datetime, numbers: list[int], outcome: str) -> StepFacts:
        """Say what became of one comment or of many."""
        return StepFacts(public={"comments": numbers, "outcome": outcome})

    @step(
        source=State.CLOSED,
        target=State.FEEDBACK_REVIEWING,
        label="采纳情况送审",
        basis=DESK,
        by=(Role.CLERK,),
    )
    def submit_feedback(
        self, *, actor: Actor, at: datetime, summary: str, undisposed: int, problem: str, content_sha256: str
    ) -> StepFacts:
        """The table goes to review; not while a comment lacks a disposition or one points to a text that is superseded."""
        if undisposed:
            raise StepRefused(f"还有{undisposed}条意见没有登记采纳情况，不能送审。")
        if problem:
            raise StepRefused(problem)
        if not summary.strip():
            raise InvalidInput("请填写采纳情况综述", "summary")
        self.feedback_summary = summary.strip()
        return StepFacts(public={"content_sha256": content_sha256})

    @step(
        source=State.FEEDBACK_REVIEWING,
        target=State.FEEDBACK_CLEARING,
        label="采纳情况审核通过",
        basis=DESK,
        by=(Role.REVIEWER,),
    )
    def review_feedback(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """Another person of the unit agrees."""
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        return StepFacts(public={"content_sha256": content_sha256})

    @step(
        source=State.FEEDBACK_CLEARING,
        target=State.FEEDBACK_APPROVING,
        label="采纳情况保密审查通过",
        basis=DESK,
        by=(Role.SECRECY_REVIEWER,),
    )
    def clear_feedback(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The secrecy review finds nothing against the table and the revised text."""
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        return StepFacts(public={"content_sha256": content_sha256})

    @step(
        source=State.FEEDBACK_APPROVING,
        target=State.FED_BACK,
        label="公布采纳情况",
        basis=BASIS,
        by=(Role.APPROVER,),
    )
    def feed_back(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str, today: date
    ) -> StepFacts:
        """The leader signs; the table is public, the clock stops, every writer is told."""
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        self.fed_back_at, self.outcome = at, "fed_back"
        late = self.due_on is not None and today > self.due_on
        stop = ClockFact(FactKind.STOP, today, reason="公布采纳情况", basis=BASIS)
        return StepFacts(public={"content_sha256": content_sha256, "late": late}, clock=(stop,))

    @step(
        source=(State.FEEDBACK_REVIEWING, State.FEEDBACK_CLEARING, State.FEEDBACK_APPROVING),
        target=State.CLOSED,
        label="采纳情况退回修改",
        basis=DESK,
        by=(Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER),
    )
    def return_feedback(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], comment: str
    ) -> StepFacts:
        """Whoever reviews sends the table back, saying why."""
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        if not comment.strip():
            raise InvalidInput("请写明退回理由", "comment")
        return StepFacts(private=comment.strip())
