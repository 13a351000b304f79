"""A legal hold: nothing of the case is erased while it lasts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.cases.models.case import Case


class LegalHold(models.Model):
    """Why a case's data must stay although its time has run out; one open hold a case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="holds", verbose_name="办件")
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")
    lifted_at = models.DateTimeField("解除时间", null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = "暂缓清除"
        verbose_name_plural = "暂缓清除"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(lifted_at__isnull=True), name="cases_one_open_hold"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.reason}"
