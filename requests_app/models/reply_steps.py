"""The steps of the reply: drafted, reviewed by three other people, issued."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import REGULATION, YUXI_SITES
from portal.units.choices import Role
from requests_app.choices import ReplyKind, State

FOUR_EYES = "拟稿、审核、保密审查、签发须由不同人员办理，您已参与本轮其他环节。"


def signed(actor: Actor, signers: frozenset[int], content_sha256: str) -> StepFacts:
    """One person's agreement to a text. Raises StepRefused for somebody who has signed the round already."""
    if actor.account_id in signers:
        raise StepRefused(FOUR_EYES)
    return StepFacts(public={"content_sha256": content_sha256})


class ReplySteps:
    """Mixed into the request; a text is bound to its digest from the moment it is submitted."""

    outcome: str
    due_on: date | None

    @step(
        source=State.HANDLING,
        target=None,
        label="拟写答复",
        basis=f"{REGULATION}第三十六条",
        by=(Role.CLERK,),
    )
    def draft_reply(self, *, actor: Actor, at: datetime, reply_kind: str, content_sha256: str) -> StepFacts:
        """A clerk writes the reply, or writes it anew."""
        return StepFacts(public={"reply_kind": reply_kind, "content_sha256": content_sha256})

    @step(
        source=State.HANDLING,
        target=State.REVIEWING,
        label="送审",
        basis=f"{YUXI_SITES}第六条",
        by=(Role.CLERK,),
    )
    def submit_reply(self, *, actor: Actor, at: datetime, content_sha256: str) -> StepFacts:
        """The draft goes to review, bound to its digest."""
        return StepFacts(public={"content_sha256": content_sha256})

    @step(
        source=State.REVIEWING,
        target=State.CLEARING,
        label="审核通过",
        basis=f"{YUXI_SITES}第六条",
        by=(Role.REVIEWER,),
    )
    def review_reply(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The legal review agrees."""
        return signed(actor, signers, content_sha256)

    @step(
        source=State.CLEARING,
        target=State.SIGNING,
        label="保密审查通过",
        basis=f"{REGULATION}第十七条",
        by=(Role.SECRECY_REVIEWER,),
    )
    def clear_reply(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The secrecy review agrees."""
        return signed(actor, signers, content_sha256)

    @step(
        source=State.SIGNING,
        target=State.SIGNED,
        label="签发",
        basis=f"{YUXI_SITES}第六条",
        by=(Role.APPROVER,),
    )
    def sign_reply(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The leader in charge signs."""
        return signed(actor, signers, content_sha256)

    @step(
        source=(State.REVIEWING, State.CLEARING, State.SIGNING),
        target=State.HANDLING,
        label="退回修改",
        basis=f"{YUXI_SITES}第六条",
        by=(Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER),
    )
    def return_reply(self, *, actor: Actor, at: datetime, signers: frozenset[int], comment: str) -> StepFacts:
        """Whoever reviews sends the draft back, saying why."""
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        if not comment.strip():
            raise InvalidInput("请写明退回理由", "comment")
        return StepFacts(private=comment.strip())

    @step(
        source=State.SIGNED,
        target=State.ANSWERED,
        label="答复",
        basis=f"{REGULATION}第三十三条、第三十六条",
        by=(Role.CLERK, Role.PUBLISHER),
    )
    def reply(self, *, actor: Actor, at: datetime, reply_kind: str, content_sha256: str) -> StepFacts:
        """The reply is issued as a numbered document and goes out; the clock stops."""
        self.outcome = reply_kind
        answered_on = timezone.localdate(at)
        stop = ClockFact(FactKind.STOP, answered_on, reason="答复", basis=f"{REGULATION}第三十三条")
        late = self.due_on is not None and answered_on > self.due_on
        public = {
            "reply_kind": reply_kind,
            "reply_kind_label": ReplyKind(reply_kind).label,
            "content_sha256": content_sha256,
            "late": late,
        }
        return StepFacts(public=public, clock=(stop,))
