"""A hearing, its seats, and who signed up."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from consultations.hearings.choices import KIND, Place, State, Subject
from consultations.hearings.models.steps import HearingSteps
from consultations.models import PublicConsultation
from portal.cases.choices import Phase
from portal.cases.models import Case
from portal.privacy.fields import SealedTextField
from portal.privacy.personal import EMAIL, NAME, PHONE, WORDS
from portal.publishing.models import TakeDownSteps

PHASES = {State.NEW: Phase.INTAKE, State.REPORTED: Phase.CLOSED, State.CANCELLED: Phase.CLOSED}


class Hearing(HearingSteps, TakeDownSteps, Case):
    """One hearing. `Case.title` is the matter; the seed of the draw is sealed until the draw."""

    consultation = models.ForeignKey(
        PublicConsultation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hearings",
        verbose_name="意见征集",
    )
    subject = models.CharField("事项类别", max_length=10, choices=Subject.choices, default=Subject.OTHER)
    matter = models.TextField("听证事项说明")
    place = models.CharField("地点", max_length=120)
    held_on = models.DateField("举行日")
    held_at = models.TimeField("时间")
    sign_up_from = models.DateField("报名开始日")
    sign_up_until = models.DateField("报名截止日")
    contact_phone = models.CharField("联系电话", max_length=40)
    seed = SealedTextField("抽选种子", personal=WORDS)
    commitment = models.CharField("抽签种子校验值", max_length=64)
    seed_shown = models.CharField("公布的种子", max_length=64, blank=True)
    papers = models.TextField("听证会材料", blank=True)
    papers_on = models.DateField("材料送达之日", null=True)
    announced_at = models.DateTimeField("公告时间", null=True)
    minutes = models.TextField("听证笔录", blank=True)
    report = models.TextField("听证报告", blank=True)
    reported_at = models.DateTimeField("公布报告时间", null=True)
    cancel_reason = models.CharField("取消的理由", max_length=300, blank=True)

    KIND: ClassVar[str] = KIND
    STATES: ClassVar[type[models.TextChoices]] = State
    VERB_ORDER: ClassVar[tuple[str, ...]] = (
        "submit_hearing",
        "review_hearing",
        "announce_hearing",
        "draw_seats",
        "send_papers",
        "hold_hearing",
        "submit_report",
        "clear_report",
        "publish_report",
        "edit_hearing",
        "recall_hearing",
        "return_hearing",
        "return_report",
        "cancel_hearing",
        "take_down",
    )

    class Meta:
        verbose_name = "听证会"
        verbose_name_plural = "听证会"
        constraints = [
            models.CheckConstraint(
                condition=Q(sign_up_until__gte=F("sign_up_from")) & Q(held_on__gt=F("sign_up_until")),
                name="hearings_days_in_order",
            ),
            models.CheckConstraint(condition=Q(subject__in=Subject.values), name="hearings_subject_known"),
        ]

    def phase_now(self) -> str:
        """In progress from the first draft, closed when reported or called off."""
        return PHASES.get(State(self.state), Phase.IN_PROGRESS)

    def takes_sign_ups(self, today: date) -> bool:
        """True if people may sign up on that day."""
        return self.state == State.ANNOUNCED and self.sign_up_from <= today <= self.sign_up_until


class SeatGroup(models.Model):
    """The seats of one interest group."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="groups", verbose_name="听证会")
    title = models.CharField("利益相关方", max_length=40)
    seats = models.PositiveSmallIntegerField("席位")

    class Meta:
        ordering = ["hearing", "id"]
        verbose_name = "席位"
        verbose_name_plural = "席位"
        constraints = [
            models.UniqueConstraint(fields=["hearing", "title"], name="hearings_group_once"),
            models.CheckConstraint(
                condition=Q(seats__gte=1) & Q(seats__lte=100), name="hearings_seats_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.seats}席）"


class SignUp(models.Model):
    """Somebody who wants to take part. Who it is stays sealed; the draw shows numbers only."""

    public_id = models.UUIDField("公开标识", default=uuid.uuid4, unique=True, editable=False)
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="sign_ups", verbose_name="听证会")
    group = models.ForeignKey(SeatGroup, models.PROTECT, related_name="sign_ups", verbose_name="利益相关方")
    number = models.PositiveIntegerField("报名序号")
    name = SealedTextField("姓名", personal=NAME)
    phone = SealedTextField("联系电话", personal=PHONE)
    email = SealedTextField("电子邮箱", blank=True, personal=EMAIL)
    person_index = models.CharField("本人摘要", max_length=64)
    view = models.TextField("主要观点", blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    token_hash = models.CharField("查看链接摘要", max_length=64, unique=True)
    place = models.CharField("抽选结果", max_length=10, choices=Place.choices, default=Place.WAITING)
    at = models.DateTimeField("报名时间")

    class Meta:
        ordering = ["hearing", "number"]
        verbose_name = "报名"
        verbose_name_plural = "报名"
        constraints = [
            models.UniqueConstraint(fields=["hearing", "number"], name="hearings_number_once"),
            models.UniqueConstraint(fields=["hearing", "person_index"], name="hearings_person_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}号报名"
