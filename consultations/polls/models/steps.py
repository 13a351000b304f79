"""The steps of a poll."""

from __future__ import annotations

from datetime import date, datetime

from consultations.polls.choices import BASIS, State
from portal.cases.transitions import SYSTEM, StepFacts, step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import YUXI_SITES
from portal.publishing.choices import ReviewStep
from portal.units.choices import Role

DESK = f"{YUXI_SITES}第五条、第六条"
FOUR_EYES = "拟稿、审核、保密审查、签发须由不同人员办理，您已参与本轮其他环节。"
OPEN_TO_DOUBT = (State.APPROVED, State.COUNTED)


class PollSteps:
    """Mixed into the poll. A vote is not a step: what is cast is sealed by the closing."""

    opens_on: date
    closes_on: date
    approved_at: datetime | None
    published_at: datetime | None
    cancel_reason: str
    definition_sha256: str
    outcome: str

    @step(source=State.NEW, target=State.DRAFTING, label="建立投票调查", basis=BASIS, by=(Role.CLERK,))
    def open_poll(self, *, actor: Actor, at: datetime, poll_kind: str) -> StepFacts:
        """A clerk of the unit begins."""
        return StepFacts(public={"poll_kind": poll_kind})

    @step(source=State.DRAFTING, target=State.DRAFTING, label="修改", basis=BASIS, by=(Role.CLERK,))
    def edit_poll(self, *, actor: Actor, at: datetime, what: str, content_sha256: str) -> StepFacts:
        """The particulars or a question are changed."""
        return StepFacts(public={"what": what, "content_sha256": content_sha256})

    @step(source=State.DRAFTING, target=State.REVIEWING, label="送审", basis=DESK, by=(Role.CLERK,))
    def submit_poll(self, *, actor: Actor, at: datetime, content_sha256: str, problem: str) -> StepFacts:
        """To review, once it can be put to people."""
        if problem:
            raise StepRefused(f"{problem}。")
        return StepFacts(public={"content_sha256": content_sha256})

    @step(source=State.REVIEWING, target=State.CLEARING, label="审核通过", basis=DESK, by=(Role.REVIEWER,))
    def review_poll(
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
    def clear_poll(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The secrecy reviewer finds nothing against it."""
        return self._agreed(actor, signers, content_sha256)

    @step(source=State.APPROVING, target=State.APPROVED, label="签发", basis=BASIS, by=(Role.APPROVER,))
    def approve_poll(
        self,
        *,
        actor: Actor,
        at: datetime,
        signers: frozenset[int],
        content_sha256: str,
        definition_sha256: str,
        begins_on: date,
        today: date,
    ) -> StepFacts:
        """The leader signs: questions, who may vote and how secret it is are frozen."""
        if today > begins_on:
            raise StepRefused("开始日已经过去，请退回修改日期。")
        agreed = self._agreed(actor, signers, content_sha256)
        self.approved_at, self.definition_sha256 = at, definition_sha256
        return StepFacts(public={**agreed.public, "definition_sha256": definition_sha256})

    @step(
        source=(State.REVIEWING, State.CLEARING, State.APPROVING),
        target=State.DRAFTING,
        label="退回修改",
        basis=DESK,
        by=(Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER),
    )
    def return_poll(self, *, actor: Actor, at: datetime, signers: frozenset[int], comment: str) -> StepFacts:
        """Whoever reviews sends it back, saying why."""
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        if not comment.strip():
            raise InvalidInput("请写明退回理由", "comment")
        return StepFacts(private=comment.strip())

    @step(source=State.APPROVED, target=State.COUNTED, label="截止计票", basis=BASIS, by=(SYSTEM, Role.CLERK))
    def count_poll(
        self, *, actor: Actor, at: datetime, today: date, ballots: int, excluded: int, sha256: str
    ) -> StepFacts:
        """The last day has passed: ballots are counted and the result is sealed; the record names that last day."""
        if today <= self.closes_on:
            raise StepRefused("投票调查还没有截止。")
        facts = {"ballots": ballots, "excluded": excluded, "sha256": sha256, "ended_on": self.closes_on}
        return StepFacts(public=facts)

    @step(source=State.DRAFTING, target=None, label="生成参与码", basis=BASIS, by=(Role.CLERK,))
    def make_tokens(self, *, actor: Actor, at: datetime, made: int, total: int) -> StepFacts:
        """Tokens are made before the review, so that their number is signed with the rest."""
        return StepFacts(public={"made": made, "total": total})

    @step(
        source=(State.REVIEWING, State.CLEARING, State.APPROVING),
        target=State.DRAFTING,
        label="撤回送审",
        basis=DESK,
        by=(Role.CLERK,),
    )
    def recall_poll(self, *, actor: Actor, at: datetime) -> StepFacts:
        """The clerk calls the submission back; the round of review ends."""
        return StepFacts()

    @step(source=State.APPROVED, target=None, label="审核作品", basis=BASIS, by=(Role.CLERK, Role.REVIEWER))
    def review_entry(
        self, *, actor: Actor, at: datetime, number: int, outcome: str, reason: str
    ) -> StepFacts:
        """An entry of the contest is put on the ballot or not; the latter with a reason."""
        return StepFacts(public={"entry": number, "outcome": outcome, "reason": reason})

    @step(source=State.APPROVED, target=None, label="生成选票", basis=BASIS, by=(Role.CLERK,))
    def compose_ballot(
        self,
        *,
        actor: Actor,
        at: datetime,
        pending: int,
        entries: list[int],
        definition_sha256: str,
        early: bool,
        late: bool,
    ) -> StepFacts:
        """The accepted entries, in an order that is drawn and recorded, become the ballot, which goes to review."""
        if early:
            raise StepRefused("作品征集还没有截止。")
        if late or self.definition_sha256:
            raise StepRefused("选票已经生成，或者投票已经开始，不能再改变。")
        if pending:
            raise StepRefused(f"还有{pending}件作品没有审核。")
        if len(entries) < 2:
            raise StepRefused("入围作品不足两件，不能投票。")
        return StepFacts(public={"entries": entries, "definition_sha256": definition_sha256})

    @step(source=State.APPROVED, target=None, label="选票审核通过", basis=DESK, by=(Role.REVIEWER,))
    def review_ballot(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], waits: str, content_sha256: str
    ) -> StepFacts:
        """Another person looks at the ballot and at the words of every entry on it."""
        return self._ballot_signed(actor, signers, waits, ReviewStep.REVIEW, content_sha256)

    @step(
        source=State.APPROVED, target=None, label="选票保密审查通过", basis=DESK, by=(Role.SECRECY_REVIEWER,)
    )
    def clear_ballot(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], waits: str, content_sha256: str
    ) -> StepFacts:
        """The secrecy reviewer finds nothing against any entry."""
        return self._ballot_signed(actor, signers, waits, ReviewStep.SECRECY, content_sha256)

    @step(source=State.APPROVED, target=None, label="签发选票", basis=BASIS, by=(Role.APPROVER,))
    def sign_ballot(
        self,
        *,
        actor: Actor,
        at: datetime,
        signers: frozenset[int],
        waits: str,
        content_sha256: str,
        definition_sha256: str,
    ) -> StepFacts:
        """The leader signs: the ballot is frozen and, with its entries, public."""
        facts = self._ballot_signed(actor, signers, waits, ReviewStep.APPROVE, content_sha256)
        self.definition_sha256 = definition_sha256
        return facts

    @step(
        source=State.APPROVED,
        target=None,
        label="选票退回",
        basis=DESK,
        by=(Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER),
    )
    def return_ballot(self, *, actor: Actor, at: datetime, comment: str) -> StepFacts:
        """The ballot goes back to the clerk; entries can be reviewed anew."""
        if not comment.strip():
            raise InvalidInput("请写明退回理由", "comment")
        return StepFacts(private=comment.strip())

    def _ballot_signed(
        self, actor: Actor, signers: frozenset[int], waits: str, step: ReviewStep, content_sha256: str
    ) -> StepFacts:
        if waits != step:
            raise StepRefused(f"选票现在等待的不是{step.label}。")
        return self._agreed(actor, signers, content_sha256)

    @step(source=OPEN_TO_DOUBT, target=None, label="提出剔除选票", basis=BASIS, by=(Role.CLERK,))
    def propose_invalidation(self, *, actor: Actor, at: datetime, found: int, reason: str) -> StepFacts:
        """Ballots that look like fraud are to be left out; another person decides."""
        return StepFacts(public={"found": found, "reason": reason})

    @step(source=OPEN_TO_DOUBT, target=None, label="剔除选票", basis=BASIS, by=(Role.APPROVER,))
    def confirm_invalidation(
        self, *, actor: Actor, at: datetime, proposed_by: int, excluded: int, reason: str
    ) -> StepFacts:
        """A second person agrees; the reason is published."""
        if actor.account_id == proposed_by:
            raise StepRefused("须由提出人以外的人员决定。")
        return StepFacts(public={"excluded": excluded, "reason": reason})

    @step(source=OPEN_TO_DOUBT, target=None, label="撤销剔除", basis=BASIS, by=(Role.APPROVER,))
    def revoke_invalidation(
        self, *, actor: Actor, at: datetime, proposed_by: int, restored: int
    ) -> StepFacts:
        """The ballots count again; whoever proposed to leave them out does not decide it alone."""
        if actor.account_id == proposed_by:
            raise StepRefused("须由提出人以外的人员决定。")
        return StepFacts(public={"restored": restored})

    @step(source=State.COUNTED, target=State.COUNTED, label="重新计票", basis=BASIS, by=(SYSTEM,))
    def recount_poll(
        self, *, actor: Actor, at: datetime, ballots: int, excluded: int, sha256: str
    ) -> StepFacts:
        """After ballots were left out or restored."""
        return StepFacts(public={"ballots": ballots, "excluded": excluded, "sha256": sha256})

    @step(source=State.COUNTED, target=State.PUBLISHED, label="公布结果", basis=BASIS, by=(Role.APPROVER,))
    def publish_result(self, *, actor: Actor, at: datetime, sha256: str) -> StepFacts:
        """The sealed result is public."""
        self.published_at, self.outcome = at, "published"
        return StepFacts(public={"sha256": sha256})

    @step(
        source=(State.DRAFTING, State.REVIEWING, State.CLEARING, State.APPROVING, State.APPROVED),
        target=State.CANCELLED,
        label="取消",
        basis=BASIS,
        by=(Role.APPROVER,),
    )
    def cancel_poll(self, *, actor: Actor, at: datetime, reason: str) -> StepFacts:
        """The leader calls it off; the reason stays on the page."""
        if not reason.strip():
            raise InvalidInput("请写明取消的理由，理由会显示在页面上", "reason")
        self.cancel_reason, self.outcome = reason.strip(), "cancelled"
        return StepFacts(public={"reason": reason.strip()})

    def _agreed(self, actor: Actor, signers: frozenset[int], content_sha256: str) -> StepFacts:
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        return StepFacts(public={"content_sha256": content_sha256})
