"""The steps after the answer: rated, corrected, made proactive, reviewed, filed."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from portal.cases.transitions import APPLICANT, StepFacts, step
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import REGULATION
from portal.units.choices import Role
from requests_app.choices import FixDecision, RemedyKind, RemedyResult, State
from requests_app.models.sending_steps import CLOSED_STATES, IN_HAND


class AfterSteps:
    """Mixed into the request; a closed request stays closed."""

    due_on: date | None

    @step(
        source=(*IN_HAND, *CLOSED_STATES),
        target=None,
        label="文书作废",
        basis="党政机关公文处理的一般规则（待核）",
        by=(Role.APPROVER,),
    )
    def void_paper(
        self,
        *,
        actor: Actor,
        at: datetime,
        number: str,
        reason: str,
        void: bool,
        for_applicant: bool = True,
    ) -> StepFacts:
        """A paper that went out with a mistake is void; it keeps its number, and its check page says so.

        `for_applicant` is False for a paper of the office or to somebody else. The reason is free text, so it is kept beside
        the log.
        """
        if void:
            raise StepRefused("该文书已经作废。")
        if not reason.strip():
            raise InvalidInput("请写明作废理由，理由将在核验页面显示", "reason")
        return StepFacts(public={"document": number, "for_applicant": for_applicant}, private=reason.strip())

    @step(
        source=State.ANSWERED,
        target=None,
        label="评价",
        basis="申请人自愿",
        by=(APPLICANT,),
    )
    def rate(self, *, actor: Actor, at: datetime, mark: int, already: bool) -> StepFacts:
        """The applicant marks the handling from 1 to 5, once."""
        if already:
            raise StepRefused("您已经评价过，谢谢。")
        if mark not in range(1, 6):
            raise InvalidInput("请选择1至5分", "mark")
        return StepFacts(public={"mark": mark})

    @step(
        source=State.ANSWERED,
        target=None,
        label="建议纳入主动公开",
        basis=f"{REGULATION}第四十四条",
        by=(APPLICANT,),
    )
    def suggest_proactive(self, *, actor: Actor, at: datetime, already: bool) -> StepFacts:
        """The applicant suggests that the information be published for everyone."""
        if already:
            raise StepRefused("已经提出过建议。")
        return StepFacts()

    @step(
        source=State.ANSWERED,
        target=None,
        label="决定是否纳入主动公开",
        basis=f"{REGULATION}第四十四条",
        by=(Role.APPROVER,),
    )
    def decide_proactive(self, *, actor: Actor, at: datetime, accepted: bool, comment: str) -> StepFacts:
        """Several people asked for the same, or an applicant suggested it: published for everyone, or not and why."""
        if not comment.strip():
            raise InvalidInput("请写明公开的位置，或者不纳入的理由", "comment")
        return StepFacts(public={"accepted": accepted}, private=comment.strip())

    @step(
        source=State.ANSWERED,
        target=None,
        label="要求更正记录",
        basis=f"{REGULATION}第四十一条",
        by=(APPLICANT, Role.CLERK),
    )
    def ask_fix(self, *, actor: Actor, at: datetime, wrong: str, evidence: str, pending: bool) -> StepFacts:
        """A record about the applicant is wrong, with evidence."""
        if pending:
            raise StepRefused("已有正在处理的更正要求。")
        for field, text, sentence in (
            ("wrong", wrong, "请写明不准确的记录"),
            ("evidence", evidence, "请写明证据"),
        ):
            if not text.strip():
                raise InvalidInput(sentence, field)
        return StepFacts()

    @step(
        source=State.ANSWERED,
        target=None,
        label="处理更正要求",
        basis=f"{REGULATION}第四十一条",
        by=(Role.CLERK,),
    )
    def decide_fix(self, *, actor: Actor, at: datetime, decision: str, answer: str) -> StepFacts:
        """Corrected if the agency may, else passed on or told where to turn."""
        if decision not in FixDecision.values or decision == FixDecision.PENDING:
            raise InvalidInput("请选择处理结果", "decision")
        if not answer.strip():
            raise InvalidInput("请写明处理说明，将告知申请人", "answer")
        return StepFacts(public={"decision": decision})

    @step(
        source=(*IN_HAND, *CLOSED_STATES),
        target=None,
        label="登记复议、诉讼",
        basis=f"{REGULATION}第五十一条",
        by=(Role.CLERK,),
    )
    def record_remedy(
        self, *, actor: Actor, at: datetime, kind: str, body: str, filed_on: date, ended_on: date | None
    ) -> StepFacts:
        """The applicant turned to reconsideration or to court, against the end or against not being answered in time.

        `ended_on` is the day that counts for the end, which may have been written down later; None while it is open.
        """
        if kind not in RemedyKind.values:
            raise InvalidInput("请选择复议或者诉讼", "kind")
        if not body.strip():
            raise InvalidInput("请填写受理机关", "body")
        if filed_on > timezone.localdate(at):
            raise InvalidInput("受理之日不能晚于今天", "filed_on")
        unanswered = self.due_on is not None and filed_on > self.due_on
        if ended_on is None and not unanswered:
            raise InvalidInput("本件尚未办结，答复期限届满后才能登记对逾期不答复的复议、诉讼", "filed_on")
        if ended_on is not None and filed_on < ended_on and not unanswered:
            raise InvalidInput("受理之日不能早于本件办结之日", "filed_on")
        return StepFacts(public={"kind": kind, "filed_on": filed_on})

    @step(
        source=(*IN_HAND, *CLOSED_STATES),
        target=None,
        label="登记复议、诉讼结果",
        basis=f"{REGULATION}第五十一条",
        by=(Role.CLERK,),
    )
    def close_remedy(
        self, *, actor: Actor, at: datetime, result: str, filed_on: date, ended_on: date
    ) -> StepFacts:
        """Upheld, corrected, or another result."""
        if result not in RemedyResult.values or result == RemedyResult.PENDING:
            raise InvalidInput("请选择结果", "result")
        if not filed_on <= ended_on <= timezone.localdate(at):
            raise InvalidInput("审结之日应在受理之日与今天之间", "ended_on")
        return StepFacts(public={"result": result, "ended_on": ended_on})

    @step(
        source=CLOSED_STATES,
        target=None,
        label="立卷归档",
        basis="《玉溪市政府信息公开发布制度》第十五条",
        by=(Role.CLERK,),
    )
    def archive(self, *, actor: Actor, at: datetime, already: bool, undelivered: bool) -> StepFacts:
        """The case file is put together and kept; again, as a further volume, when something came since.

        A dispute or a wish for correction that is still open does not hinder it: what comes of it is added later.
        """
        if already:
            raise StepRefused("本件已经立卷，立卷之后没有新的材料。")
        if undelivered:
            raise StepRefused("答复文书尚未登记送达，送达后再立卷。")
        return StepFacts()
