"""The steps of the fee: told, paid, left unpaid, taken back (条例第四十二条; 国办函〔2020〕109号)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind, waiting
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import REGULATION
from portal.core.wording import cn_date
from portal.core.workdays import WorkdayTerm
from portal.units.choices import Role
from requests_app.choices import State

BASIS = f"{REGULATION}第四十二条；国办函〔2020〕109号"
KEY = "fee"
ONE_DAY = timedelta(days=1)


class FeeSteps:
    """Mixed into the request: from the day after the notice to the payment no day is counted."""

    outcome: str
    due_on: date | None

    @step(
        source=State.HANDLING,
        target=State.AWAITING_PAYMENT,
        label="告知缴费",
        basis=BASIS,
        by=(Role.CLERK,),
    )
    def charge_fee(
        self,
        *,
        actor: Actor,
        at: datetime,
        tariff: str,
        amount: int,
        pay_by: WorkdayTerm,
        already: bool,
        reason: str,
        ways: str,
    ) -> StepFacts:
        """Within the reply period the applicant is told reason, tariff, sum and how to pay."""
        today = timezone.localdate(at)
        if already:
            raise StepRefused("本件已经收取过信息处理费，不得重复收取。")
        if amount <= 0:
            raise StepRefused("未超出免费范围，不收取信息处理费。")
        if self.due_on is not None and today > self.due_on:
            raise StepRefused("收费通知应当在答复期限内作出，现已超过答复期限。")
        if not reason.strip():
            raise InvalidInput("请写明收费理由，理由将告知申请人", "reason")
        if not ways.strip():
            raise InvalidInput("请写明缴费方式，缴费方式将告知申请人（国办函〔2020〕109号）", "ways")
        still = waiting(today + ONE_DAY, pay_by, key=KEY, reason="等待缴纳信息处理费", basis=BASIS)
        return StepFacts(public={"tariff": tariff, "amount": amount, "pay_by": pay_by.last}, clock=(still,))

    @step(
        source=State.AWAITING_PAYMENT,
        target=None,
        label="登记收费通知的收到日",
        basis=BASIS,
        by=(Role.CLERK,),
    )
    def record_fee_receipt(
        self, *, actor: Actor, at: datetime, told_on: date, received_on: date, pay_by: WorkdayTerm
    ) -> StepFacts:
        """The twenty working days to pay run from the day the applicant received the notice."""
        if received_on > timezone.localdate(at):
            raise InvalidInput("收到之日不能晚于今天", "received_on")
        if received_on < told_on:
            raise InvalidInput("收到之日不能早于发出之日", "received_on")
        again = waiting(
            max(received_on, told_on) + ONE_DAY, pay_by, key=KEY, reason="等待缴纳信息处理费", basis=BASIS
        )
        return StepFacts(
            public={"received_on": received_on, "pay_by": pay_by.last},
            clock=(ClockFact(FactKind.RESUME, received_on, key=KEY), again),
        )

    @step(
        source=State.AWAITING_PAYMENT,
        target=State.HANDLING,
        label="登记缴费",
        basis=BASIS,
        by=(Role.CLERK,),
    )
    def pay_fee(
        self, *, actor: Actor, at: datetime, told_on: date, pay_by: date, paid_on: date, evidence: str
    ) -> StepFacts:
        """The money arrived; counting goes on the next day."""
        if paid_on > timezone.localdate(at):
            raise InvalidInput("缴费之日不能晚于今天", "paid_on")
        if paid_on < told_on:
            raise InvalidInput("缴费之日不能早于告知之日", "paid_on")
        if not evidence.strip():
            raise InvalidInput("请写明缴费凭据", "evidence")
        again = ClockFact(FactKind.RESUME, paid_on, until=pay_by, key=KEY)
        return StepFacts(public={"paid_on": paid_on}, clock=(again,))

    @step(
        source=State.AWAITING_PAYMENT,
        target=State.HANDLING,
        label="撤回收费通知",
        basis=BASIS,
        by=(Role.CLERK,),
    )
    def cancel_fee(self, *, actor: Actor, at: datetime, pay_by: date, comment: str) -> StepFacts:
        """No fee is taken after all."""
        if not comment.strip():
            raise InvalidInput("请写明理由", "comment")
        again = ClockFact(FactKind.RESUME, timezone.localdate(at), until=pay_by, key=KEY)
        return StepFacts(clock=(again,), private=comment.strip())

    @step(
        source=State.AWAITING_PAYMENT,
        target=State.ABANDONED,
        label="逾期未缴费，不再处理",
        basis=BASIS,
        by=(Role.CLERK,),
    )
    def lapse_fee(self, *, actor: Actor, at: datetime, pay_by: date) -> StepFacts:
        """Not paid in time: the request counts as abandoned."""
        today = timezone.localdate(at)
        if today <= pay_by:
            raise StepRefused(f"缴费期限至{cn_date(pay_by)}，尚未届满。")
        self.outcome = "unpaid"
        return StepFacts(
            public={"pay_by": pay_by}, clock=(ClockFact(FactKind.STOP, today, reason="逾期未缴费"),)
        )
