"""The steps by which papers reach the applicant (国办公开办函〔2016〕235号).

Directly or through another agency: the day signed for counts. By post, through 邮政企业 only: the day of posting counts
for the unit's period, the day of receipt for the applicant's. Through the internet: the day it can be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from portal.cases.internal import InternalTerm
from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import REGULATION
from portal.units.choices import Role
from requests_app import rules
from requests_app.choices import ReplyKind, SendBy, State
from requests_app.models.triage_steps import OPEN_STATES

DELIVERY = "国办公开办函〔2016〕235号"
CLOSED_STATES = (State.ANSWERED, State.WITHDRAWN, State.ABANDONED, State.ENDED)
IN_HAND = (*(state for state in OPEN_STATES if state != State.SUBMITTED), State.SENDING)
NO_DETAIL: Mapping[str, str] = {}
SIGNED_FOR = (SendBy.IN_PERSON, SendBy.AGENCY)


def check_sending(
    today: date,
    issued_on: date,
    send_by: str,
    posted_on: date | None,
    delivered_on: date | None,
    tracking: str,
    signer: str,
) -> date:
    """The day that counts for the unit's period. Raises InvalidInput, by field, for what cannot be."""
    if send_by == SendBy.POST:
        if posted_on is None:
            raise InvalidInput("邮寄送达的，请填写交邮之日，答复期限以交邮之日计算", "posted_on")
        if problem := rules.postal_number_problem(tracking):
            raise InvalidInput(problem, "tracking")
        _check_day("交邮之日", posted_on, issued_on, today, "posted_on")
        if delivered_on is not None:
            check_receipt(today, posted_on, delivered_on)
        return posted_on
    if delivered_on is None:
        raise InvalidInput("请填写送达之日", "delivered_on")
    if send_by in SIGNED_FOR and not signer.strip():
        raise InvalidInput("直接送达、委托送达的，请填写签收人", "signer")
    _check_day("送达之日", delivered_on, issued_on, today, "delivered_on")
    return delivered_on


def check_receipt(today: date, posted_on: date, delivered_on: date) -> None:
    """Raise InvalidInput for a day on which a posted paper cannot have been received."""
    if delivered_on > today:
        raise InvalidInput("送达之日不能晚于今天", "delivered_on")
    if delivered_on < posted_on:
        raise InvalidInput("送达之日不能早于交邮之日", "delivered_on")


def _check_day(name: str, day: date, issued_on: date, today: date, field: str) -> None:
    if day > today:
        raise InvalidInput(f"{name}不能晚于今天", field)
    if day < issued_on:
        raise InvalidInput(f"{name}不能早于文书作出之日", field)


class SendingSteps(InternalTerm):
    """Mixed into the request; the clock stops on the day that counts, whenever it is written down."""

    outcome: str
    due_on: date | None

    @step(
        source=State.SIGNED,
        target=State.ANSWERED,
        label="答复",
        basis=f"{REGULATION}第三十三条、第三十六条",
        by=(Role.CLERK, Role.PUBLISHER),
    )
    def reply(
        self,
        *,
        actor: Actor,
        at: datetime,
        reply_kind: str,
        content_sha256: str,
        online: bool,
        told: bool,
        detail: Mapping[str, str] = NO_DETAIL,
    ) -> StepFacts:
        """The reply is issued as a numbered document and can be read at once; the clock stops.

        `detail` is what the annual report asks of the reply: its ground, its reason.
        """
        if not online:
            raise StepRefused(
                "申请人要求邮寄或者当面领取：请先制发文书，交邮或者签收后登记，计时到那一天为止。"
            )
        if not told:
            raise StepRefused(
                "申请人没有账号、电子邮箱和手机，网上答复无法告知：请制发文书，邮寄或者直接送达，签收后登记。"
            )
        return self._answered(timezone.localdate(at), reply_kind, content_sha256, detail)

    @step(
        source=(State.SIGNED, State.SENDING),
        target=State.SENDING,
        label="制发答复文书",
        basis=f"{REGULATION}第三十六条；{DELIVERY}",
        by=(Role.CLERK, Role.PUBLISHER),
    )
    def issue_reply(
        self, *, actor: Actor, at: datetime, reply_kind: str, content_sha256: str, valid: bool
    ) -> StepFacts:
        """The reply is issued on paper, to be sent; days go on counting. Again only if the paper was declared void."""
        if valid:
            raise StepRefused("答复文书已经制发；有误的，先宣布作废，再重新制发。")
        return StepFacts(public={"reply_kind": reply_kind, "content_sha256": content_sha256})

    @step(
        source=State.SENDING,
        target=State.ANSWERED,
        label="登记发出",
        basis=f"{REGULATION}第三十三条；{DELIVERY}",
        by=(Role.CLERK,),
    )
    def send_reply(
        self,
        *,
        actor: Actor,
        at: datetime,
        reply_kind: str,
        content_sha256: str,
        number: str,
        issued_on: date,
        send_by: str,
        posted_on: date | None,
        delivered_on: date | None,
        tracking: str,
        signer: str,
        detail: Mapping[str, str] = NO_DETAIL,
    ) -> StepFacts:
        """The reply was posted, or signed for; the clock stops on that day, and late is judged by it."""
        today = timezone.localdate(at)
        counts = check_sending(today, issued_on, send_by, posted_on, delivered_on, tracking, signer)
        answered = self._answered(counts, reply_kind, content_sha256, detail)
        sent = {
            "document": number,
            "send_by": send_by,
            "posted_on": posted_on,
            "delivered_on": delivered_on,
            "counts_on": counts,
        }
        return StepFacts(public={**answered.public, **sent}, clock=answered.clock)

    def _answered(
        self, day: date, reply_kind: str, content_sha256: str, detail: Mapping[str, str]
    ) -> StepFacts:
        self.outcome = reply_kind
        self.clear_internal()
        stop = ClockFact(FactKind.STOP, day, reason="答复", basis=f"{REGULATION}第三十三条")
        public = {
            "reply_kind": reply_kind,
            "reply_kind_label": ReplyKind(reply_kind).label,
            "content_sha256": content_sha256,
            "late": self.due_on is not None and day > self.due_on,
            **detail,
        }
        return StepFacts(public=public, clock=(stop,))

    @step(
        source=(*IN_HAND, *CLOSED_STATES),
        target=None,
        label="登记送达",
        basis=DELIVERY,
        by=(Role.CLERK, Role.APPROVER),
    )
    def record_delivery(
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
        already: bool,
    ) -> StepFacts:
        """A paper was posted to the applicant or reached them; the remedies count from the day it reached them."""
        if already:
            raise StepRefused("该文书已经登记送达。")
        today = timezone.localdate(at)
        check_sending(today, issued_on, send_by, posted_on, delivered_on, tracking, signer)
        return StepFacts(
            public={
                "document": number,
                "send_by": send_by,
                "posted_on": posted_on,
                "delivered_on": delivered_on,
            }
        )

    @step(
        source=(*IN_HAND, *CLOSED_STATES),
        target=None,
        label="登记签收",
        basis=DELIVERY,
        by=(Role.CLERK, Role.APPROVER),
    )
    def record_receipt(
        self, *, actor: Actor, at: datetime, number: str, posted_on: date, delivered_on: date
    ) -> StepFacts:
        """The receipt of a posted paper came back: it was signed for on that day, from which the remedies count."""
        check_receipt(timezone.localdate(at), posted_on, delivered_on)
        return StepFacts(public={"document": number, "delivered_on": delivered_on})
