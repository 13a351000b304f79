"""A disclosure request and its lifecycle."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone

from portal.cases.choices import Phase
from portal.cases.models import Case
from portal.cases.transitions import APPLICANT, StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import REGULATION, YUXI_RULES, limit
from portal.core.workdays import WorkdayTerm
from portal.privacy.fields import SealedTextField
from portal.privacy.personal import Personal, Shape
from portal.units.choices import Role
from requests_app import rules
from requests_app.choices import (
    ADDRESSED_AS,
    KIND,
    ApplicantKind,
    Channel,
    Delivery,
    FormWanted,
    IdentityKind,
    OrganisationKind,
    State,
)
from requests_app.models.after_steps import AfterSteps
from requests_app.models.applicants_view import ApplicantsView
from requests_app.models.correction_steps import CorrectionSteps
from requests_app.models.ending_steps import EndingSteps
from requests_app.models.extension_steps import ExtensionSteps
from requests_app.models.fee_steps import FeeSteps
from requests_app.models.particulars import Particulars
from requests_app.models.party_steps import PartySteps
from requests_app.models.people_steps import PeopleSteps
from requests_app.models.receipt_steps import ReceiptSteps
from requests_app.models.release_steps import ReleaseSteps
from requests_app.models.reply_steps import ReplySteps
from requests_app.models.sending_steps import IN_HAND, SendingSteps
from requests_app.models.triage_steps import OPEN_STATES, OTHER_THAN_OFFICER, TriageSteps

REGISTRATION = "登记"
PHASES = {
    State.NEW: Phase.INTAKE,
    State.SUBMITTED: Phase.INTAKE,
    State.ANSWERED: Phase.CLOSED,
    State.WITHDRAWN: Phase.CLOSED,
    State.ABANDONED: Phase.CLOSED,
    State.ENDED: Phase.CLOSED,
    State.AWAITING_CORRECTION: Phase.PAUSED,
    State.AWAITING_PAYMENT: Phase.PAUSED,
}


class DisclosureRequest(
    TriageSteps,
    CorrectionSteps,
    ExtensionSteps,
    PartySteps,
    FeeSteps,
    ReplySteps,
    SendingSteps,
    ReceiptSteps,
    EndingSteps,
    AfterSteps,
    ReleaseSteps,
    PeopleSteps,
    ApplicantsView,
    Particulars,
    Case,
):
    """One request for government information (条例第二十七条、第二十九条).

    Personal values are sealed; the indexes beside them serve exact look-up only.
    """

    applicant_kind = models.CharField("申请人类型", max_length=12, choices=ApplicantKind.choices)
    organisation_kind = models.CharField(
        "组织类型", max_length=10, choices=OrganisationKind.choices, blank=True
    )
    name_index = models.CharField(max_length=64, db_index=True)
    identity_kind = models.CharField("证件类型", max_length=20, choices=IdentityKind.choices, blank=True)
    identity_index = models.CharField(max_length=64, db_index=True)
    agent_identity_kind = models.CharField(
        "代理人证件类型", max_length=20, choices=IdentityKind.choices, blank=True
    )
    topic_index = models.CharField(max_length=64, db_index=True, blank=True)
    information_name = models.CharField("所需信息名称", max_length=120, blank=True)
    information_number = models.CharField("文号", max_length=60, blank=True)
    description = SealedTextField("其他特征描述", blank=True, personal=Personal(Shape.WORDS))
    form_wanted = models.CharField("信息形式", max_length=10, choices=FormWanted.choices)
    delivery = models.CharField("获取方式", max_length=10, choices=Delivery.choices)
    channel = models.CharField("提交渠道", max_length=16, choices=Channel.choices, default=Channel.ONLINE)
    receipt_evidence = models.CharField("收到凭据", max_length=200, blank=True)

    KIND: ClassVar[str] = KIND
    STATES: ClassVar[type[models.TextChoices]] = State
    VERB_ORDER: ClassVar[tuple[str, ...]] = (
        "register",
        "transfer",
        "assign",
        "correct",
        "pay_fee",
        "take_opinion",
        "judge_reasons",
        "record_search",
        "draft_reply",
        "drop_item",
        "submit_reply",
        "review_reply",
        "clear_reply",
        "sign_reply",
        "reply",
        "issue_reply",
        "send_reply",
        "return_reply",
        "record_delivery",
        "record_receipt",
        "record_notice_receipt",
        "recall_reply",
        "answer_anew",
        "reopen",
        "decide_fix",
        "decide_proactive",
        "flag_obvious",
        "unflag_obvious",
        "request_correction",
        "lapse",
        "consult",
        "record_party_receipt",
        "close_consultation",
        "renew_link",
        "approve_override",
        "refuse_override",
        "revoke_override",
        "propose_override",
        "ask_reasons",
        "give_reasons",
        "postpone",
        "charge_fee",
        "record_fee_receipt",
        "cancel_fee",
        "lapse_fee",
        "request_extension",
        "extend",
        "refuse_extension",
        "propose_release",
        "clear_release",
        "release",
        "reject_release",
        "retract_release",
        "ask_fix",
        "record_remedy",
        "close_remedy",
        "archive",
        "amend_delivery",
        "amend_receipt",
        "hand_on",
        "void_paper",
        "change_contact",
        "amend_applicant",
        "succeed",
        "terminate",
        "withdraw",
    )

    class Meta:
        verbose_name = "政府信息公开申请"
        verbose_name_plural = "政府信息公开申请"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(information_name="", information_number="", description=""),
                name="requests_something_is_asked",
            ),
            models.CheckConstraint(
                condition=models.Q(applicant_kind=ApplicantKind.CITIZEN, organisation_kind="")
                | (models.Q(applicant_kind=ApplicantKind.ORGANISATION) & ~models.Q(organisation_kind="")),
                name="requests_organisation_has_kind",
            ),
        ]

    @property
    def addressed_as(self) -> str:
        """What papers say to the applicant: 您 or 贵单位."""
        return ADDRESSED_AS[self.applicant_kind]

    def phase_now(self) -> str:
        """Intake until registered, closed when answered or withdrawn."""
        return PHASES.get(State(self.state), Phase.IN_PROGRESS)

    def applicant_values(self) -> tuple[str, ...]:
        """Every sealed value that names or reaches the applicant, an agent, or those of before."""
        people = (self, *(self.former_applicants.all() if self.pk else ()))
        return tuple(dict.fromkeys(value for person in people for value in person.naming_values()))

    def personal_values(self) -> tuple[str, ...]:
        """Every sealed value that names or reaches anybody in this request; none may be in a public copy.

        Applicants and agents, those of before, and third parties; not the agencies that were asked. Two queries unless
        `former_applicants` and `consultations` were prefetched.
        """
        asked = self.consultations.all() if self.pk else ()
        parties = (value for party in asked for value in party.naming_values())
        return tuple(dict.fromkeys((*self.applicant_values(), *parties)))

    # intake -----------------------------------------------------------------------------------------

    @step(
        source=State.NEW,
        target=State.SUBMITTED,
        label="提交申请",
        basis=f"{REGULATION}第二十七条、第二十九条",
        by=(APPLICANT, Role.CLERK),
    )
    def submit(self, *, actor: Actor, at: datetime, register_by: WorkdayTerm) -> StepFacts:
        """The applicant sends the request, or a clerk enters what came on paper or by word of mouth."""
        self.set_internal(register_by, REGISTRATION)
        return StepFacts(public={"channel": self.channel, "applicant_kind": self.applicant_kind})

    @step(
        source=State.SUBMITTED,
        target=State.REGISTERED,
        label="登记",
        basis=f"{REGULATION}第三十一条",
        by=(Role.CLERK,),
    )
    def register(
        self, *, actor: Actor, at: datetime, received_on: date, channel: str, evidence: str, entered: bool
    ) -> StepFacts:
        """The unit fixes the day of receipt by channel; the reply clock starts."""
        submitted_on = timezone.localdate(self.created_at)
        today = timezone.localdate(at)
        problem = rules.receipt_day_problem(channel, received_on, submitted_on, today, entered=entered)
        self.clear_internal()
        if problem:
            raise InvalidInput(problem, "received_on")
        if not evidence.strip():
            raise InvalidInput("请写明收到日的凭据", "evidence")
        self.channel, self.receipt_evidence, self.received_on = channel, evidence.strip(), received_on
        period = limit("disclosure.reply", on=received_on)
        start = ClockFact(FactKind.START, received_on, period.days, reason="收到申请", basis=period.source)
        return StepFacts(public={"received_on": received_on, "channel": channel}, clock=(start,))

    @step(
        source=State.SUBMITTED,
        target=None,
        label="转办",
        basis=f"{YUXI_RULES}第十四条",
        by=(Role.CLERK,),
    )
    def transfer(
        self,
        *,
        actor: Actor,
        at: datetime,
        unit_id: int,
        unit_name: str,
        reason: str,
        register_by: WorkdayTerm,
    ) -> StepFacts:
        """Before registration, to the unit inside the city that holds the information; this unit loses sight of it."""
        if unit_id == self.unit_id:
            raise InvalidInput("请选择其他机关", "unit")
        if not reason.strip():
            raise InvalidInput("请写明转办理由", "reason")
        former, former_id = self.unit.name, self.unit_id
        self.unit_id = unit_id
        self.set_internal(register_by, REGISTRATION)
        public = {"from_unit": former, "to_unit": unit_name}
        return StepFacts(public=public, private=reason.strip(), unit_id=former_id)

    @step(
        source=tuple(state for state in IN_HAND if state not in (State.REGISTERED, State.HANDLING)),
        target=None,
        label="分办",
        basis="内部工作流程",
        by=(Role.CLERK, Role.APPROVER),
    )
    @step(
        source=(State.REGISTERED, State.HANDLING),
        target=State.HANDLING,
        label="分办",
        basis="内部工作流程",
        by=(Role.CLERK, Role.APPROVER),
    )
    def assign(self, *, actor: Actor, at: datetime, officer_id: int, officer_label: str) -> StepFacts:
        """A named person takes the request in hand; in any later state another one, so that nothing stays with whoever left."""
        self.officer_id = officer_id
        return StepFacts(public={"officer": officer_id, "officer_label": officer_label})

    # the end ----------------------------------------------------------------------------------------

    @step(
        source=OPEN_STATES,
        target=State.WITHDRAWN,
        label="撤回申请",
        basis="申请人自愿",
        by=(APPLICANT, Role.CLERK, Role.APPROVER),
    )
    def withdraw(self, *, actor: Actor, at: datetime, reason: str = "", told: bool = True) -> StepFacts:
        """The applicant takes the request back before the answer, or the office enters the letter that says so.

        A clerk may enter it where the applicant is told of it at once and can object; of somebody who cannot be told an
        approver decides who is not in charge of the case.
        """
        if actor.is_staff and self.applicant_id != actor.account_id:
            if not reason.strip():
                raise InvalidInput("请写明申请人书面撤回的情况", "reason")
            second = actor.has_role(self.unit_id, Role.APPROVER) and actor.account_id != self.officer_id
            if not told and not second:
                raise StepRefused(f"申请人没有可以即时收到通知的方式：{OTHER_THAN_OFFICER}")
        self.outcome = "withdrawn"
        day = timezone.localdate(at)
        clock = (ClockFact(FactKind.STOP, day, reason="撤回"),) if self.received_on is not None else ()
        return StepFacts(clock=clock, private=reason.strip())
