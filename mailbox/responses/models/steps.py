"""The steps of a public response."""

from __future__ import annotations

from datetime import date, datetime

from mailbox.responses.choices import BASIS, State
from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import YUXI_SITES
from portal.units.choices import Role

DESK = f"{YUXI_SITES}第五条、第六条"
FOUR_EYES = "拟稿、审核、保密审查、签发须由不同人员办理，您已参与本轮其他环节。"


class ResponseSteps:
    """Mixed into the response."""

    unit_id: int
    published_at: datetime | None
    cancel_reason: str
    outcome: str
    due_on: date | None

    @step(source=State.NEW, target=State.ORDERED, label="交办公开回应", basis=BASIS, by=(Role.CLERK,))
    def order_response(
        self, *, actor: Actor, at: datetime, unit_id: int, today: date, days: int, letters: list[str]
    ) -> StepFacts:
        """The mailbox office asks a unit to answer everyone about a matter that many write about."""
        self.unit_id = unit_id
        start = ClockFact(FactKind.START, today, days, reason="公开回应", basis=BASIS)
        return StepFacts(public={"letters": letters}, clock=(start,))

    @step(
        source=(State.ORDERED, State.DRAFTED),
        target=State.DRAFTED,
        label="起草回应",
        basis=BASIS,
        by=(Role.CLERK,),
    )
    def draft_response(self, *, actor: Actor, at: datetime, content_sha256: str) -> StepFacts:
        """A clerk of the unit writes it, or writes it anew."""
        return StepFacts(public={"content_sha256": content_sha256})

    @step(source=State.DRAFTED, target=State.REVIEWING, label="送审", basis=DESK, by=(Role.CLERK,))
    def submit_response(self, *, actor: Actor, at: datetime, content_sha256: str) -> StepFacts:
        """To review."""
        return StepFacts(public={"content_sha256": content_sha256})

    @step(source=State.REVIEWING, target=State.CLEARING, label="审核通过", basis=DESK, by=(Role.REVIEWER,))
    def review_response(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """Another person of the unit agrees."""
        return self._agreed(actor, signers, content_sha256)

    @step(
        source=State.CLEARING,
        target=State.APPROVING,
        label="保密审查通过",
        basis=DESK,
        by=(Role.SECRECY_REVIEWER,),
    )
    def clear_response(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The secrecy reviewer finds nothing against it."""
        return self._agreed(actor, signers, content_sha256)

    @step(source=State.APPROVING, target=State.PUBLISHED, label="签发公开", basis=BASIS, by=(Role.APPROVER,))
    def publish_response(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str, today: date
    ) -> StepFacts:
        """The leader signs: everyone may read it, the clock stops."""
        agreed = self._agreed(actor, signers, content_sha256)
        self.published_at, self.outcome = at, "published"
        late = self.due_on is not None and today > self.due_on
        stop = ClockFact(FactKind.STOP, today, reason="公开回应", basis=BASIS)
        return StepFacts(public={**agreed.public, "late": late}, clock=(stop,))

    @step(
        source=(State.REVIEWING, State.CLEARING, State.APPROVING),
        target=State.DRAFTED,
        label="退回修改",
        basis=DESK,
        by=(Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER),
    )
    def return_response(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], comment: str
    ) -> StepFacts:
        """Whoever reviews sends it back, saying why."""
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        if not comment.strip():
            raise InvalidInput("请写明退回理由", "comment")
        return StepFacts(private=comment.strip())

    @step(
        source=(State.ORDERED, State.DRAFTED, State.REVIEWING, State.CLEARING, State.APPROVING),
        target=State.CANCELLED,
        label="取消",
        basis=BASIS,
        by=(Role.APPROVER,),
    )
    def cancel_response(self, *, actor: Actor, at: datetime, reason: str, today: date) -> StepFacts:
        """The unit's leader says why no public response is needed."""
        if not reason.strip():
            raise InvalidInput("请写明理由", "reason")
        self.cancel_reason, self.outcome = reason.strip(), "cancelled"
        stop = ClockFact(FactKind.STOP, today, reason="取消", basis=BASIS)
        return StepFacts(public={"reason": reason.strip()}, clock=(stop,))

    def _agreed(self, actor: Actor, signers: frozenset[int], content_sha256: str) -> StepFacts:
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        return StepFacts(public={"content_sha256": content_sha256})
