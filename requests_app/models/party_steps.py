"""The steps of asking others: sent, received, answered or left unanswered, overridden (条例第三十二条、第三十四条)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from portal.cases.transitions import PARTY, StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind, waiting
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import REGULATION
from portal.core.workdays import WorkdayTerm
from portal.holidays.told import told_day
from portal.units.choices import Role
from requests_app.choices import ConsultKind, ConsultState, Opinion, State
from requests_app.models.receipt_steps import check_receipt_day, laid_anew, needs_second_person
from requests_app.models.triage_steps import OPEN_STATES

ARTICLES = {
    ConsultKind.THIRD_PARTY: f"{REGULATION}第三十二条、第三十三条",
    ConsultKind.JOINT_MAKER: f"{REGULATION}第三十三条、第三十四条",
}
WAITING_STATES = (State.HANDLING, State.AWAITING_CORRECTION, State.AWAITING_PAYMENT)
STILL_HEARD = (
    *(state for state in OPEN_STATES if state not in (State.SUBMITTED, State.REGISTERED)),
    State.SENDING,
)
REASON = "征求意见"


def stands_still(kind: str, key: str, on: date, term: WorkdayTerm) -> tuple[ClockFact, ...]:
    """The stretch that is not counted; an assisting unit's help is part of handling and stops no clock."""
    if kind == ConsultKind.ASSISTANT:
        return ()
    basis = ARTICLES[ConsultKind(kind)]
    return (waiting(on, term, key=key, reason=REASON, basis=basis),)


def stands_as_known(
    kind: str, key: str, on: date, sent: WorkdayTerm, received: WorkdayTerm
) -> tuple[ClockFact, ...]:
    """The same stretch once the receipt is known."""
    if kind == ConsultKind.ASSISTANT:
        return ()
    return laid_anew(key, on, sent, received, reason=REASON, basis=ARTICLES[ConsultKind(kind)])


def counting_again(kind: str, key: str, on: date, until: date | None = None) -> tuple[ClockFact, ...]:
    """`on` is the last day that is not counted; with `until` (the limit as it is now) none after the limit is."""
    return () if kind == ConsultKind.ASSISTANT else (ClockFact(FactKind.RESUME, on, until=until, key=key),)


class PartySteps:
    """Mixed into the request; each fact names the consultation by its position, never the party."""

    unit_id: int

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
        by=(Role.CLERK, Role.APPROVER, PARTY),
    )
    def record_party_receipt(
        self,
        *,
        actor: Actor,
        at: datetime,
        kind: str,
        position: int,
        key: str,
        sent: WorkdayTerm,
        received_on: date,
        evidence: str,
        answer_by: WorkdayTerm,
    ) -> StepFacts:
        """The party's fifteen working days run from its own receipt."""
        today = timezone.localdate(at)
        check_receipt_day(received_on, sent.since, today, evidence)
        needs_second_person(actor, self.unit_id, today, sent.last, "征求意见书")
        return StepFacts(
            public={"position": position, "received_on": received_on, "answer_by": answer_by.last},
            clock=stands_as_known(kind, key, sent.since, sent, answer_by),
        )

    @step(
        source=STILL_HEARD,
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
        waited_for: bool,
    ) -> StepFacts:
        """The opinion arrives, by the party's own page or entered by a clerk; counting goes on the next day.

        What comes after silence is heard as long as the reply is not out, and moves no clock.
        """
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
            clock=counting_again(kind, key, answered_on, answer_by) if waited_for else (),
        )

    @step(
        source=WAITING_STATES,
        target=None,
        label="结束征求意见",
        basis=f"{REGULATION}第三十二条、第三十四条",
        by=(Role.CLERK, Role.APPROVER),
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
        received: bool,
        asked_by: int | None,
    ) -> StepFacts:
        """Silence (the unit decides; a joint maker's counts as agreement), not to be reached, or no longer needed.

        Silence is that of somebody who received the letter. That a party whose rights are touched was not to be
        reached, or need not be asked after all, an approver decides who did not ask; what is no longer asked was never
        waited for, so the time counts.
        """
        today = timezone.localdate(at)
        helps = kind == ConsultKind.ASSISTANT
        if result == ConsultState.SILENT:
            if not received and not helps:
                raise StepRefused("征求意见书尚未送达对方：没有收到日，不能作为逾期未提出意见。")
            if today <= answer_by:
                raise StepRefused(f"意见期限至{told_day(answer_by)}，尚未届满。")
        elif result == ConsultState.UNREACHABLE and received:
            raise InvalidInput("对方已经收到征求意见书，不属于无法送达", "result")
        elif not reason.strip():
            raise InvalidInput("请写明情况", "reason")
        elif not helps and (not actor.has_role(self.unit_id, Role.APPROVER) or actor.account_id == asked_by):
            raise StepRefused("无法送达或者不再征求的，须由签发人决定，且与征求意见的经办人不是同一人。")
        clock = counting_again(kind, key, today, answer_by)
        if result == ConsultState.CANCELLED and not helps:
            clock = (ClockFact(FactKind.VOID, today, key=key),)
        return StepFacts(public={"position": position, "result": result}, clock=clock, private=reason.strip())

    @step(
        source=(*STILL_HEARD, State.ANSWERED),
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
            raise StepRefused("对方没有反对公开。")
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

    @step(
        source=State.HANDLING,
        target=None,
        label="不批准不采纳意见、决定公开",
        basis=f"{REGULATION}第三十二条",
        by=(Role.APPROVER,),
    )
    def refuse_override(
        self, *, actor: Actor, at: datetime, position: int, proposed_by: int | None, reason: str
    ) -> StepFacts:
        """The leader in charge does not agree: the objection stands."""
        if proposed_by is None:
            raise StepRefused("尚未提出不采纳意见的理由。")
        if not reason.strip():
            raise InvalidInput("请写明不批准的理由", "reason")
        return StepFacts(public={"position": position}, private=reason.strip())

    @step(
        source=State.HANDLING,
        target=None,
        label="撤销公开的决定",
        basis=f"{REGULATION}第三十二条",
        by=(Role.APPROVER,),
    )
    def revoke_override(self, *, actor: Actor, at: datetime, position: int, reason: str) -> StepFacts:
        """The decision to disclose is taken back: its paper is void, and the party is told."""
        if not reason.strip():
            raise InvalidInput("请写明撤销的理由，理由将告知对方", "reason")
        return StepFacts(public={"position": position}, private=reason.strip())
