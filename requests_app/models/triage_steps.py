"""The steps of looking a request over: plainly not to be disclosed, too many of them, somebody else's now."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from portal.cases.internal import InternalTerm
from portal.cases.transitions import APPLICANT, StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import REGULATION, YUXI_RULES, limit
from portal.core.workdays import WorkdayTerm
from portal.holidays.told import told_day
from portal.units.choices import Role
from requests_app.choices import EndReason, RefusalGround, State, SuccessionReason, Verdict

OPEN_STATES = (
    State.SUBMITTED,
    State.REGISTERED,
    State.HANDLING,
    State.AWAITING_CORRECTION,
    State.AWAITING_PAYMENT,
    State.REVIEWING,
    State.CLEARING,
    State.SIGNING,
    State.SIGNED,
)
OBVIOUS_GROUNDS = (RefusalGround.STATE_SECRET, RefusalGround.THIRD_PARTY)
OBVIOUS = "明显不予公开的答复"
OTHER_THAN_OFFICER = "不作答复而办结的，须由经办人以外的签发人决定。"


class TriageSteps(InternalTerm):
    """Mixed into the request."""

    outcome: str
    received_on: date | None
    law_day: date
    due_on: date | None
    officer_id: int | None

    @step(
        source=(State.REGISTERED, State.HANDLING),
        target=None,
        label="标记为明显不予公开",
        basis=f"{YUXI_RULES}第十四条第二项",
        by=(Role.CLERK,),
    )
    def flag_obvious(self, *, actor: Actor, at: datetime, ground: str, answer_by: WorkdayTerm) -> StepFacts:
        """Plainly a state secret, private or a trade secret: to be answered within three working days."""
        if ground not in OBVIOUS_GROUNDS:
            raise InvalidInput("请选择国家秘密，或者商业秘密、个人隐私", "ground")
        self.set_internal(answer_by, OBVIOUS)
        return StepFacts(public={"ground": ground, "answer_by": answer_by.last})

    @step(
        source=(State.REGISTERED, State.HANDLING),
        target=None,
        label="取消明显不予公开标记",
        basis=f"{YUXI_RULES}第十四条第二项",
        by=(Role.CLERK,),
    )
    def unflag_obvious(self, *, actor: Actor, at: datetime, comment: str) -> StepFacts:
        """On a closer look it is not plain: the statutory period alone applies."""
        if self.internal_due_for != OBVIOUS:
            raise StepRefused("本件没有标记为明显不予公开。")
        if not comment.strip():
            raise InvalidInput("请写明理由", "comment")
        self.clear_internal()
        return StepFacts(private=comment.strip())

    # too many, too often (art. 35) --------------------------------------------------------------------

    @step(
        source=State.HANDLING,
        target=None,
        label="要求说明理由",
        basis=f"{REGULATION}第三十五条",
        by=(Role.CLERK,),
    )
    def ask_reasons(
        self, *, actor: Actor, at: datetime, finding: str, answer_by: date, already: bool, term_days: int
    ) -> StepFacts:
        """Number or frequency is plainly beyond reason: the applicant is asked to explain. No clock stops.

        `term_days` are the working days to `answer_by`, as reasonable as a term of correction.
        """
        if already:
            raise StepRefused("本件已经要求说明过理由。")
        if not finding.strip():
            raise InvalidInput("请写明申请的数量、频次情况", "finding")
        least = limit("disclosure.correction_least", on=self.law_day)
        longest = limit("disclosure.correction_most", on=self.law_day)
        if not least.days <= term_days <= longest.days:
            raise InvalidInput(f"说明期限应当合理：不少于{least.text}，不超过{longest.text}", "answer_by")
        return StepFacts(public={"answer_by": answer_by})

    @step(
        source=State.HANDLING,
        target=None,
        label="说明理由",
        basis=f"{REGULATION}第三十五条",
        by=(APPLICANT, Role.CLERK),
    )
    def give_reasons(self, *, actor: Actor, at: datetime, text: str, asked: bool) -> StepFacts:
        """The applicant explains, or a clerk enters what came by post."""
        if not asked:
            raise StepRefused("本件没有等待说明的理由。")
        if not text.strip():
            raise InvalidInput("请填写理由", "text")
        return StepFacts()

    @step(
        source=State.HANDLING,
        target=None,
        label="认定理由是否合理",
        basis=f"{REGULATION}第三十五条",
        by=(Role.CLERK,),
    )
    def judge_reasons(
        self,
        *,
        actor: Actor,
        at: datetime,
        verdict: str,
        later_days: int,
        note: str,
        given: bool,
        answer_by: date,
        received: bool,
    ) -> StepFacts:
        """Unreasonable: a reply that it is not processed may follow. Reasonable: answered, if need be later."""
        if verdict not in (Verdict.REASONABLE, Verdict.UNREASONABLE, Verdict.SILENT):
            raise InvalidInput("请选择认定结果", "verdict")
        if verdict == Verdict.SILENT:
            if given:
                raise InvalidInput("申请人已经说明理由，请认定是否合理", "verdict")
            if not received:
                raise StepRefused("说明理由告知书尚未送达申请人：登记收到日之后，说明期限才起算。")
            if timezone.localdate(at) <= answer_by:
                raise StepRefused(f"说明期限至{told_day(answer_by)}，尚未届满。")
        elif not given:
            raise StepRefused("申请人尚未说明理由。")
        if not note.strip():
            raise InvalidInput("请写明认定意见", "note")
        most = limit("disclosure.postponement", on=self.law_day)
        if not 0 <= later_days <= most.days:
            raise InvalidInput(f"延迟答复的期限应在0至{most.text}之间", "later_days")
        if later_days and verdict != Verdict.REASONABLE:
            raise InvalidInput("只有理由合理的，才能确定延迟答复的期限", "later_days")
        return StepFacts(public={"verdict": verdict, "later_days": later_days}, private=note.strip())

    @step(
        source=State.HANDLING,
        target=None,
        label="批准延迟答复",
        basis=f"{REGULATION}第三十五条",
        by=(Role.APPROVER,),
    )
    def postpone(
        self, *, actor: Actor, at: datetime, later_days: int, judged_by: int | None, extended: int
    ) -> StepFacts:
        """Reasonable but not to be managed in time: a later date, told to the applicant.

        `extended` are the working days by which the period has been extended: both together stay within the longest.
        """
        if not later_days:
            raise StepRefused("没有待批准的延迟答复。")
        if actor.account_id == judged_by:
            raise StepRefused("认定与批准须由不同人员办理。")
        most = limit("disclosure.postponement", on=self.law_day)
        if later_days + extended > most.days:
            raise StepRefused(f"延长与延迟答复合计不能超过{most.text}，已经延长{extended}个工作日。")
        today = timezone.localdate(at)
        if self.due_on is not None and today > self.due_on:
            raise StepRefused("原答复期限已过，不能再延迟；应尽快答复。")
        longer = ClockFact(
            FactKind.EXTEND, today, later_days, reason="延迟答复", basis=f"{REGULATION}第三十五条"
        )
        return StepFacts(public={"days": later_days, "due_before": self.due_on}, clock=(longer,))

    # somebody else, or nobody any more ----------------------------------------------------------------

    @step(
        source=OPEN_STATES,
        target=None,
        label="变更申请人",
        basis="行政程序承继的一般规则",
        by=(Role.CLERK,),
    )
    def succeed(self, *, actor: Actor, at: datetime, reason: str, evidence: str) -> StepFacts:
        """The applicant died or was merged, and somebody goes on with the request."""
        if reason not in SuccessionReason.values:
            raise InvalidInput("请选择变更原因", "reason")
        if not evidence.strip():
            raise InvalidInput("请写明证明材料", "evidence")
        return StepFacts(public={"reason": SuccessionReason(reason).label}, private=evidence.strip())

    @step(
        source=OPEN_STATES,
        target=State.ENDED,
        label="终止办理",
        basis="申请人死亡或者终止，无人承继",
        by=(Role.APPROVER,),
    )
    def terminate(self, *, actor: Actor, at: datetime, reason: str, evidence: str) -> StepFacts:
        """There is nobody left to answer: an approver decides who is not in charge of the case."""
        if actor.account_id == self.officer_id:
            raise StepRefused(OTHER_THAN_OFFICER)
        if reason not in EndReason.values:
            raise InvalidInput("请选择终止原因", "reason")
        if not evidence.strip():
            raise InvalidInput("请写明证明材料和情况", "evidence")
        self.outcome = "ended"
        day = timezone.localdate(at)
        clock = (ClockFact(FactKind.STOP, day, reason="终止办理"),) if self.received_on is not None else ()
        return StepFacts(public={"reason": EndReason(reason).label}, clock=clock, private=evidence.strip())
