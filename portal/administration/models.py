"""What administrators did; a row is never changed or deleted."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from portal.administration.choices import Act


class AdminRecord(models.Model):
    """One act: who, when, on what, from which values to which."""

    act = models.CharField("事项", max_length=10, choices=Act.choices)
    subject = models.CharField("对象", max_length=160)
    before = models.JSONField("原值", default=dict)
    after = models.JSONField("新值", default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "管理记录"
        verbose_name_plural = "管理记录"

    def __str__(self) -> str:
        return f"{self.get_act_display()}：{self.subject}"
