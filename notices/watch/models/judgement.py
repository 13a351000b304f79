"""What a person judged for the inspection sheet: a computer cannot see a grave incident."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from notices.watch.choices import Severe, Verdict


class InspectionJudgement(models.Model):
    """One judgement about grave incidents; the newest one stands in the sheet, none is ever changed."""

    verdict = models.CharField("评判", max_length=8, choices=Verdict.choices)
    severe = models.CharField("问题类别", max_length=10, choices=Severe.choices, blank=True)
    reason = models.CharField("依据和情况", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="评判人")
    label = models.CharField("评判人姓名", max_length=60)
    at = models.DateTimeField("评判时间")

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "检查单评判"
        verbose_name_plural = "检查单评判"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="watch_judged_with_words"),
            models.CheckConstraint(
                condition=Q(verdict="clean", severe="") | (Q(verdict="found") & ~Q(severe="")),
                name="watch_found_has_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_verdict_display()}"
