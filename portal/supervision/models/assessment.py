"""Assessment of units: an indicator table with weights, one assessment for a period, objections with a decision."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from portal.cases.choices import Phase
from portal.cases.models import Case
from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.supervision.choices import ASSESSMENT, BASIS, AssessmentState
from portal.units.choices import Role
from portal.units.models import Unit


class Indicator(models.Model):
    """One thing that counts, with its weight and its source; an administrator may change the weights."""

    code = models.SlugField("代码", max_length=20, unique=True)
    title = models.CharField("指标", max_length=60)
    weight = models.PositiveSmallIntegerField("权重")
    source = models.CharField("依据", max_length=200)

    class Meta:
        ordering = ["id"]
        verbose_name = "考核指标"
        verbose_name_plural = "考核指标"
        constraints = [
            models.CheckConstraint(condition=Q(weight__lte=100), name="supervision_weight_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.weight}）"

    def clean(self) -> None:
        """Somewhere a weight must be left. Raises ValidationError beside `weight`."""
        if not self.weight and not Indicator.objects.exclude(pk=self.pk).filter(weight__gt=0).exists():
            raise ValidationError({"weight": "权重不能全部为零"})


class AssessmentSteps:
    """The steps of an assessment."""

    outcome: str

    @step(
        source=AssessmentState.NEW,
        target=AssessmentState.OPEN,
        label="计算并征求意见",
        basis=BASIS,
        by=(Role.SUPERVISOR,),
    )
    def open_assessment(self, *, actor: Actor, at: datetime, sha256: str, units: int) -> StepFacts:
        """Computed from the log and frozen; units may object until a day."""
        return StepFacts(public={"sha256": sha256, "units": units})

    @step(
        source=AssessmentState.OPEN, target=None, label="对异议作出决定", basis=BASIS, by=(Role.SUPERVISOR,)
    )
    def decide_objection(
        self, *, actor: Actor, at: datetime, objection: int, upheld: bool, unit: str, score: str
    ) -> StepFacts:
        """An objection is upheld with another score, or not."""
        return StepFacts(public={"objection": objection, "upheld": upheld, "unit": unit, "score": score})

    @step(
        source=AssessmentState.OPEN,
        target=AssessmentState.PUBLISHED,
        label="公布",
        basis=BASIS,
        by=(Role.SUPERVISOR,),
    )
    def publish_assessment(
        self, *, actor: Actor, at: datetime, today: date, objections_until: date, undecided: int
    ) -> StepFacts:
        """Not before the last day for objections, and not while one is undecided."""
        if today <= objections_until:
            raise StepRefused("异议期尚未结束。")
        if undecided:
            raise StepRefused(f"还有{undecided}件异议没有决定。")
        self.outcome = "published"
        return StepFacts()


class Assessment(AssessmentSteps, Case):
    """The assessment of all units for a stretch of months. `lines` are frozen when it is opened:
    unit id -> indicator code -> {"score", "words", "evidence"}; a decision on an objection is laid over them."""

    first_month = models.DateField("首月")
    last_month = models.DateField("末月")
    weights = models.JSONField("权重")
    lines = models.JSONField("得分")
    objections_until = models.DateField("异议截止日")

    KIND: ClassVar[str] = ASSESSMENT
    STATES: ClassVar[type[models.TextChoices]] = AssessmentState
    VERB_ORDER: ClassVar[tuple[str, ...]] = ("publish_assessment",)

    class Meta:
        verbose_name = "考核"
        verbose_name_plural = "考核"
        constraints = [
            models.UniqueConstraint(fields=["first_month", "last_month"], name="supervision_assessed_once"),
        ]

    def phase_now(self) -> str:
        """In progress until it is public."""
        return Phase.CLOSED if self.state == AssessmentState.PUBLISHED else Phase.IN_PROGRESS


class Objection(models.Model):
    """A unit disputes one of its scores; a supervisor decides with a reason."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="objections", verbose_name="考核")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="objections", verbose_name="单位")
    indicator = models.SlugField("指标", max_length=20)
    reason = models.CharField("理由", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("提出时间")
    upheld = models.BooleanField("成立", null=True)
    score = models.DecimalField("更正得分", max_digits=5, decimal_places=1, null=True)
    decision = models.CharField("决定", max_length=500, blank=True)
    decided_at = models.DateTimeField("决定时间", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "考核异议"
        verbose_name_plural = "考核异议"
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "unit", "indicator"], name="supervision_objected_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | ~Q(decision=""), name="supervision_decision_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.short_name} {self.indicator}"
