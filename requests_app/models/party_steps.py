"""The steps of asking others: sent, received, answered or left unanswered, overridden (条例第三十二条、第三十四条)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from portal.cases.transitions import PARTY, StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind, waiting
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import REGULATION
from portal.core.wording import cn_date
from portal.core.workdays import WorkdayTerm
from portal.units.choices import Role
from requests_app.choices import ConsultKind, ConsultState, Opinion, State

ARTICLES = {
    ConsultKind.THIRD_PARTY: f"{REGULATION}第三十二条、第三十三条",
    ConsultKind.JOINT_MAKER: f"{REGULATION}第三十三条、第三十四条",
}
WAITING_STATES = (State.HANDLING, State.AWAITING_CORRECTION, State.AWAITING_PAYMENT)
ONE_DAY = timedelta(days=1)


def stands_still(kind: str, key: str, on: date, term: WorkdayTerm) -> tuple[ClockFact, ...]:
    """The stretch that is not counted; an assisting unit's help is part of handling and stops no clock."""
    if kind == ConsultKind.ASSISTANT:
        return ()
    basis = ARTICLES[ConsultKind(kind)]
    return (waiting(on, term, key=key, reason="征求意见", basis=basis),)


def counting_again(kind: str, key: str, on: date, until: date | None = None) -> tuple[ClockFact, ...]:
    """`on` is the last day that is not counted; with `until` (the limit as it is now) none after the limit is."""
    return () if kind == ConsultKind.ASSISTANT else (ClockFact(FactKind.RESUME, on, until=until, key=key),)


class PartySteps:
    """Mixed into the request; each fact names the consultation by its position, never the party."""

    @step(
        source=State.HANDLING,
        target=None,
        label="征求意见",
        basis=f"{REGULATION}第三十二条、第三十四条",
        by=(Role.CLERK,),
    )
    def consult(
        self, *, actor: Actor, at: datetime, kind: str, position: int, key: str, answer_by: WorkdayTerm
    ) -> StepFacts:
        """A third party, a joint maker or another unit is asked in writing; the clock stands still from today."""
        facts = {"consult_kind": kind, "position": position, "answer_by": answer_by.last}
        return StepFacts(public=facts, clock=stands_still(kind, key, timezone.localdate(at), answer_by))

    @step(
        source=WAITING_STATES,
        target=None,
        label="登记征求意见书的收到日",
        basis=f"{REGULATION}第三十二条",
        by=(Role.CLERK, PARTY),
    )
    def record_party_receipt(
        self,
        *,
        actor: Actor,
        at: datetime,
        kind: str,
        position: int,
        key: str,
        sent_on: date,
        received_on: date,
        answer_by: WorkdayTerm,
    ) -> StepFacts:
        """The party's fifteen working days run from its own receipt."""
        if received_on > timezone.localdate(at):
            raise InvalidInput("收到之日不能晚于今天", "received_on")
        if received_on < sent_on:
            raise InvalidInput("收到之日不能早于发出之日", "received_on")
        again = stands_still(kind, key, received_on + ONE_DAY, answer_by)
        return StepFacts(
            public={"position": position, "received_on": received_on, "answer_by": answer_by.last},
            clock=(*counting_again(kind, key, received_on), *again),
        )

    @step(
        source=WAITING_STATES,
        target=None,
        label="收到意见",
        basis=f"{REGULATION}第三十二条、第三十四条",
        by=(Role.CLERK, PARTY),
    )
    def take_opinion(
        self,
        *,
        actor: Actor,
        at: datetime,
        kind: str,
        position: int,
        key: str,
        sent_on: date,
        answer_by: date,
        answered_on: date,
        opinion: str,
        reason: str,
    ) -> StepFacts:
        """The opinion arrives, by the party's own page or entered by a clerk; counting goes on the next day."""
        if opinion not in Opinion.values:
            raise InvalidInput("请选择意见", "opinion")
        if opinion != Opinion.AGREE and not reason.strip():
            raise InvalidInput("不同意或者部分同意的，请写明理由", "reason")
        if answered_on > timezone.localdate(at):
            raise InvalidInput("收到意见之日不能晚于今天", "answered_on")
        if answered_on < sent_on:
            raise InvalidInput("收到意见之日不能早于发出之日", "answered_on")
        return StepFacts(
            public={"position": position, "opinion": opinion, "late": answered_on > answer_by},
            clock=counting_again(kind, key, answered_on, answer_by),
        )

    @step(
        source=WAITING_STATES,
        target=None,
        label="结束征求意见",
        basis=f"{REGULATION}第三十二条、第三十四条",
        by=(Role.CLERK,),
    )
    def close_consultation(
        self,
        *,
        actor: Actor,
        at: datetime,
        kind: str,
        position: int,
        key: str,
        answer_by: date,
        result: str,
        reason: str,
    ) -> StepFacts:
        """Silence (the unit decides; a joint maker's counts as agreement), not to be reached, or no longer needed."""
        today = timezone.localdate(at)
        if result == ConsultState.SILENT and today <= answer_by:
            raise StepRefused(f"意见期限至{cn_date(answer_by)}，尚未届满。")
        if result != ConsultState.SILENT and not reason.strip():
            raise InvalidInput("请写明情况", "reason")
        return StepFacts(
            public={"position": position, "result": result},
            clock=counting_again(kind, key, today, answer_by),
            private=reason.strip(),
        )

    @step(
        source=WAITING_STATES,
        target=None,
        label="更换征求意见链接",
        basis="内部工作流程",
        by=(Role.CLERK,),
    )
    def renew_link(self, *, actor: Actor, at: datetime, position: int) -> StepFacts:
        """The party's former link no longer opens."""
        return StepFacts(public={"position": position})

    @step(
        source=State.HANDLING,
        target=None,
        label="提出不采纳第三方意见、决定公开",
        basis=f"{REGULATION}第三十二条",
        by=(Role.CLERK,),
    )
    def propose_override(
        self, *, actor: Actor, at: datetime, position: int, objects: bool, reason: str
    ) -> StepFacts:
        """Withholding may gravely harm the public interest: disclose over the objection, with a reason."""
        if not objects:
            raise StepRefused("该第三方没有反对公开。")
        if not reason.strip():
            raise InvalidInput("请写明不公开会对公共利益造成重大影响的理由", "reason")
        return StepFacts(public={"position": position}, private=reason.strip())

    @step(
        source=State.HANDLING,
        target=None,
        label="批准不采纳第三方意见、决定公开",
        basis=f"{REGULATION}第三十二条",
        by=(Role.APPROVER,),
    )
    def approve_override(
        self, *, actor: Actor, at: datetime, position: int, proposed_by: int | None
    ) -> StepFacts:
        """The leader in charge agrees; the party is told the decision and the reasons in writing."""
        if proposed_by is None:
            raise StepRefused("尚未提出不采纳意见的理由。")
        if actor.account_id == proposed_by:
            raise StepRefused("提出与批准须由不同人员办理。")
        return StepFacts(public={"position": position})
