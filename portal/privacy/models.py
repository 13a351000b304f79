"""The record of every look at a sealed value."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class PersonalDataAccess(models.Model):
    """Who revealed which sealed field of which case, when, and why. Append-only."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="查看人")
    subject = models.UUIDField("办件", db_index=True)
    field = models.CharField("字段", max_length=40)
    reason = models.CharField("理由", max_length=200)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "个人信息查看记录"
        verbose_name_plural = "个人信息查看记录"
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="privacy_access_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.field} {self.at:%F %T}"


class RetentionRun(models.Model):
    """One erasing: which rule, how many, when. Append-only."""

    rule = models.CharField("规则", max_length=40)
    title = models.CharField("内容", max_length=80)
    erased = models.PositiveIntegerField("清除数")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "到期清除记录"
        verbose_name_plural = "到期清除记录"

    def __str__(self) -> str:
        return f"{self.title} {self.erased} {self.at:%F}"
