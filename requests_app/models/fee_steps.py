"""The steps of the fee: told, paid, left unpaid, taken back (条例第四十二条; 国办函〔2020〕109号)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind, waiting
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import REGULATION, limit
from portal.core.workdays import WorkdayTerm
from portal.holidays.told import told_day
from portal.units.choices import Role
from requests_app.choices import AfterPayment, State
from requests_app.models.receipt_steps import (
    check_receipt_day,
    laid_anew,
    needs_second_person,
)

BASIS = f"{REGULATION}第四十二条；国办函〔2020〕109号"
KEY, REASON = "fee", "等待缴纳信息处理费"


def fee_pause(told_on: date, sent: WorkdayTerm, received: WorkdayTerm) -> tuple[ClockFact, ...]:
    """The stretch from the day of the notice, once its receipt is known."""
    return laid_anew(KEY, told_on, sent, received, reason=REASON, basis=BASIS)


class FeeSteps:
    """Mixed into the request: from the day of the notice to the payment no day is counted."""

    outcome: str
    due_on: date | None
    law_day: date
    unit_id: int

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
        still = waiting(today, pay_by, key=KEY, reason=REASON, basis=BASIS)
        return StepFacts(public={"tariff": tariff, "amount": amount, "pay_by": pay_by.last}, clock=(still,))

    @step(
        source=State.AWAITING_PAYMENT,
        target=None,
        label="登记收费通知的收到日",
        basis=BASIS,
        by=(Role.CLERK, Role.APPROVER),
    )
    def record_fee_receipt(
        self,
        *,
        actor: Actor,
        at: datetime,
        sent: WorkdayTerm,
        received_on: date,
        evidence: str,
        pay_by: WorkdayTerm,
        already: bool,
    ) -> StepFacts:
        """The twenty working days to pay run from the day the applicant received the notice; said once."""
        if already:
            raise StepRefused("收到日已经登记；有误的，由签发人更正。")
        today = timezone.localdate(at)
        check_receipt_day(received_on, sent.since, today, evidence)
        needs_second_person(actor, self.unit_id, today, sent.last, "收费通知书")
        return StepFacts(
            public={"received_on": received_on, "pay_by": pay_by.last},
            clock=fee_pause(sent.since, sent, pay_by),
        )

    @step(
        source=State.AWAITING_PAYMENT,
        target=State.HANDLING,
        label="登记缴费",
        basis=BASIS,
        by=(Role.CLERK,),
    )
    def pay_fee(
        self,
        *,
        actor: Actor,
        at: datetime,
        told_on: date,
        pay_by: date,
        paid_on: date,
        evidence: str,
        after: str,
    ) -> StepFacts:
        """The money arrived: the period begins anew on the next day, or goes on (`after`, the rule in force)."""
        if paid_on > timezone.localdate(at):
            raise InvalidInput("缴费之日不能晚于今天", "paid_on")
        if paid_on < told_on:
            raise InvalidInput("缴费之日不能早于告知之日", "paid_on")
        if not evidence.strip():
            raise InvalidInput("请写明缴费凭据", "evidence")
        clock: tuple[ClockFact, ...] = (ClockFact(FactKind.RESUME, paid_on, until=pay_by, key=KEY),)
        if after == AfterPayment.RESTART:
            period = limit("disclosure.reply", on=self.law_day)
            clock += (ClockFact(FactKind.RESTART, paid_on, period.days, reason="收到缴费", basis=BASIS),)
        return StepFacts(public={"paid_on": paid_on, "after": after}, clock=clock)

    @step(
        source=State.AWAITING_PAYMENT,
        target=State.HANDLING,
        label="撤回收费通知",
        basis=BASIS,
        by=(Role.CLERK,),
    )
    def cancel_fee(self, *, actor: Actor, at: datetime, comment: str) -> StepFacts:
        """No fee is taken after all: nothing was waited for, and the days since the notice count."""
        if not comment.strip():
            raise InvalidInput("请写明理由", "comment")
        counted = ClockFact(FactKind.VOID, timezone.localdate(at), key=KEY, reason="收费通知撤回")
        return StepFacts(clock=(counted,), private=comment.strip())

    @step(
        source=State.AWAITING_PAYMENT,
        target=State.ABANDONED,
        label="逾期未缴费，不再处理",
        basis=BASIS,
        by=(Role.CLERK,),
    )
    def lapse_fee(self, *, actor: Actor, at: datetime, pay_by: date, received: bool) -> StepFacts:
        """Not paid in time, counted from the receipt of the notice: the request counts as abandoned."""
        today = timezone.localdate(at)
        if not received:
            raise StepRefused("收费通知书尚未送达申请人：登记收到日之后，缴费期限才起算。")
        if today <= pay_by:
            raise StepRefused(f"缴费期限至{told_day(pay_by)}，尚未届满。")
        self.outcome = "unpaid"
        return StepFacts(
            public={"pay_by": pay_by}, clock=(ClockFact(FactKind.STOP, today, reason="逾期未缴费"),)
        )
