"""A panel judges replies that were drawn at random: each sample by at least two people, none of the unit's own."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.cases.choices import Phase
from portal.cases.models import Case
from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.privacy.fields import SealedTextField
from portal.privacy.personal import WORDS
from portal.supervision.choices import BASIS, PANEL, PanelState
from portal.units.choices import Role
from portal.units.models import Unit

FEWEST_MARKS = 2
MOST_POINTS = 100


class PanelSteps:
    """The steps of a panel."""

    outcome: str

    @step(source=PanelState.NEW, target=PanelState.MARKING, label="抽取", basis=BASIS, by=(Role.SUPERVISOR,))
    def open_panel(
        self, *, actor: Actor, at: datetime, seed: str, candidates: int, samples: int
    ) -> StepFacts:
        """Replies are drawn with a seed that anybody may use to draw them again."""
        return StepFacts(public={"seed": seed, "candidates": candidates, "samples": samples})

    @step(
        source=PanelState.MARKING,
        target=PanelState.CLOSED,
        label="结束评分",
        basis=BASIS,
        by=(Role.SUPERVISOR,),
    )
    def close_panel(
        self, *, actor: Actor, at: datetime, missing: int, marks: int, sha256: str, today: date
    ) -> StepFacts:
        """Not before every sample has its marks; they are fixed by their digest."""
        if missing:
            raise StepRefused(f"还有{missing}件不足{FEWEST_MARKS}人评分。")
        self.outcome = "closed"
        return StepFacts(public={"marks": marks, "sha256": sha256})


class Panel(PanelSteps, Case):
    """The replies of a stretch of months, judged for the assessment."""

    first_month = models.DateField("首月")
    last_month = models.DateField("末月")
    seed = models.CharField("抽取种子", max_length=40)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="panels", verbose_name="评分人")

    KIND: ClassVar[str] = PANEL
    STATES: ClassVar[type[models.TextChoices]] = PanelState
    VERB_ORDER: ClassVar[tuple[str, ...]] = ("close_panel",)

    class Meta:
        verbose_name = "答复抽查"
        verbose_name_plural = "答复抽查"

    def phase_now(self) -> str:
        """In progress until it is closed."""
        return Phase.CLOSED if self.state == PanelState.CLOSED else Phase.IN_PROGRESS


class Sample(models.Model):
    """One drawn reply; the words are those of the day, without personal data, and stay sealed."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="samples", verbose_name="抽查")
    target = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name="办件")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="答复机关")
    title = SealedTextField("标题", personal=WORDS)
    question = SealedTextField("来信或者申请", personal=WORDS)
    answer = SealedTextField("答复", personal=WORDS)

    class Meta:
        ordering = ["id"]
        verbose_name = "抽查件"
        verbose_name_plural = "抽查件"
        constraints = [
            models.UniqueConstraint(fields=["panel", "target"], name="supervision_drawn_once"),
        ]

    def __str__(self) -> str:
        return f"抽查件{self.pk}"


class Mark(models.Model):
    """What one member gives one sample: 0 to 100, and why."""

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="marks", verbose_name="抽查件")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="评分人")
    points = models.PositiveSmallIntegerField("得分")
    remark = models.CharField("说明", max_length=300, blank=True)
    at = models.DateTimeField("评分时间")

    class Meta:
        ordering = ["id"]
        verbose_name = "评分"
        verbose_name_plural = "评分"
        constraints = [
            models.UniqueConstraint(fields=["sample", "by"], name="supervision_marked_once"),
            models.CheckConstraint(condition=Q(points__lte=MOST_POINTS), name="supervision_points_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.points}分"
