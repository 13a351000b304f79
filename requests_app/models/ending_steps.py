"""The steps that undo an ending or a signature: reopened, answered anew, called back, handed on.

Every ending answers, and an ending can be undone by a decided step (条例第三十条; 行政复议法第六十四条; 行政诉讼法第七十条、
第七十二条, the period of a new answer where the decision sets none: 待核).
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django_fsm import GET_STATE

from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import REGULATION, YUXI_SITES, limit
from portal.units.choices import Role
from requests_app.choices import AnewGround, ReopenGround, State
from requests_app.models.sending_steps import IN_HAND

REVIEW_LAW = "《中华人民共和国行政复议法》第六十四条；《中华人民共和国行政诉讼法》第七十条、第七十二条"
MOST_DAYS = 60
# Where a request that ended goes on; from review and signing it goes back to whoever has it in hand.
GOES_ON_IN = (
    State.SUBMITTED,
    State.REGISTERED,
    State.HANDLING,
    State.AWAITING_CORRECTION,
    State.AWAITING_PAYMENT,
)


class EndingSteps:
    """Mixed into the request."""

    outcome: str
    received_on: date | None
    law_day: date
    officer_id: int | None
    unit_id: int

    @step(
        source=(State.WITHDRAWN, State.ABANDONED, State.ENDED),
        target=GET_STATE(lambda self, **facts: facts["back_to"], states=list(GOES_ON_IN)),
        label="恢复办理",
        basis=f"{REGULATION}第三十条；{REVIEW_LAW}",
        by=(Role.APPROVER,),
    )
    def reopen(
        self,
        *,
        actor: Actor,
        at: datetime,
        ground: str,
        reason: str,
        begins_on: date,
        days: int,
        ended_on: date,
        entered_by: int | None,
        back_to: str,
        dropped: tuple[str, ...],
    ) -> StepFacts:
        """A request that ended without an answer goes on; what was entered by mistake did not stop the clock.

        After a mistake it waits `back_to` where it waited; else it is handled anew, and the causes `dropped` (keys of
        the clock), which ended with it, stop nothing any more.
        """
        if ground not in ReopenGround.values:
            raise InvalidInput("请选择恢复办理的情形", "ground")
        if actor.account_id == entered_by and ground != ReopenGround.MISTAKE:
            raise StepRefused("决定恢复办理与原办结须由不同人员办理。")
        self._check(reason, begins_on, days, ended_on, timezone.localdate(at))
        if self.received_on is None and ground != ReopenGround.MISTAKE:
            raise StepRefused("本件办结前尚未登记，请申请人重新提出申请。")
        clock = self._again(begins_on, days, dropped, anew=ground != ReopenGround.MISTAKE)
        return StepFacts(public={"ground": ground}, clock=clock, private=reason.strip())

    @step(
        source=State.ANSWERED,
        target=State.HANDLING,
        label="重新答复",
        basis=REVIEW_LAW,
        by=(Role.APPROVER,),
    )
    def answer_anew(
        self,
        *,
        actor: Actor,
        at: datetime,
        ground: str,
        reason: str,
        begins_on: date,
        days: int,
        ended_on: date,
        corrected: bool,
        void: bool,
        dropped: tuple[str, ...],
    ) -> StepFacts:
        """The answer does not stand: a new one is written, in the period of the decision or in the old one."""
        if ground not in AnewGround.values:
            raise InvalidInput("请选择重新答复的情形", "ground")
        if ground == AnewGround.REVIEW and not corrected:
            raise StepRefused("请先登记复议、诉讼结果为“结果纠正”，再办理重新答复。")
        if ground == AnewGround.VOID and not void:
            raise StepRefused("答复文书没有作废；自行纠正的，请选择“本机关自行纠正”。")
        self._check(reason, begins_on, days, ended_on, timezone.localdate(at))
        clock = self._again(begins_on, days, dropped, anew=ground == AnewGround.REVIEW)
        return StepFacts(public={"ground": ground}, clock=clock, private=reason.strip())

    def _check(self, reason: str, begins_on: date, days: int, ended_on: date, today: date) -> None:
        if not reason.strip():
            raise InvalidInput("请写明理由和凭据", "reason")
        if not ended_on <= begins_on <= today:
            raise InvalidInput("收到决定、裁判之日应在办结之日与今天之间", "begins_on")
        if not 0 <= days <= MOST_DAYS:
            raise InvalidInput(f"重新办理的期限应在1至{MOST_DAYS}个工作日之间，没有写明的填0", "days")

    def _again(
        self, begins_on: date, days: int, dropped: tuple[str, ...], *, anew: bool
    ) -> tuple[ClockFact, ...]:
        self.outcome = ""
        if self.received_on is None:
            return ()
        gone = tuple(ClockFact(FactKind.VOID, begins_on, key=key) for key in dropped)
        if not anew:
            return (*gone, ClockFact(FactKind.REOPEN, begins_on, reason="原办结不成立"))
        period = days or limit("disclosure.reply", on=self.law_day).days
        return (
            *gone,
            ClockFact(FactKind.RESTART, begins_on, period, reason="重新办理", basis=REVIEW_LAW),
        )

    @step(
        source=(State.SIGNED, State.SENDING),
        target=State.HANDLING,
        label="撤回签发",
        basis=f"{YUXI_SITES}第六条",
        by=(Role.APPROVER,),
    )
    def recall_reply(self, *, actor: Actor, at: datetime, reason: str) -> StepFacts:
        """A mistake was seen, or a party spoke, before the reply went out: it is written and reviewed anew."""
        if not reason.strip():
            raise InvalidInput("请写明撤回签发的理由", "reason")
        return StepFacts(private=reason.strip())

    @step(
        source=(State.SUBMITTED, *IN_HAND),
        target=None,
        label="移交承接机关",
        basis="机构改革、撤并的一般规则",
        by=(Role.SUPERVISOR,),
    )
    def hand_on(
        self, *, actor: Actor, at: datetime, unit_id: int, unit_name: str, active: bool, reason: str
    ) -> StepFacts:
        """A unit was closed: a supervisor gives its open request to the unit that goes on with its work."""
        if active:
            raise StepRefused("本机关仍在运行；登记前可以转办，登记后由本机关答复。")
        if not reason.strip():
            raise InvalidInput("请写明撤并文件和承接关系", "reason")
        self.unit_id, self.officer_id = unit_id, None
        return StepFacts(public={"to_unit": unit_name}, private=reason.strip())
