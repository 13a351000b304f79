"""The steps of the answer: drafted, reviewed, signed, checked by the mailbox office, sent."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from mailbox.choices import PRACTICE, State
from portal.cases.internal import InternalTerm
from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import YUXI_SITES
from portal.core.workdays import WorkdayTerm
from portal.units.choices import Role

DESK = f"{YUXI_SITES}第六条"
FOUR_EYES = "拟稿、审核、签发、核查须由不同人员办理，您已参与本轮其他环节。"
CHECKING = "核查"


class ReplySteps(InternalTerm):
    """Mixed into the letter; a text is bound to its digest from the moment it is submitted."""

    unit_id: int
    main_unit_id: int | None
    outcome: str
    due_on: date | None

    @step(
        source=(State.HANDLING, State.DRAFTED),
        target=State.DRAFTED,
        label="拟写答复",
        basis=PRACTICE,
        by=(Role.CLERK,),
    )
    def draft_reply(self, *, actor: Actor, at: datetime, content_sha256: str) -> StepFacts:
        """A clerk of the main unit writes the answer, or writes it anew."""
        return StepFacts(public={"content_sha256": content_sha256})

    @step(source=State.DRAFTED, target=State.REVIEWING, label="送审", basis=DESK, by=(Role.CLERK,))
    def submit_reply(self, *, actor: Actor, at: datetime, content_sha256: str, waiting: int) -> StepFacts:
        """The draft goes to review once every assisting unit has given its part."""
        if waiting:
            raise StepRefused(f"还有{waiting}个协办单位没有反馈，收到反馈或者取消协办后再送审。")
        return StepFacts(public={"content_sha256": content_sha256})

    @step(source=State.REVIEWING, target=State.SIGNING, label="审核通过", basis=DESK, by=(Role.REVIEWER,))
    def review_reply(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """Another person of the unit agrees."""
        return self._agreed(actor, signers, content_sha256)

    @step(source=State.SIGNING, target=State.CHECKING, label="签发", basis=DESK, by=(Role.APPROVER,))
    def sign_reply(
        self,
        *,
        actor: Actor,
        at: datetime,
        signers: frozenset[int],
        content_sha256: str,
        office_id: int,
        check_by: WorkdayTerm,
    ) -> StepFacts:
        """A leader of the unit signs; the mailbox office holds the letter for its check."""
        agreed = self._agreed(actor, signers, content_sha256)
        self.unit_id = office_id
        self.set_internal(check_by, CHECKING)
        return agreed

    @step(
        source=(State.REVIEWING, State.SIGNING),
        target=State.HANDLING,
        label="退回修改",
        basis=DESK,
        by=(Role.REVIEWER, Role.APPROVER),
    )
    def return_reply(self, *, actor: Actor, at: datetime, signers: frozenset[int], comment: str) -> StepFacts:
        """Whoever reviews sends the draft back, saying why."""
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        if not comment.strip():
            raise InvalidInput("请写明退回理由", "comment")
        return StepFacts(private=comment.strip())

    @step(
        source=State.CHECKING,
        target=State.HANDLING,
        label="核查退回",
        basis=PRACTICE,
        by=(Role.CLERK,),
    )
    def return_check(self, *, actor: Actor, at: datetime, comment: str) -> StepFacts:
        """The mailbox office finds the answer wanting: back to the main unit, saying why; the clock runs on."""
        if not comment.strip():
            raise InvalidInput("请写明退回理由", "comment")
        self._back_to_the_unit()
        return StepFacts(private=comment.strip())

    @step(
        source=State.CHECKING,
        target=State.ANSWERED,
        label="核查通过，答复来信人",
        basis=PRACTICE,
        by=(Role.CLERK,),
    )
    def answer(
        self, *, actor: Actor, at: datetime, signers: frozenset[int], content_sha256: str
    ) -> StepFacts:
        """The mailbox office agrees and the answer goes out as a numbered paper; the clock stops."""
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        self._back_to_the_unit()
        return self._answered(at, content_sha256)

    @step(
        source=State.MERGED,
        target=State.ANSWERED,
        label="随主件答复",
        basis=PRACTICE,
        by=(Role.CLERK,),
    )
    def answer_with_leader(
        self, *, actor: Actor, at: datetime, content_sha256: str, leader: str, main_unit_id: int
    ) -> StepFacts:
        """The answer to the leading letter answers this one too, under its own number."""
        self.main_unit_id = main_unit_id
        self._back_to_the_unit()
        facts = self._answered(at, content_sha256)
        return StepFacts(public={**facts.public, "leader": leader}, clock=facts.clock)

    def _agreed(self, actor: Actor, signers: frozenset[int], content_sha256: str) -> StepFacts:
        if actor.account_id in signers:
            raise StepRefused(FOUR_EYES)
        return StepFacts(public={"content_sha256": content_sha256})

    def _back_to_the_unit(self) -> None:
        if self.main_unit_id is not None:
            self.unit_id = self.main_unit_id
        self.clear_internal()

    def _answered(self, at: datetime, content_sha256: str) -> StepFacts:
        self.outcome = "answered"
        today = timezone.localdate(at)
        stop = ClockFact(FactKind.STOP, today, reason="答复", basis=PRACTICE)
        late = self.due_on is not None and today > self.due_on
        return StepFacts(public={"content_sha256": content_sha256, "late": late}, clock=(stop,))
