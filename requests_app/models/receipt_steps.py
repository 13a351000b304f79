"""The steps by which it becomes known that the applicant received something, and by which a wrong day is put right.

No period runs on what nobody received (条例第三十条、第三十二条; 国办函〔2020〕109号: 自收到之日起).
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from portal.cases.transitions import APPLICANT, StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind, waiting
from portal.core.errors import InvalidInput, StepRefused
from portal.core.wording import cn_date
from portal.core.workdays import WorkdayTerm
from portal.units.choices import Role
from requests_app.choices import State
from requests_app.models.sending_steps import CLOSED_STATES, IN_HAND, check_sending

RECEIPT = "条例第三十条、第三十五条；国办函〔2020〕109号"


def laid_anew(
    key: str, on: date, sent: WorkdayTerm, received: WorkdayTerm, *, reason: str, basis: str
) -> tuple[ClockFact, ...]:
    """The pause of a cause as it is now known: from `on`, at most to the end of the term.

    The term runs from sending until the receipt is known, then from the receipt. A receipt after the term from sending had
    ended begins a second pause on its day; the days between stay counted.
    """
    dropped = ClockFact(FactKind.VOID, on, key=key)
    if received.since <= sent.last:
        return (dropped, waiting(on, received, key=key, reason=reason, basis=basis))
    return (
        dropped,
        waiting(on, sent, key=key, reason=reason, basis=basis),
        ClockFact(FactKind.RESUME, sent.last, key=key),
        waiting(received.since, received, key=key, reason=reason, basis=basis),
    )


def check_receipt_day(received_on: date, told_on: date, today: date, evidence: str) -> None:
    """Raise InvalidInput for a receipt that cannot be, or for which nothing is shown."""
    if received_on > today:
        raise InvalidInput("收到之日不能晚于今天", "received_on")
    if received_on < told_on:
        raise InvalidInput("收到之日不能早于发出之日", "received_on")
    if not evidence.strip():
        raise InvalidInput("请写明收到的凭据", "evidence")


def needs_second_person(actor: Actor, unit_id: int, today: date, ended_on: date, what: str) -> None:
    """A receipt entered after the term from sending has ended moves dates: an approver enters it. Raises StepRefused."""
    if today > ended_on and actor.is_staff and not actor.has_role(unit_id, Role.APPROVER):
        raise StepRefused(
            f"{what}自发出之日起计算的期限已于{cn_date(ended_on)}届满，补登收到日会改变期限，须由签发人登记。"
        )


class ReceiptSteps:
    """Mixed into the request."""

    unit_id: int

    @step(
        source=(*IN_HAND, *CLOSED_STATES),
        target=None,
        label="申请人查阅文书",
        basis=RECEIPT,
        by=(APPLICANT,),
    )
    def open_papers(
        self, *, actor: Actor, at: datetime, notices: list[str], clock: tuple[ClockFact, ...]
    ) -> StepFacts:
        """Who has no account opened the page with the query code: what waited there has been received today."""
        return StepFacts(public={"notices": notices, "received_on": timezone.localdate(at)}, clock=clock)

    @step(
        source=(State.HANDLING, State.AWAITING_CORRECTION),
        target=None,
        label="登记告知书的收到日",
        basis=RECEIPT,
        by=(Role.CLERK, Role.APPROVER),
    )
    def record_notice_receipt(
        self,
        *,
        actor: Actor,
        at: datetime,
        notice: str,
        told_on: date,
        received_on: date,
        evidence: str,
        ended_on: date,
        until: date,
    ) -> StepFacts:
        """The applicant received the notice on that day; its term counts from it, in working days."""
        today = timezone.localdate(at)
        check_receipt_day(received_on, told_on, today, evidence)
        needs_second_person(actor, self.unit_id, today, ended_on, notice)
        return StepFacts(public={"notice": notice, "received_on": received_on, "until": until})

    @step(
        source=(*IN_HAND, *CLOSED_STATES),
        target=None,
        label="更正送达、收到日",
        basis="内部管理要求：更正须写明理由，由签发人办理",
        by=(Role.APPROVER,),
    )
    def amend_delivery(
        self,
        *,
        actor: Actor,
        at: datetime,
        number: str,
        issued_on: date,
        send_by: str,
        posted_on: date | None,
        delivered_on: date | None,
        tracking: str,
        signer: str,
        reason: str,
        entered_by: int | None,
        stops: bool,
    ) -> StepFacts:
        """A day, a number or a signer was entered wrongly: an approver puts it right; who entered it may not."""
        if not reason.strip():
            raise InvalidInput("请写明更正的理由和凭据", "reason")
        if actor.account_id == entered_by:
            raise StepRefused("更正与原登记须由不同人员办理。")
        today = timezone.localdate(at)
        counts = check_sending(today, issued_on, send_by, posted_on, delivered_on, tracking, signer)
        clock = (ClockFact(FactKind.STOP, counts, reason="更正答复发出之日"),) if stops else ()
        facts = {"document": number, "posted_on": posted_on, "delivered_on": delivered_on}
        return StepFacts(public=facts, clock=clock, private=reason.strip())

    @step(
        source=(State.HANDLING, State.AWAITING_CORRECTION, State.AWAITING_PAYMENT),
        target=None,
        label="更正告知书、征求意见书的收到日",
        basis="内部管理要求：更正须写明理由，由签发人办理",
        by=(Role.APPROVER,),
    )
    def amend_receipt(
        self,
        *,
        actor: Actor,
        at: datetime,
        notice: str,
        told_on: date,
        received_on: date,
        reason: str,
        entered_by: int | None,
        until: date,
        clock: tuple[ClockFact, ...],
    ) -> StepFacts:
        """The day of receipt of a running notice was entered wrongly: an approver puts it right, with the reason."""
        check_receipt_day(received_on, told_on, timezone.localdate(at), reason)
        if actor.account_id == entered_by:
            raise StepRefused("更正与原登记须由不同人员办理。")
        facts = {"notice": notice, "received_on": received_on, "until": until}
        return StepFacts(public=facts, clock=clock, private=reason.strip())
