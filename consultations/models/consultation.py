"""A public consultation and its lifecycle."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from consultations.choices import (
    KIND,
    Access,
    Display,
    PolicyKind,
    State,
)
from consultations.models.desk_steps import DeskSteps
from consultations.models.feedback_steps import FeedbackSteps
from consultations.models.running_steps import RunningSteps
from portal.cases.choices import Phase
from portal.cases.models import Case
from portal.publishing.models import TakeDownSteps

PHASES = {
    State.NEW: Phase.INTAKE,
    State.FED_BACK: Phase.CLOSED,
    State.CANCELLED: Phase.CLOSED,
}


class PublicConsultation(DeskSteps, RunningSteps, FeedbackSteps, TakeDownSteps, Case):
    """One draft on which the public is asked. `Case.unit` is the drafting unit, `Case.title` what is asked about.

    Comments are taken on the days from `opens_on` to `closes_on`, both included; what is open is computed from
    the time in the query and never stored. `Case.due_on` is the day by which adoption is fed back.
    """

    policy_kind = models.CharField("事项类别", max_length=10, choices=PolicyKind.choices)
    background = models.TextField("起草说明")
    contact_name = models.CharField("联系人", max_length=40)
    contact_phone = models.CharField("联系电话", max_length=40)
    contact_email = models.EmailField("电子邮箱", blank=True)
    contact_address = models.CharField("通信地址", max_length=120)
    opens_on = models.DateField("开始日")
    closes_on = models.DateField("截止日")
    shorter_reason = models.CharField("缩短征集期的理由", max_length=300, blank=True)
    access = models.CharField("谁可以提意见", max_length=10, choices=Access.choices, default=Access.ANYONE)
    display = models.CharField(
        "意见如何显示", max_length=10, choices=Display.choices, default=Display.BY_RULE
    )
    announced_at = models.DateTimeField("签发时间", null=True)
    extended_reason = models.CharField("延长征集期的理由", max_length=300, blank=True)
    cancel_reason = models.CharField("终止的理由", max_length=300, blank=True)
    feedback_summary = models.TextField("采纳情况综述", blank=True)
    fed_back_at = models.DateTimeField("反馈时间", null=True)

    KIND: ClassVar[str] = KIND
    STATES: ClassVar[type[models.TextChoices]] = State
    VERB_ORDER: ClassVar[tuple[str, ...]] = (
        "submit_draft",
        "review_draft",
        "clear_draft",
        "announce",
        "close",
        "submit_feedback",
        "review_feedback",
        "clear_feedback",
        "feed_back",
        "edit_draft",
        "add_version",
        "remove_version",
        "remove_paper",
        "recall_draft",
        "enter_comment",
        "return_draft",
        "return_feedback",
        "prolong",
        "cancel",
        "take_down",
    )

    class Meta:
        verbose_name = "意见征集"
        verbose_name_plural = "意见征集"
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gt=F("opens_on")), name="consultations_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(policy_kind__in=PolicyKind.values), name="consultations_policy_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["-closes_on"], name="consultations_by_close")]

    def phase_now(self) -> str:
        """In progress from the first draft, closed when fed back or cancelled."""
        return PHASES.get(State(self.state), Phase.IN_PROGRESS)

    def takes_comments(self, today: date) -> bool:
        """True if comments are taken on that day."""
        return self.state == State.ANNOUNCED and self.opens_on <= today <= self.closes_on

    def has_begun(self, today: date) -> bool:
        """True if everyone may read it on that day."""
        return self.announced_at is not None and self.opens_on <= today
