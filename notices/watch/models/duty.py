"""Duty reading: who reads on which day, and the day's signed log."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from notices.watch.choices import BASIS, KIND, State
from portal.cases.choices import Phase
from portal.cases.models import Case
from portal.cases.transitions import StepFacts, step
from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.units.choices import Role
from portal.units.models import Unit

READERS = (Role.CLERK, Role.PUBLISHER, Role.REVIEWER)


class DutyTurn(models.Model):
    """Who reads a unit's pages on a day. A change is another row: `replaced_at` says when the earlier one ended."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duty_turns", verbose_name="单位")
    day = models.DateField("日期")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="duty_turns", verbose_name="值班人"
    )
    put_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="安排人"
    )
    put_at = models.DateTimeField("安排时间", null=True)
    replaced_at = models.DateTimeField("改变时间", null=True)

    class Meta:
        ordering = ["day", "unit"]
        verbose_name = "值班安排"
        verbose_name_plural = "值班安排"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "day"], condition=Q(replaced_at__isnull=True), name="watch_turn_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit.short_name} {self.day}"


class DutySteps:
    """The steps of a day's log."""

    unit_id: int
    outcome: str
    signed_by_id: int | None

    @step(source=State.NEW, target=State.OPEN, label="开始读网", basis=BASIS, by=READERS)
    def open_log(self, *, actor: Actor, at: datetime, day: str) -> StepFacts:
        """Somebody begins the day's reading."""
        return StepFacts(public={"day": day})

    @step(source=State.OPEN, target=State.SIGNED, label="签署值班日志", basis=BASIS, by=READERS)
    def sign_log(
        self, *, actor: Actor, at: datetime, content_sha256: str, findings: int, instead_of: str
    ) -> StepFacts:
        """Whoever read signs: what the list showed, what was found; and instead of whom, if it was another's turn."""
        self.signed_by_id = actor.account_id
        facts = {"content_sha256": content_sha256, "findings": findings}
        return StepFacts(public=facts | ({"instead_of": instead_of} if instead_of else {}))

    @step(source=State.SIGNED, target=State.CLOSED, label="负责人签字", basis=BASIS, by=(Role.APPROVER,))
    def countersign_log(self, *, actor: Actor, at: datetime, content_sha256: str) -> StepFacts:
        """The leader has seen it; the log becomes a paper."""
        if actor.account_id == self.signed_by_id:
            raise StepRefused("值班人和负责人须为不同人员。")
        self.outcome = "closed"
        return StepFacts(public={"content_sha256": content_sha256})


class DutyLog(DutySteps, Case):
    """The log of one unit and one day, which `key` holds to one. `seen` is the morning list as it was signed."""

    day = models.DateField("日期")
    key = models.CharField("单位和日期", max_length=40, unique=True, null=True)
    seen = models.JSONField("读网清单", default=dict)
    note = models.TextField("值班情况", blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    KIND: ClassVar[str] = KIND
    STATES: ClassVar[type[models.TextChoices]] = State
    VERB_ORDER: ClassVar[tuple[str, ...]] = ("sign_log", "countersign_log")

    class Meta:
        verbose_name = "值班日志"
        verbose_name_plural = "值班日志"

    def phase_now(self) -> str:
        """In progress until the leader has signed."""
        return Phase.CLOSED if self.state == State.CLOSED else Phase.IN_PROGRESS
