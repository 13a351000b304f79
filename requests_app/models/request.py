"""A disclosure request and its lifecycle."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from portal.cases.choices import Phase
from portal.cases.models import Case
from portal.cases.transitions import APPLICANT, StepFacts, step
from portal.core.actors import Actor
from portal.core.clock import ClockFact, FactKind
from portal.core.errors import InvalidInput, StepRefused
from portal.core.limits import REGULATION, YUXI_RULES, limit
from portal.privacy.fields import SealedTextField
from portal.units.choices import Role
from requests_app import rules
from requests_app.choices import (
    KIND,
    ApplicantKind,
    Channel,
    Delivery,
    FormWanted,
    IdentityKind,
    OrganisationKind,
    State,
)
from requests_app.models.correction_steps import CorrectionSteps
from requests_app.models.release_steps import ReleaseSteps
from requests_app.models.reply_steps import ReplySteps

IN_HANDS = (State.REGISTERED, State.HANDLING, State.REVIEWING, State.CLEARING, State.SIGNING, State.SIGNED)
PHASES = {
    State.NEW: Phase.INTAKE,
    State.SUBMITTED: Phase.INTAKE,
    State.ANSWERED: Phase.CLOSED,
    State.WITHDRAWN: Phase.CLOSED,
    State.ABANDONED: Phase.CLOSED,
    State.AWAITING_CORRECTION: Phase.PAUSED,
}


class DisclosureRequest(CorrectionSteps, ReplySteps, ReleaseSteps, Case):
    """One request for government information (条例第二十七条、第二十九条).

    Personal values are sealed; the indexes beside them serve exact look-up only.
    """

    applicant_kind = models.CharField("申请人类型", max_length=12, choices=ApplicantKind.choices)
    organisation_kind = models.CharField(
        "组织类型", max_length=10, choices=OrganisationKind.choices, blank=True
    )
    name = SealedTextField("姓名或名称")
    name_index = models.CharField(max_length=64, db_index=True)
    identity_kind = models.CharField("证件类型", max_length=20, choices=IdentityKind.choices, blank=True)
    identity_number = SealedTextField("证件号码或统一社会信用代码")
    identity_index = models.CharField(max_length=64, db_index=True)
    representative = SealedTextField("法定代表人或负责人", blank=True)
    contact_person = SealedTextField("联系人", blank=True)
    phone = SealedTextField("联系电话")
    email = SealedTextField("电子邮箱", blank=True)
    address = SealedTextField("通信地址", blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    information_name = models.CharField("所需信息名称", max_length=120, blank=True)
    information_number = models.CharField("文号", max_length=60, blank=True)
    description = SealedTextField("其他特征描述", blank=True)
    form_wanted = models.CharField("信息形式", max_length=10, choices=FormWanted.choices)
    delivery = models.CharField("获取方式", max_length=10, choices=Delivery.choices)
    channel = models.CharField("提交渠道", max_length=16, choices=Channel.choices, default=Channel.ONLINE)
    receipt_evidence = models.CharField("收到凭据", max_length=200, blank=True)

    VERB_ORDER: ClassVar[tuple[str, ...]] = (
        "register",
        "transfer",
        "assign",
        "draft_reply",
        "submit_reply",
        "review_reply",
        "clear_reply",
        "sign_reply",
        "reply",
        "return_reply",
        "request_correction",
        "correct",
        "lapse",
        "request_extension",
        "extend",
        "refuse_extension",
        "propose_release",
        "clear_release",
        "release",
        "reject_release",
        "retract_release",
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.kind:
            self.kind = KIND
        if not self.state and not args:
            self.__dict__["state"] = State.NEW

    def phase_now(self) -> str:
        """Intake until registered, closed when answered or withdrawn."""
        return PHASES.get(State(self.state), Phase.IN_PROGRESS)

    def state_label(self) -> str:
        """The state in Chinese."""
        return State(self.state).label

    def personal_values(self) -> tuple[str, ...]:
        """Every sealed value that names or reaches the applicant; none may be in a public copy."""
        values = (
            self.name,
            self.identity_number,
            self.representative,
            self.contact_person,
            self.phone,
            self.email,
            self.address,
        )
        return tuple(value for value in values if value)

    # intake -----------------------------------------------------------------------------------------

    @step(
        source=State.NEW,
        target=State.SUBMITTED,
        label="提交申请",
        basis=f"{REGULATION}第二十七条、第二十九条",
        by=(APPLICANT, Role.CLERK),
    )
    def submit(self, *, actor: Actor, at: datetime) -> StepFacts:
        """The applicant sends the request."""
        return StepFacts(public={"channel": self.channel, "applicant_kind": self.applicant_kind})

    @step(
        source=State.SUBMITTED,
        target=State.REGISTERED,
        label="登记",
        basis=f"{REGULATION}第三十一条",
        by=(Role.CLERK,),
    )
    def register(
        self, *, actor: Actor, at: datetime, received_on: date, channel: str, evidence: str
    ) -> StepFacts:
        """The unit fixes the day of receipt by channel; the reply clock starts."""
        submitted_on = timezone.localdate(self.created_at)
        problem = rules.receipt_day_problem(channel, received_on, submitted_on, timezone.localdate(at))
        if problem:
            raise InvalidInput(problem, "received_on")
        if not evidence.strip():
            raise InvalidInput("请写明收到日的凭据", "evidence")
        self.channel, self.receipt_evidence, self.received_on = channel, evidence.strip(), received_on
        period = limit("disclosure.reply")
        start = ClockFact(FactKind.START, received_on, period.days, reason="收到申请", basis=period.source)
        return StepFacts(public={"received_on": received_on, "channel": channel}, clock=(start,))

    @step(
        source=State.SUBMITTED,
        target=None,
        label="转办",
        basis=f"{YUXI_RULES}第十四条",
        by=(Role.CLERK,),
    )
    def transfer(self, *, actor: Actor, at: datetime, unit_id: int, unit_name: str, reason: str) -> StepFacts:
        """Before registration, to the unit inside the city that holds the information; this unit loses sight of it."""
        if unit_id == self.unit_id:
            raise InvalidInput("请选择其他机关", "unit")
        if not reason.strip():
            raise InvalidInput("请写明转办理由", "reason")
        former = self.unit.name
        self.unit_id = unit_id
        return StepFacts(public={"from_unit": former, "to_unit": unit_name}, private=reason.strip())

    @step(
        source=(State.REGISTERED, State.HANDLING),
        target=State.HANDLING,
        label="分办",
        basis="内部工作流程",
        by=(Role.CLERK, Role.APPROVER),
    )
    def assign(self, *, actor: Actor, at: datetime, officer_id: int, officer_label: str) -> StepFacts:
        """A named person takes the request in hand."""
        self.officer_id = officer_id
        return StepFacts(public={"officer": officer_id, "officer_label": officer_label})

    # extension --------------------------------------------------------------------------------------

    @step(
        source=IN_HANDS,
        target=None,
        label="申请延期",
        basis=f"{REGULATION}第三十三条第二款",
        by=(Role.CLERK,),
    )
    def request_extension(
        self, *, actor: Actor, at: datetime, days: int, reason: str, already: bool
    ) -> StepFacts:
        """The clerk asks the head of the disclosure office for more time."""
        self._check_extension(days, at, already)
        if not reason.strip():
            raise InvalidInput("请写明延期理由，理由将告知申请人", "reason")
        return StepFacts(public={"days": days}, private=reason.strip())

    @step(
        source=IN_HANDS,
        target=None,
        label="批准延期",
        basis=f"{REGULATION}第三十三条第二款",
        by=(Role.APPROVER,),
    )
    def extend(self, *, actor: Actor, at: datetime, days: int, requested_by: int, already: bool) -> StepFacts:
        """The head of the disclosure office agrees, before the first limit ends, once."""
        self._check_extension(days, at, already)
        if actor.account_id == requested_by:
            raise StepRefused("申请延期与批准延期须由不同人员办理。")
        rule = limit("disclosure.extension")
        longer = ClockFact(
            FactKind.EXTEND, timezone.localdate(at), days, reason="延长答复期限", basis=rule.source
        )
        return StepFacts(public={"days": days, "due_before": self.due_on}, clock=(longer,))

    @step(
        source=IN_HANDS,
        target=None,
        label="不批准延期",
        basis=f"{REGULATION}第三十三条第二款",
        by=(Role.APPROVER,),
    )
    def refuse_extension(self, *, actor: Actor, at: datetime, requested_by: int) -> StepFacts:
        """The head of the disclosure office does not agree; the period stays."""
        if actor.account_id == requested_by:
            raise StepRefused("申请延期与审批须由不同人员办理。")
        return StepFacts()

    def _check_extension(self, days: int, at: datetime, already: bool) -> None:
        problem = rules.extension_problem(days, self.due_on, timezone.localdate(at), already)
        if problem:
            raise InvalidInput(problem, "days")

    # the end ----------------------------------------------------------------------------------------

    @step(
        source=(State.SUBMITTED, State.AWAITING_CORRECTION, *IN_HANDS),
        target=State.WITHDRAWN,
        label="撤回申请",
        basis="申请人自愿",
        by=(APPLICANT,),
    )
    def withdraw(self, *, actor: Actor, at: datetime, reason: str = "") -> StepFacts:
        """The applicant takes the request back before the answer."""
        self.outcome = "withdrawn"
        day = timezone.localdate(at)
        clock = (ClockFact(FactKind.STOP, day, reason="撤回"),) if self.received_on is not None else ()
        return StepFacts(clock=clock, private=reason.strip())
