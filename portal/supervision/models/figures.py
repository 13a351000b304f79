"""Figures of a month, frozen when it is over; how long the remaining steps usually take."""

from __future__ import annotations

from django.db import models


class FiguresMonth(models.Model):
    """The figures of one month as the log stood at its end; written once, never changed."""

    month = models.DateField("月份", unique=True)
    lines = models.JSONField("数字")
    sha256 = models.CharField("摘要", max_length=64)
    made_at = models.DateTimeField("生成时间")

    class Meta:
        ordering = ["-month"]
        verbose_name = "月度数字"
        verbose_name_plural = "月度数字"

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class StepPace(models.Model):
    """How many working days cases of a kind usually need from a state to their end; made anew every night."""

    kind = models.CharField("业务", max_length=30)
    state = models.CharField("状态", max_length=30)
    usual = models.PositiveSmallIntegerField("通常所需工作日")
    cases = models.PositiveIntegerField("依据件数")

    class Meta:
        ordering = ["kind", "state"]
        verbose_name = "通常用时"
        verbose_name_plural = "通常用时"
        constraints = [models.UniqueConstraint(fields=["kind", "state"], name="supervision_pace_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}: {self.usual}"
