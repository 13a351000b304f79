"""The steps before anything is public: written, reviewed, cleared, signed."""

from __future__ import annotations

from datetime import date, datetime

from consultations.choices import DECISIONS, State
from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import YUXI_SITES
from portal.units.choices import Role

DESK = f"{YUXI_SITES}第五条、第六条"
BASIS = f"{DECISIONS}第十五条；{YUXI_SITES}第十三条"
FOUR_EYES = "拟稿、审核、保密审查、签发须由不同人员办理，您已参与本轮其他环节。"


class DeskSteps:
    """Mixed into the consultation; what is signed is bound to its digest."""

    announced_at: datetime | None
    opens_on: date
    closes_on: date

    @step(source=State.NEW, target=State.DRAFTING, label="建立意见征集", basis=BASIS, by=(Role.CLERK,))
    def open_draft(self, *, actor: Actor, at: datetime, policy_kind: str) -> StepFacts:
        """A clerk of the drafting unit begins."""
        return StepFacts(public={"policy_kind": policy_kind})

    @step(source=State.DRAFTING, target=State.DRAFTING, label="修改征集内容", basis=BASIS, by=(Role.CLERK,))
    def edit_draft(self, *, actor: Actor, at: datetime, content_sha256: str) -> StepFacts:
        """A clerk changes what is going to be asked."""
        return StepFacts(public={"content_sha256": content_sha256})

    @step(
        source=(State.DRAFTING, State.CLOSED),
        target=None,
        label="录入文本",
        basis=BASIS,
        by=(Role.CLERK,),
    )
    def add_version(
        self, *, actor: Actor, at: datetime, number: int, stage: str, sha256: str, clauses: int
    ) -> StepFacts:
        """The text for comment before the announcement, a revised text after the closing."""
        facts = {"number": number, "stage": stage, "sha256": sha256, "clauses": clauses}
        return StepFacts(public=facts)

    @step(
        source=(State.DRAFTING, State.CLOSED),
        target=None,
        label="删去文本",
        basis=BASIS,
        by=(Role.CLERK,),
    )
    def remove_version(
        self, *, actor: Actor, at: datetime, number: int, sha256: str, reason: str, pointing: int
    ) -> StepFacts:
        """A wrong text goes before it is signed; not while comments are said to have been adopted in it."""
        if pointing:
            raise StepRefused(f"有{pointing}条意见的采纳情况指向该版本，请先重新登记，再删去。")
        if not reason.strip():
            raise InvalidInput("请写明删去的理由", "reason")
        return StepFacts(public={"number": number, "sha256": sha256, "reason": reason.strip()})

    @step(source=State.DRAFTING, target=State.DRAFTING, label="添加附件", basis=BASIS, by=(Role.CLERK,))
    def attach_paper(self, *, actor: Actor, at: datetime, sha256: str) -> StepFacts:
        """A paper is laid beside the draft before it goes to review; it is signed with the rest."""
        return StepFacts(public={"file": sha256})

    @step(source=State.DRAFTING, target=State.DRAFTING, label="删去附件", basis=BASIS, by=(Role.CLERK,))
    def remove_paper(self, *, actor: Actor, at: datetime, sha256: str) -> StepFacts:
        """A wrong paper goes before the review."""
        return StepFacts(public={"file": sha256})

    @step(
        source=(State.REVIEWING, State.CLEARING, State.APPROVING),
        target=State.DRAFTING,
        label="撤回送审",
        basis=DESK,
        by=(Role.CLERK,),
    )
    def recall_draft(self, *, actor: Actor, at: datetime) -> StepFacts:
        """The clerk calls the submission back; the round of review ends."""
        return StepFacts()

    @step(source=State.DRAFTING, target=State.REVIEWING, label="送审", basis=DESK, by=(Role.CLERK,))
    def submit_draft(self, *, actor: Actor, at: datetime, content_sha256: str, versions: int) -> StepFacts:
        """The whole of it goes to review; it needs a text."""
        if not versions:
            raise StepRefused("还没有录入征求意见稿文本，不能送审。")
        return StepFacts(public={"content_sha256": content_sha256})

    @step(source=State.REVIEWING, target=State.CLEARING, label="审核通过", basis=DESK, by=(Role.REVIEWER,))
    def review_draft(
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
    def clear_draft(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The secrecy reviewer finds nothing that may not be published."""
        return self._agreed(actor, signers, content_sha256)

    @step(source=State.APPROVING, target=State.ANNOUNCED, label="签发发布", basis=BASIS, by=(Role.APPROVER,))
    def announce(
        self,
        *,
        actor: Actor,
        at: datetime,
        signers: frozenset[int],
        content_sha256: str,
        problem: str,
    ) -> StepFacts:
        """The leader signs; from the opening day on everyone may read it and comment."""
        if problem:
            raise StepRefused(f"{problem}。请退回修改日期。")
        agreed = self._agreed(actor, signers, content_sha256)
        self.announced_at = at
        facts = {**agreed.public, "opens_on": self.opens_on, "closes_on": self.closes_on}
        return StepFacts(public=facts)

    @step(
        source=(State.REVIEWING, State.CLEARING, State.APPROVING),
        target=State.DRAFTING,
        label="退回修改",
        basis=DESK,
        by=(Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER),
    )
    def return_draft(self, *, actor: Actor, at: datetime, signers: frozenset[int], comment: str) -> StepFacts:
        """Whoever reviews sends it back, saying why."""
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        if not comment.strip():
            raise InvalidInput("请写明退回理由", "comment")
        return StepFacts(private=comment.strip())

    def _agreed(self, actor: Actor, signers: frozenset[int], content_sha256: str) -> StepFacts:
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        return StepFacts(public={"content_sha256": content_sha256})
