"""The life of an item after its review: published, changed, no longer in force, taken down."""

from __future__ import annotations

from datetime import date, datetime

from notices.choices import RULES, SITES, Ground, Openness, Route, State, Validity
from portal.cases.internal import InternalTerm
from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput, StepRefused
from portal.core.workdays import WorkdayTerm
from portal.units.choices import Role

BASIS = f"{SITES}第三条；{RULES}第十三条"
AFTER = "先行发布后补审"


class LifeSteps(InternalTerm):
    """Mixed into the item."""

    route: str
    openness: str
    openness_ground: str
    validity: str
    validity_document: str
    withdrawn_reason: str
    outcome: str
    closed_on: date | None
    due_on: date | None

    @step(source=State.APPROVED, target=State.PUBLISHED, label="发布", basis=BASIS, by=(Role.PUBLISHER,))
    def publish_item(
        self,
        *,
        actor: Actor,
        at: datetime,
        version: int,
        sha256: str,
        words_sha256: str,
        publish_on: date,
        running: bool,
        problem: str,
    ) -> StepFacts:
        """Everyone may read it from that day on; the clock stops."""
        if problem:
            raise StepRefused(problem)
        return self._made_public(version, (sha256, words_sha256), publish_on, running)

    @step(
        source=(State.DRAFTING, State.REVIEWING, State.CLEARING, State.LEADING),
        target=State.URGENT,
        label="突发事件先行发布",
        basis=f"{SITES}第九条",
        by=(Role.APPROVER,),
    )
    def publish_urgently(
        self,
        *,
        actor: Actor,
        at: datetime,
        version: int,
        sha256: str,
        words_sha256: str,
        publish_on: date,
        running: bool,
        problem: str,
        review_by: WorkdayTerm,
        reason: str,
    ) -> StepFacts:
        """A leader publishes at once what cannot wait; it is reviewed afterwards, by others, by a date."""
        if Route(self.route) != Route.EMERGENCY:
            raise StepRefused("只有突发公共事件信息可以先行发布。")
        if not reason.strip():
            raise InvalidInput("请写明先行发布的理由", "reason")
        if problem:
            raise StepRefused(problem)
        facts = self._made_public(version, (sha256, words_sha256), publish_on, running)
        self.set_internal(review_by, AFTER)
        return StepFacts(
            public={**facts.public, "review_by": review_by.last}, clock=facts.clock, private=reason
        )

    @step(
        source=State.URGENT,
        target=State.PUBLISHED,
        label="补审通过",
        basis=f"{SITES}第六条",
        by=(Role.REVIEWER, Role.SECRECY_REVIEWER),
    )
    def review_after(self, *, actor: Actor, at: datetime, published_by: int, sha256: str) -> StepFacts:
        """Somebody else looks at what went out at once."""
        if actor.account_id == published_by:
            raise StepRefused("补审须由先行发布人以外的人员办理。")
        self.clear_internal()
        return StepFacts(public={"sha256": sha256})

    @step(source=State.PUBLISHED, target=State.DRAFTING, label="修订", basis=BASIS, by=(Role.CLERK,))
    def revise(self, *, actor: Actor, at: datetime, update_by: WorkdayTerm, reason: str) -> StepFacts:
        """The content has changed: a new version goes through the review, the old one stays until it is out."""
        if not reason.strip():
            raise InvalidInput("请写明修订的理由", "reason")
        self.set_internal(update_by, f"{update_by.days}个工作日内更新")
        self.closed_on, self.outcome = None, ""
        return StepFacts(public={"update_by": update_by.last}, private=reason.strip())

    @step(
        source=State.PUBLISHED,
        target=None,
        label="标注有效性",
        basis=f"{RULES}第十三条第三项",
        by=(Role.PUBLISHER,),
    )
    def set_validity(self, *, actor: Actor, at: datetime, validity: str, document: str) -> StepFacts:
        """Amended, expired or repealed, and by which document; the text stays with a banner."""
        if validity not in Validity.values:
            raise InvalidInput("请选择有效性", "validity")
        if validity != Validity.IN_FORCE and not document.strip():
            raise InvalidInput("请写明依据的文件", "document")
        self.validity, self.validity_document = validity, document.strip()
        return StepFacts(public={"validity": validity, "document": document.strip()})

    @step(
        source=(State.PUBLISHED, State.URGENT),
        target=State.WITHDRAWN,
        label="撤下",
        basis=f"{RULES}第十三条第三项",
        by=(Role.PUBLISHER, Role.APPROVER),
    )
    def withdraw_item(self, *, actor: Actor, at: datetime, reason: str) -> StepFacts:
        """Taken down at once; the address stays, with the reason."""
        if not reason.strip():
            raise InvalidInput("请写明撤下的理由，理由会显示在原页面", "reason")
        self.withdrawn_reason, self.outcome = reason.strip(), "withdrawn"
        self.clear_internal()
        return StepFacts(public={"reason": reason.strip()})

    @step(
        source=(State.DRAFTING, State.REVIEWING, State.CLEARING, State.LEADING, State.HIGHER, State.APPROVED),
        target=State.DROPPED,
        label="不予发布",
        basis=f"{RULES}第十条",
        by=(Role.APPROVER,),
    )
    def drop_item(
        self, *, actor: Actor, at: datetime, ground: str, reason: str, running: bool, public: bool
    ) -> StepFacts:
        """The leader decides that it is not published, on one of the six grounds."""
        if public:
            raise StepRefused("已有公开版本，不能改为不予发布；需要撤下的，请先完成修订再撤下。")
        if ground not in Ground.values:
            raise InvalidInput("请选择不予发布的情形", "ground")
        if not reason.strip():
            raise InvalidInput("请写明理由", "reason")
        self.openness, self.openness_ground, self.outcome = Openness.CLOSED, ground, "dropped"
        self.clear_internal()
        return StepFacts(
            public={"ground": ground}, clock=self._stop(running, at.date()), private=reason.strip()
        )

    def _made_public(
        self, version: int, digests: tuple[str, str], publish_on: date, running: bool
    ) -> StepFacts:
        self.outcome = "published"
        late = running and self.due_on is not None and publish_on > self.due_on
        warned = self.internal_due_on is not None and publish_on > self.internal_due_on
        self.clear_internal()
        facts = {
            "version": version,
            "sha256": digests[0],
            "words_sha256": digests[1],
            "publish_on": publish_on,
            "late": late,
            "after_three_days": warned,
        }
        return StepFacts(public=facts, clock=self._stop(running, publish_on))

    def _stop(self, running: bool, on: date) -> tuple[ClockFact, ...]:
        return (ClockFact(FactKind.STOP, on, reason="发布", basis=BASIS),) if running else ()
