"""The review of an item: by its route, four persons or fewer, the secrecy review always."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from notices.choices import IN_REVIEW, NEEDS_HIGHER, NEEDS_LEADER, RULES, SITES, Route, State
from portal.cases.internal import InternalTerm
from portal.cases.transitions import SYSTEM, StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import limit
from portal.core.workdays import WorkdayTerm
from portal.units.choices import Role

DESK = f"{SITES}第五条、第六条"
CLOCK = f"{RULES}第十三条"
FOUR_EYES = "拟稿、审核、保密审查、审定须由不同人员办理，您已参与本轮其他环节。"


class ReviewSteps(InternalTerm):
    """Mixed into the item; what is approved is bound to its digest."""

    route: str
    made_on: date

    @step(source=State.NEW, target=State.DRAFTING, label="建立信息", basis=DESK, by=(Role.CLERK,))
    def open_item(self, *, actor: Actor, at: datetime, publish_by: WorkdayTerm, column: str) -> StepFacts:
        """A clerk of the making unit begins; both clocks count from the day it was made."""
        self.set_internal(publish_by, f"{publish_by.days}个工作日内发布")
        days = limit("publishing.outer", on=timezone.localdate(at)).days
        start = ClockFact(FactKind.START, self.made_on, days, reason="主动公开", basis=CLOCK)
        return StepFacts(public={"column": column, "route": self.route}, clock=(start,))

    @step(
        source=(State.DRAFTING, State.APPROVED),
        target=State.DRAFTING,
        label="修改信息",
        basis=DESK,
        by=(Role.CLERK,),
    )
    def edit_item(self, *, actor: Actor, at: datetime, content_sha256: str) -> StepFacts:
        """A clerk changes it; what had been approved is approved no more."""
        return StepFacts(public={"content_sha256": content_sha256})

    @step(source=State.DRAFTING, target=State.REVIEWING, label="送审", basis=DESK, by=(Role.CLERK,))
    def submit_item(self, *, actor: Actor, at: datetime, content_sha256: str, problem: str) -> StepFacts:
        """To review; not while the machine's checks block it."""
        if problem:
            raise StepRefused(problem)
        return StepFacts(public={"content_sha256": content_sha256, "route": self.route})

    @step(
        source=State.REVIEWING, target=State.CLEARING, label="本单位审核通过", basis=DESK, by=(Role.REVIEWER,)
    )
    def review_item(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """Another person of the making unit agrees."""
        return self._agreed(actor, signers, content_sha256)

    @step(
        source=State.CLEARING,
        target=State.LEADING,
        label="保密审查通过",
        basis=f"{SITES}第五条",
        by=(Role.SECRECY_REVIEWER,),
    )
    def clear_item(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The secrecy reviewer finds nothing that may not be published."""
        return self._agreed(actor, signers, content_sha256)

    @step(source=State.LEADING, target=State.APPROVED, label="按类别不需审定", basis=DESK, by=(SYSTEM,))
    def skip_leader(self, *, actor: Actor, at: datetime) -> StepFacts:
        """Marked for publication or reposted: the making unit's review is enough (办法第六条第三项)."""
        if Route(self.route) in NEEDS_LEADER:
            raise StepRefused("这类信息须经分管领导审定。")
        return StepFacts(public={"route": self.route})

    @step(source=State.LEADING, target=State.HIGHER, label="分管领导审定", basis=DESK, by=(Role.APPROVER,))
    def approve_item(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The leader in charge agrees."""
        return self._agreed(actor, signers, content_sha256)

    @step(source=State.HIGHER, target=State.APPROVED, label="按类别不需上级审核", basis=DESK, by=(SYSTEM,))
    def skip_higher(self, *, actor: Actor, at: datetime) -> StepFacts:
        """General and business information: the leader's word is the last."""
        if Route(self.route) in NEEDS_HIGHER:
            raise StepRefused("这类信息须经政府办公室或者上一级主管部门审核。")
        return StepFacts(public={"route": self.route})

    @step(
        source=State.HIGHER,
        target=State.APPROVED,
        label="上级审核通过",
        basis=f"{SITES}第六条、第十条",
        by=(Role.APPROVER,),
    )
    def approve_higher(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str, unit: str
    ) -> StepFacts:
        """The government office, or the next higher department, agrees."""
        agreed = self._agreed(actor, signers, content_sha256)
        return StepFacts(public={**agreed.public, "unit": unit})

    @step(
        source=IN_REVIEW,
        target=State.DRAFTING,
        label="退回修改",
        basis=DESK,
        by=(Role.REVIEWER, Role.SECRECY_REVIEWER, Role.APPROVER),
    )
    def return_item(self, *, actor: Actor, at: datetime, signers: frozenset[int], comment: str) -> StepFacts:
        """Whoever reviews sends it back, saying why."""
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        if not comment.strip():
            raise InvalidInput("请写明退回理由", "comment")
        return StepFacts(private=comment.strip())

    @step(source=IN_REVIEW, target=State.DRAFTING, label="撤回送审", basis=DESK, by=(Role.CLERK,))
    def recall_item(self, *, actor: Actor, at: datetime) -> StepFacts:
        """The clerk takes it back before the review is over; what was signed is void."""
        return StepFacts()

    def _agreed(self, actor: Actor, signers: frozenset[int], content_sha256: str) -> StepFacts:
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        return StepFacts(public={"content_sha256": content_sha256})
