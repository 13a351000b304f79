"""An online course and those who take it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from consultations.courses.choices import KIND, State
from consultations.courses.models.steps import CourseSteps
from portal.cases.choices import Phase
from portal.cases.models import Case
from portal.documents.models import OfficialDocument
from portal.privacy.fields import SealedTextField
from portal.privacy.personal import NAME
from portal.publishing.models import TakeDownSteps

PHASES = {State.NEW: Phase.INTAKE, State.CLOSED: Phase.CLOSED, State.CANCELLED: Phase.CLOSED}


class Course(CourseSteps, TakeDownSteps, Case):
    """One course: material to read, a quiz, a certificate. Open on the days from `opens_on` to `closes_on`.

    `quiz` is a questionnaire definition; each question also names its right options under "correct".
    """

    intro = models.TextField("简介")
    material = models.TextField("学习材料")
    opens_on = models.DateField("开始日")
    closes_on = models.DateField("截止日")
    pass_mark = models.PositiveSmallIntegerField("及格分（百分制）", default=80)
    quiz = models.JSONField("测验", default=dict)
    offered_at = models.DateTimeField("签发时间", null=True)
    cancel_reason = models.CharField("取消的理由", max_length=300, blank=True)

    KIND: ClassVar[str] = KIND
    STATES: ClassVar[type[models.TextChoices]] = State
    VERB_ORDER: ClassVar[tuple[str, ...]] = (
        "submit_course",
        "clear_course",
        "offer_course",
        "close_course",
        "edit_course",
        "recall_course",
        "return_course",
        "cancel_course",
        "submit_return",
        "review_return",
        "clear_return",
        "restore",
        "refuse_return",
        "take_down",
    )

    class Meta:
        verbose_name = "网上培训"
        verbose_name_plural = "网上培训"
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="courses_days_in_order"),
            models.CheckConstraint(
                condition=Q(pass_mark__gte=1) & Q(pass_mark__lte=100), name="courses_pass_mark_in_range"
            ),
        ]

    def phase_now(self) -> str:
        """In progress from the first draft, closed when called off."""
        return PHASES.get(State(self.state), Phase.IN_PROGRESS)

    def is_running(self, today: date) -> bool:
        """True if people may learn and take the quiz on that day."""
        return self.state == State.OFFERED and self.opens_on <= today <= self.closes_on


class Enrolment(models.Model):
    """Somebody who takes the course; the name is for the certificate and sealed."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments", verbose_name="培训")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = SealedTextField("姓名", personal=NAME)
    at = models.DateTimeField("报名时间")
    attempts = models.PositiveSmallIntegerField("测验次数", default=0)
    best = models.PositiveSmallIntegerField("最好成绩", default=0)
    passed_at = models.DateTimeField("通过时间", null=True)
    certificate = models.ForeignKey(OfficialDocument, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["course", "id"]
        verbose_name = "学员"
        verbose_name_plural = "学员"
        constraints = [
            models.UniqueConstraint(fields=["course", "account"], name="courses_enrolled_once"),
            models.CheckConstraint(
                condition=Q(passed_at__isnull=True) | Q(certificate__isnull=False),
                name="courses_passed_has_certificate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}：学员"
