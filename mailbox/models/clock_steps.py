"""The steps that move the reply clock, and the reminders that it sends."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from mailbox import rules
from mailbox.choices import AFTER_SCREENING, IN_UNIT, PRACTICE, State
from portal.cases.transitions import APPLICANT, PARTY, SYSTEM, StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind, waiting
from portal.core.errors import InvalidInput, StepRefused
from portal.core.workdays import WorkdayTerm
from portal.holidays.told import told_day
from portal.units.choices import Role


class ClockSteps:
    """Mixed into the letter.

    An extension is written to the clock as the same round counted anew from its first day with the longer period:
    the shared fold adds every extension to whatever round follows, and a re-handling has a period of its own.
    """

    due_on: date | None
    term_days: int
    clock_from: date | None

    @step(
        source=State.HANDLING,
        target=State.AWAITING_SUPPLEMENT,
        label="请来信人补充",
        basis=PRACTICE,
        by=(Role.CLERK,),
    )
    def ask_supplement(
        self,
        *,
        actor: Actor,
        at: datetime,
        asked: str,
        answer_by: WorkdayTerm,
        key: str,
        longest: WorkdayTerm,
        times: int = 0,
    ) -> StepFacts:
        """Without more from the writer it cannot be handled: no day is counted until it comes, or the day passes.

        Not longer than `longest`, and not more often than twice in a handling: `times` it has been asked before.
        """
        if not asked.strip():
            raise InvalidInput("请写明需要补充的内容", "asked")
        today = timezone.localdate(at)
        if answer_by.last <= today:
            raise InvalidInput("补充期限应晚于今天", "answer_by")
        if answer_by.last > longest.last:
            raise InvalidInput(
                f"补充期限最长{longest.days}个工作日，不晚于{told_day(longest.last)}", "answer_by"
            )
        if times >= rules.MOST_SUPPLEMENTS:
            raise StepRefused(f"本轮办理已经请来信人补充{rules.MOST_SUPPLEMENTS}次，请按现有情况办理。")
        wait = waiting(today, answer_by, key=key, reason="等待来信人补充", basis=PRACTICE)
        return StepFacts(public={"answer_by": answer_by.last}, clock=(wait,))

    @step(
        source=State.AWAITING_SUPPLEMENT,
        target=State.HANDLING,
        label="补充",
        basis=PRACTICE,
        by=(APPLICANT, PARTY, Role.CLERK),
    )
    def supplement(
        self,
        *,
        actor: Actor,
        at: datetime,
        text: str,
        came_on: date,
        asked_on: date,
        answer_by: date,
        key: str,
    ) -> StepFacts:
        """What was asked for arrives; the clock goes on the next day. After the day asked for it still counts as read."""
        if not text.strip():
            raise InvalidInput("请填写补充内容", "text")
        if not asked_on <= came_on <= timezone.localdate(at):
            raise InvalidInput("收到补充之日应在请求补充之日与今天之间", "came_on")
        again = ClockFact(FactKind.RESUME, came_on, until=answer_by, key=key)
        return StepFacts(public={"came_on": came_on}, clock=(again,))

    @step(
        source=State.AWAITING_SUPPLEMENT,
        target=State.HANDLING,
        label="未补充，继续办理",
        basis=PRACTICE,
        by=(Role.CLERK,),
    )
    def continue_without(self, *, actor: Actor, at: datetime, answer_by: date, key: str) -> StepFacts:
        """Nothing came in time: the letter is handled by what is known."""
        if timezone.localdate(at) <= answer_by:
            raise StepRefused(f"补充期限至{told_day(answer_by)}，尚未届满。")
        again = ClockFact(FactKind.RESUME, timezone.localdate(at), until=answer_by, key=key)
        return StepFacts(public={"answer_by": answer_by}, clock=(again,))

    # more time ------------------------------------------------------------------------------------------

    @step(source=IN_UNIT, target=None, label="申请延期", basis=PRACTICE, by=(Role.CLERK,))
    def request_extension(
        self, *, actor: Actor, at: datetime, days: int, reason: str, most: int, already: bool
    ) -> StepFacts:
        """The clerk asks the unit's leader for more time."""
        self._check_extension(days, most, at, already)
        if not reason.strip():
            raise InvalidInput("请写明延期理由，理由将告知来信人", "reason")
        return StepFacts(public={"days": days}, private=reason.strip())

    @step(source=IN_UNIT, target=None, label="批准延期", basis=PRACTICE, by=(Role.APPROVER,))
    def extend(
        self,
        *,
        actor: Actor,
        at: datetime,
        days: int,
        requested_by: int,
        most: int,
        source: str,
        already: bool,
    ) -> StepFacts:
        """Another person, a leader, agrees before the period ends, once a round."""
        self._check_extension(days, most, at, already)
        if actor.account_id == requested_by:
            raise StepRefused("申请延期与批准延期须由不同人员办理。")
        if self.clock_from is None:
            raise StepRefused("答复期限尚未起算，不能延期。")
        self.term_days += days
        longer = ClockFact(
            FactKind.RESTART, self.clock_from, self.term_days, reason="延长答复期限", basis=source
        )
        return StepFacts(public={"days": days, "due_before": self.due_on}, clock=(longer,))

    @step(source=IN_UNIT, target=None, label="不批准延期", basis=PRACTICE, by=(Role.APPROVER,))
    def refuse_extension(self, *, actor: Actor, at: datetime, requested_by: int) -> StepFacts:
        """The period stays."""
        if actor.account_id == requested_by:
            raise StepRefused("申请延期与审批须由不同人员办理。")
        return StepFacts()

    def _check_extension(self, days: int, most: int, at: datetime, already: bool) -> None:
        problem = rules.extension_problem(
            self.term_days, days, most, self.due_on, timezone.localdate(at), already
        )
        if problem:
            raise InvalidInput(problem, "days")

    # reminders ------------------------------------------------------------------------------------------

    @step(source=AFTER_SCREENING, target=None, label="催办提醒", basis=PRACTICE, by=(SYSTEM,))
    def remind(self, *, actor: Actor, at: datetime, rung: str, rung_label: str, unit_name: str) -> StepFacts:
        """The clock itself reminds whoever holds the letter."""
        return StepFacts(
            public={"rung": rung, "rung_label": rung_label, "unit": unit_name, "due_on": self.due_on}
        )
