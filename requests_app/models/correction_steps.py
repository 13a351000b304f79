"""The steps of a correction: asked for once, made or not made in time (条例第三十条)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from portal.cases.transitions import APPLICANT, StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import REGULATION, limit
from portal.holidays.told import told_day
from portal.units.choices import Role
from requests_app.choices import State


class CorrectionSteps:
    """Mixed into the request: while the applicant is to correct, no day is counted."""

    outcome: str
    law_day: date

    @step(
        source=State.HANDLING,
        target=State.AWAITING_CORRECTION,
        label="告知补正",
        basis=f"{REGULATION}第三十条",
        by=(Role.CLERK,),
    )
    def request_correction(
        self,
        *,
        actor: Actor,
        at: datetime,
        unclear: str,
        correct_by: date,
        already: bool,
        workdays_since_receipt: int,
        term_days: int,
    ) -> StepFacts:
        """The clerk tells once, within seven working days of receipt, what to correct and by when.

        `term_days` are the working days from today to `correct_by`: a reasonable term is neither shorter than
        disclosure.correction_least nor longer than disclosure.correction_most.
        """
        if already:
            raise StepRefused("补正应当一次性告知，本件已经告知过补正。")
        most = limit("disclosure.correction", on=self.law_day).days
        if workdays_since_receipt > most:
            raise StepRefused(f"补正应当自收到申请之日起{most}个工作日内一次性告知，现已超过该期限。")
        if not unclear.strip():
            raise InvalidInput("请写明需要补正的事项", "unclear")
        today = timezone.localdate(at)
        least = limit("disclosure.correction_least", on=self.law_day)
        longest = limit("disclosure.correction_most", on=self.law_day)
        if not least.days <= term_days <= longest.days:
            raise InvalidInput(f"补正期限应当合理：不少于{least.text}，不超过{longest.text}", "correct_by")
        wait = ClockFact(
            FactKind.SUSPEND, today, until=correct_by, reason="等待申请人补正", basis=f"{REGULATION}第三十条"
        )
        return StepFacts(public={"correct_by": correct_by}, clock=(wait,))

    @step(
        source=State.AWAITING_CORRECTION,
        target=State.HANDLING,
        label="补正",
        basis=f"{REGULATION}第三十条",
        by=(APPLICANT, Role.CLERK),
    )
    def correct(
        self, *, actor: Actor, at: datetime, text: str, corrected_on: date, told_on: date
    ) -> StepFacts:
        """The correction arrives: the reply period begins anew on that day."""
        if not text.strip():
            raise InvalidInput("请填写补正内容", "text")
        if corrected_on > timezone.localdate(at):
            raise InvalidInput("收到补正之日不能晚于今天", "corrected_on")
        if corrected_on < told_on:
            raise InvalidInput("收到补正之日不能早于告知补正之日", "corrected_on")
        period = limit("disclosure.reply", on=self.law_day)
        anew = ClockFact(
            FactKind.RESTART, corrected_on, period.days, reason="收到补正", basis=f"{REGULATION}第三十条"
        )
        return StepFacts(public={"corrected_on": corrected_on}, clock=(anew,))

    @step(
        source=State.AWAITING_CORRECTION,
        target=State.ABANDONED,
        label="逾期不补正，不再处理",
        basis=f"{REGULATION}第三十条",
        by=(Role.CLERK,),
    )
    def lapse(self, *, actor: Actor, at: datetime, correct_by: date, received: bool) -> StepFacts:
        """No correction in time, counted from the receipt of the notice: the request counts as abandoned."""
        today = timezone.localdate(at)
        if not received:
            raise StepRefused("补正告知书尚未送达申请人：登记收到日之后，补正期限才起算。")
        if today <= correct_by:
            raise StepRefused(f"补正期限至{told_day(correct_by)}，尚未届满。")
        self.outcome = "abandoned"
        stop = ClockFact(FactKind.STOP, today, reason="逾期不补正", basis=f"{REGULATION}第三十条")
        return StepFacts(public={"correct_by": correct_by}, clock=(stop,))
