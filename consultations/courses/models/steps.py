"""The steps of a course."""

from __future__ import annotations

from datetime import date, datetime

from consultations.courses.choices import BASIS, State
from portal.cases.transitions import SYSTEM, StepFacts, step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.units.choices import Role


class CourseSteps:
    """Mixed into the course."""

    closes_on: date
    offered_at: datetime | None
    cancel_reason: str
    outcome: str

    @step(source=State.NEW, target=State.DRAFTING, label="建立培训", basis=BASIS, by=(Role.CLERK,))
    def open_course(self, *, actor: Actor, at: datetime) -> StepFacts:
        """A clerk of the unit begins."""
        return StepFacts()

    @step(source=State.DRAFTING, target=State.DRAFTING, label="修改测验", basis=BASIS, by=(Role.CLERK,))
    def edit_quiz(self, *, actor: Actor, at: datetime, content_sha256: str) -> StepFacts:
        """A question is put into the quiz or taken out."""
        return StepFacts(public={"content_sha256": content_sha256})

    @step(source=State.DRAFTING, target=State.DRAFTING, label="修改培训", basis=BASIS, by=(Role.CLERK,))
    def edit_course(self, *, actor: Actor, at: datetime, content_sha256: str) -> StepFacts:
        """The particulars or the material are changed, also after it was sent back."""
        return StepFacts(public={"content_sha256": content_sha256})

    @step(
        source=(State.CLEARING, State.REVIEWING),
        target=State.DRAFTING,
        label="撤回送签",
        basis=BASIS,
        by=(Role.CLERK,),
    )
    def recall_course(self, *, actor: Actor, at: datetime) -> StepFacts:
        """The clerk calls the submission back; the round of review ends."""
        return StepFacts()

    @step(source=State.DRAFTING, target=State.CLEARING, label="送签", basis=BASIS, by=(Role.CLERK,))
    def submit_course(self, *, actor: Actor, at: datetime, content_sha256: str, problem: str) -> StepFacts:
        """To the secrecy review and the leader, once there is a quiz."""
        if problem:
            raise StepRefused(f"{problem}。")
        return StepFacts(public={"content_sha256": content_sha256})

    @step(
        source=State.CLEARING,
        target=State.REVIEWING,
        label="保密审查通过",
        basis=BASIS,
        by=(Role.SECRECY_REVIEWER,),
    )
    def clear_course(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The secrecy reviewer finds nothing against the material and the quiz."""
        if actor.account_id in signers:
            raise StepRefused("起草、保密审查、签发须由不同人员办理。")
        return StepFacts(public={"content_sha256": content_sha256})

    @step(source=State.REVIEWING, target=State.OFFERED, label="签发", basis=BASIS, by=(Role.APPROVER,))
    def offer_course(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str, today: date
    ) -> StepFacts:
        """The leader signs: from the opening day on people may sign up and learn."""
        if actor.account_id in signers:
            raise StepRefused("起草、签发须由不同人员办理。")
        if today > self.closes_on:
            raise StepRefused("截止日已经过去，请退回修改。")
        self.offered_at = at
        return StepFacts(public={"content_sha256": content_sha256})

    @step(
        source=(State.CLEARING, State.REVIEWING),
        target=State.DRAFTING,
        label="退回修改",
        basis=BASIS,
        by=(Role.SECRECY_REVIEWER, Role.APPROVER),
    )
    def return_course(self, *, actor: Actor, at: datetime, comment: str) -> StepFacts:
        """The leader sends it back, saying why."""
        if not comment.strip():
            raise InvalidInput("请写明退回理由", "comment")
        return StepFacts(private=comment.strip())

    @step(source=State.OFFERED, target=State.CLOSED, label="培训结束", basis=BASIS, by=(SYSTEM, Role.CLERK))
    def close_course(
        self, *, actor: Actor, at: datetime, today: date, enrolled: int, passed: int
    ) -> StepFacts:
        """The last day has passed; the record names it, with how many took part."""
        if today <= self.closes_on:
            raise StepRefused("培训还没有截止。")
        self.outcome = "held"
        return StepFacts(public={"enrolled": enrolled, "passed": passed, "ended_on": self.closes_on})

    @step(source=State.OFFERED, target=None, label="发给结业证书", basis=BASIS, by=(SYSTEM,))
    def certify(self, *, actor: Actor, at: datetime, number: int, score: int) -> StepFacts:
        """Somebody passed the quiz and gets a certificate."""
        return StepFacts(public={"certificate": number, "score": score})

    @step(
        source=(State.DRAFTING, State.CLEARING, State.REVIEWING, State.OFFERED),
        target=State.CANCELLED,
        label="取消培训",
        basis=BASIS,
        by=(Role.APPROVER,),
    )
    def cancel_course(self, *, actor: Actor, at: datetime, reason: str) -> StepFacts:
        """The leader calls it off; the reason stays on the page."""
        if not reason.strip():
            raise InvalidInput("请写明取消的理由，理由会显示在页面上", "reason")
        self.cancel_reason, self.outcome = reason.strip(), "cancelled"
        return StepFacts(public={"reason": reason.strip()})
