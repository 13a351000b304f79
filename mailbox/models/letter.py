"""A letter and its lifecycle."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from mailbox import rules
from mailbox.choices import (
    KIND,
    PRACTICE,
    Addressee,
    Channel,
    Complexity,
    DeclineReason,
    LetterKind,
    Place,
    State,
)
from mailbox.models.after_steps import AfterSteps
from mailbox.models.clock_steps import ClockSteps
from mailbox.models.group_steps import GroupSteps
from mailbox.models.release_steps import ReleaseSteps
from mailbox.models.reply_steps import ReplySteps
from mailbox.models.screening_steps import SCREENING, ScreeningSteps
from mailbox.models.unit_steps import UnitSteps
from mailbox.models.withdraw_steps import WithdrawSteps
from mailbox.models.writers_view import WritersView
from portal.cases.choices import Phase
from portal.cases.models import Case
from portal.cases.transitions import APPLICANT, StepFacts, step
from portal.core.actors import Actor
from portal.core.workdays import WorkdayTerm
from portal.privacy import personal
from portal.privacy.fields import SealedTextField
from portal.privacy.personal import ADDRESS, EMAIL, NAME, PHONE, WORDS
from portal.units.choices import Role
from portal.units.models import Unit

PHASES = {
    State.NEW: Phase.INTAKE,
    State.SUBMITTED: Phase.INTAKE,
    State.AWAITING_SUPPLEMENT: Phase.PAUSED,
    State.DECLINED: Phase.CLOSED,
    State.HANDED_OVER: Phase.CLOSED,
    State.ANSWERED: Phase.CLOSED,
    State.WITHDRAWN: Phase.CLOSED,
}


class Letter(
    ScreeningSteps,
    UnitSteps,
    ClockSteps,
    ReplySteps,
    GroupSteps,
    AfterSteps,
    ReleaseSteps,
    WithdrawSteps,
    WritersView,
    Case,
):
    """One letter. `Case.unit` is whoever holds it now: the mailbox office or the main unit.

    Personal values and the words are sealed; the indexes beside them serve exact look-up only. `term_days` is the
    whole reply period of this round in working days, `clock_from` the day that it counts from.
    """

    addressee = models.CharField("写给", max_length=10, choices=Addressee.choices)
    addressed_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="写给哪个单位的负责人"
    )
    letter_kind = models.CharField("来信类型", max_length=12, choices=LetterKind.choices)
    place = models.CharField("事项发生地", max_length=12, choices=Place.choices)
    topic = SealedTextField("标题", personal=WORDS)
    text = SealedTextField("内容", personal=WORDS)
    name = SealedTextField("姓名", personal=NAME)
    name_index = models.CharField(max_length=64, db_index=True)
    phone = SealedTextField("联系电话", blank=True, personal=PHONE)
    phone_index = models.CharField(max_length=64, db_index=True, blank=True)
    email = SealedTextField("电子邮箱", blank=True, personal=EMAIL)
    residence = SealedTextField("居住地", blank=True, personal=ADDRESS)
    confidential = models.BooleanField("内容保密", default=False)
    consent_to_publish = models.BooleanField("同意公开", default=False)
    channel = models.CharField("来信渠道", max_length=8, choices=Channel.choices, default=Channel.WEB)
    evidence = models.CharField("收到情况", max_length=200, blank=True)
    urgent = models.BooleanField("紧急", default=False)
    complexity = models.CharField("繁简", max_length=14, choices=Complexity.choices, blank=True)
    decline_reason = models.CharField(
        "不予受理的情形", max_length=20, choices=DeclineReason.choices, blank=True
    )
    decline_note = SealedTextField("不予受理的说明", blank=True, personal=WORDS)
    main_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="主办单位"
    )
    assigned_on = models.DateField("交办日", null=True)
    returns = models.PositiveSmallIntegerField("退办次数", default=0)
    binding = models.BooleanField("已裁定承办单位", default=False)
    term_days = models.PositiveSmallIntegerField("答复期限（工作日）", default=0)
    clock_from = models.DateField("本轮起算日", null=True)
    round = models.PositiveSmallIntegerField("办理轮次", default=1)
    again_reason = SealedTextField("来信人不满意的理由", blank=True, personal=WORDS)
    leader = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="members", verbose_name="主件"
    )
    merged_from = models.CharField("并件前的状态", max_length=30, blank=True)
    supervised_on = models.DateField("转督查之日", null=True)
    supervision_verdict = models.CharField("督查结果", max_length=10, blank=True)
    supervision_note = SealedTextField("督查意见", blank=True, personal=WORDS)

    KIND: ClassVar[str] = KIND
    STATES: ClassVar[type[models.TextChoices]] = State
    VERB_ORDER: ClassVar[tuple[str, ...]] = (
        "accept",
        "assign",
        "rule_unit",
        "sign_for",
        "contribute",
        "supplement",
        "draft_reply",
        "submit_reply",
        "review_reply",
        "sign_reply",
        "answer",
        "propose_release",
        "clear_release",
        "release",
        "extend",
        "return_reply",
        "return_check",
        "decline",
        "hand_over",
        "return_letter",
        "recall",
        "change_officer",
        "ask_assistance",
        "cancel_assistance",
        "ask_supplement",
        "continue_without",
        "request_extension",
        "refuse_extension",
        "conclude_supervision",
        "reject_release",
        "retract_release",
        "merge",
        "unmerge",
        "name_reader",
        "revoke_reader",
    )

    class Meta:
        verbose_name = "来信"
        verbose_name_plural = "来信"
        constraints = [
            models.CheckConstraint(
                condition=Q(addressee=Addressee.HEAD, addressed_unit__isnull=False)
                | (~Q(addressee=Addressee.HEAD) & Q(addressed_unit__isnull=True)),
                name="mailbox_head_has_unit",
            ),
            models.CheckConstraint(condition=Q(letter_kind__in=LetterKind.values), name="mailbox_kind_known"),
            models.CheckConstraint(
                condition=~Q(confidential=True, consent_to_publish=True),
                name="mailbox_confidential_unpublished",
            ),
            models.CheckConstraint(
                condition=Q(leader__isnull=True, merged_from="")
                | (Q(leader__isnull=False) & ~Q(merged_from="")),
                name="mailbox_merged_from_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(round__gte=1) & Q(round__lte=rules.ROUNDS), name="mailbox_rehandled_once"
            ),
        ]

    def phase_now(self) -> str:
        """Intake until screened, paused while the writer is waited for, closed when answered or not accepted."""
        return PHASES.get(State(self.state), Phase.IN_PROGRESS)

    @property
    def identity_closed(self) -> bool:
        """True if only named persons may know who wrote."""
        return rules.identity_closed(self.letter_kind, self.confidential)

    @property
    def contacts_erased(self) -> bool:
        """True once the ways to reach the writer are erased: every letter came with one at least."""
        return not (self.phone or self.email or self.residence)

    @property
    def addressed_to(self) -> str:
        """To whom it is written, in words."""
        if self.addressed_unit is not None:
            return f"{self.addressed_unit.name}负责人"
        return Addressee(self.addressee).label

    @property
    def shown_topic(self) -> str:
        """What lists and papers call the letter: its own title, none of it when it is confidential."""
        return f"{LetterKind(self.letter_kind).label}来信（内容保密）" if self.confidential else self.topic

    def personal_values(self) -> tuple[str, ...]:
        """Every sealed value that names or reaches the writer."""
        return personal.naming_values(self)

    @step(
        source=State.NEW,
        target=State.SUBMITTED,
        label="提交来信",
        basis=PRACTICE,
        by=(APPLICANT, Role.CLERK),
    )
    def submit(self, *, actor: Actor, at: datetime, screen_by: WorkdayTerm) -> StepFacts:
        """The writer sends the letter, or a clerk of the mailbox office enters what came otherwise."""
        self.set_internal(screen_by, SCREENING)
        facts = {"channel": self.channel, "letter_kind": self.letter_kind, "screen_by": screen_by.last}
        return StepFacts(public=facts)
