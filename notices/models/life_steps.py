"""The life of an item after its review: published, changed, no longer in force, taken down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django_fsm import GET_STATE

from notices.choices import AT_WORK, RULES, SITES, Ground, Openness, Route, State, Validity
from portal.cases.internal import InternalTerm
from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput, StepRefused
from portal.core.workdays import WorkdayTerm
from portal.units.choices import Role

BASIS = f"{SITES}第三条；{RULES}第十三条"
AFTER = "先行发布后补审"
NOTHING_OUT = "没有公开的版本，也没有等待定时公开的版本，不能办理这一步。"


@dataclass(frozen=True)
class MadePublic:
    """What goes out: the version's number, the digest that was approved, its words', all that is shown, and when."""

    version: int
    sha256: str
    words_sha256: str
    shown_sha256: str
    publish_at: datetime

    def facts(self) -> dict[str, object]:
        """For the log; the day beside the moment."""
        return {
            "version": self.version,
            "sha256": self.sha256,
            "words_sha256": self.words_sha256,
            "shown_sha256": self.shown_sha256,
            "publish_at": self.publish_at,
            "publish_on": timezone.localdate(self.publish_at),
        }


def _reviewed_after(case: object, *, last: bool, **facts: object) -> State:
    return State.PUBLISHED if last else State.URGENT


class LifeSteps(InternalTerm):
    """Mixed into the item."""

    route: str
    openness: str
    openness_ground: str
    validity: str
    validity_document: str
    withdrawn_reason: str
    change_note: str
    outcome: str
    closed_on: date | None
    due_on: date | None

    @step(source=State.APPROVED, target=State.PUBLISHED, label="发布", basis=BASIS, by=(Role.PUBLISHER,))
    def publish_item(
        self,
        *,
        actor: Actor,
        at: datetime,
        made: MadePublic,
        running: bool,
        problem: str,
    ) -> StepFacts:
        """Everyone may read it from that moment on; the clock stops."""
        if problem:
            raise StepRefused(problem)
        return self._made_public(made, running)

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
        made: MadePublic,
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
        facts = self._made_public(made, running)
        self.set_internal(review_by, AFTER)
        return StepFacts(
            public={**facts.public, "review_by": review_by.last}, clock=facts.clock, private=reason
        )

    @step(
        source=State.URGENT,
        target=GET_STATE(_reviewed_after, states=[State.URGENT, State.PUBLISHED]),
        label="补审通过",
        basis=f"{SITES}第五条、第六条",
        by=(Role.REVIEWER, Role.SECRECY_REVIEWER),
    )
    def review_after(
        self, *, actor: Actor, at: datetime, wrote: frozenset[int], sha256: str, as_role: str, last: bool
    ) -> StepFacts:
        """Others look at what went out at once: a reviewer, and a secrecy reviewer; the second of them ends it."""
        if actor.account_id in wrote:
            raise StepRefused(
                "补审须由起草人、先行发布人以外的人员办理，本单位审核和保密审查由不同人员办理。"
            )
        if last:
            self.clear_internal()
        return StepFacts(public={"sha256": sha256, "as_role": as_role, "last": last})

    @step(source=State.PUBLISHED, target=State.DRAFTING, label="修订", basis=BASIS, by=(Role.CLERK,))
    def revise(
        self,
        *,
        actor: Actor,
        at: datetime,
        update_by: WorkdayTerm,
        clock: Sequence[ClockFact],
        stopped: list[int],
        reason: str,
    ) -> StepFacts:
        """The content has changed: a new version goes through the review, the old one stays until it is out.

        A version that still waits for its time does not come out any more (`stopped`).
        """
        if not reason.strip():
            raise InvalidInput("请写明修订的理由", "reason")
        self.set_internal(update_by, f"{update_by.days}个工作日内更新")
        self.closed_on, self.outcome, self.change_note = None, "", reason.strip()[:300]
        public = {"update_by": update_by.last, "versions": stopped}
        return StepFacts(public=public, clock=tuple(clock), private=reason.strip())

    @step(source=State.DRAFTING, target=State.PUBLISHED, label="放弃修订", basis=BASIS, by=(Role.CLERK,))
    def give_up_revision(self, *, actor: Actor, at: datetime, version: int, running: bool) -> StepFacts:
        """Nothing is changed: what everyone reads stays, the draft takes its words again."""
        if not version:
            raise StepRefused("没有公开的版本可以保留；不再发布的，请办理“不予发布”或者“删除草稿”。")
        self.outcome = "published"
        self.clear_internal()
        return StepFacts(
            public={"version": version}, clock=self._stop(running, timezone.localdate(at), "放弃修订")
        )

    @step(
        source=(*AT_WORK, State.URGENT, State.PUBLISHED),
        target=None,
        label="标注有效性",
        basis=f"{RULES}第十三条第三项",
        by=(Role.PUBLISHER,),
    )
    def set_validity(
        self, *, actor: Actor, at: datetime, validity: str, document: str, public: bool
    ) -> StepFacts:
        """Amended, expired or repealed, and by which document; the text stays with a banner."""
        if not public:
            raise StepRefused(NOTHING_OUT)
        if validity not in Validity.values:
            raise InvalidInput("请选择有效性", "validity")
        if validity != Validity.IN_FORCE and not document.strip():
            raise InvalidInput("请写明依据的文件", "document")
        self.validity, self.validity_document = validity, document.strip()
        return StepFacts(public={"validity": validity, "document": document.strip()})

    @step(
        source=(*AT_WORK, State.URGENT, State.PUBLISHED),
        target=State.WITHDRAWN,
        label="撤下",
        basis=f"{RULES}第十三条第三项",
        by=(Role.PUBLISHER, Role.APPROVER),
    )
    def withdraw_item(
        self, *, actor: Actor, at: datetime, reason: str, versions: list[int], running: bool
    ) -> StepFacts:
        """Taken down at once, whatever is being done to it; the address stays, with the reason."""
        if not versions:
            raise StepRefused(NOTHING_OUT)
        if not reason.strip():
            raise InvalidInput("请写明撤下的理由，理由会显示在原页面", "reason")
        self.withdrawn_reason, self.outcome = reason.strip(), "withdrawn"
        self.clear_internal()
        return StepFacts(
            public={"reason": reason.strip(), "versions": versions},
            clock=self._stop(running, timezone.localdate(at), "撤下"),
        )

    @step(source=State.WITHDRAWN, target=State.DRAFTING, label="重新办理", basis=BASIS, by=(Role.CLERK,))
    def reopen_item(
        self, *, actor: Actor, at: datetime, update_by: WorkdayTerm, clock: Sequence[ClockFact], reason: str
    ) -> StepFacts:
        """What was taken down is worked on again: it comes back only through the whole review."""
        if not reason.strip():
            raise InvalidInput("请写明重新办理的理由", "reason")
        self.set_internal(update_by, f"{update_by.days}个工作日内更新")
        self.closed_on, self.outcome = None, ""
        return StepFacts(public={"update_by": update_by.last}, clock=tuple(clock), private=reason.strip())

    @step(source=AT_WORK, target=State.DROPPED, label="不予发布", basis=f"{RULES}第十条", by=(Role.APPROVER,))
    def drop_item(
        self, *, actor: Actor, at: datetime, ground: str, reason: str, running: bool, public: bool
    ) -> StepFacts:
        """The leader decides that it is not published, on one of the six grounds."""
        if public:
            raise StepRefused("已有公开版本，不能改为不予发布；需要撤下的，请办理“撤下”。")
        if ground not in Ground.values:
            raise InvalidInput("请选择不予发布的情形", "ground")
        if not reason.strip():
            raise InvalidInput("请写明理由", "reason")
        self.openness, self.openness_ground, self.outcome = Openness.CLOSED, ground, "dropped"
        self.clear_internal()
        stop = self._stop(running, timezone.localdate(at), "不予发布")
        return StepFacts(public={"ground": ground}, clock=stop, private=reason.strip())

    @step(source=State.DRAFTING, target=State.DISCARDED, label="删除草稿", basis=BASIS, by=(Role.CLERK,))
    def discard_item(self, *, actor: Actor, at: datetime, running: bool, versions: int) -> StepFacts:
        """A draft that nobody needs; the log keeps that there was one."""
        if versions:
            raise StepRefused("已发布过的信息不能删除；请办理“放弃修订”或者由签发人办理“不予发布”。")
        self.outcome = "discarded"
        self.clear_internal()
        return StepFacts(clock=self._stop(running, timezone.localdate(at), "删除草稿"))

    def _made_public(self, made: MadePublic, running: bool) -> StepFacts:
        self.outcome = "published"
        facts = made.facts()
        publish_on = timezone.localdate(made.publish_at)
        late = running and self.due_on is not None and publish_on > self.due_on
        warned = self.internal_due_on is not None and publish_on > self.internal_due_on
        self.clear_internal()
        facts |= {"late": late, "after_three_days": warned}
        return StepFacts(public=facts, clock=self._stop(running, publish_on, "发布"))

    def _stop(self, running: bool, on: date, reason: str) -> tuple[ClockFact, ...]:
        return (ClockFact(FactKind.STOP, on, reason=reason, basis=BASIS),) if running else ()
