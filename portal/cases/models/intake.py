"""Numbers, submissions that must not double, and failed query codes."""

from __future__ import annotations

from django.db import models

from portal.cases.models.case import Case
from portal.units.models import Unit


class NumberCounter(models.Model):
    """The last number given out in a series: a row, not a sequence, so that there are no gaps."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="机关")
    series = models.CharField("序列", max_length=40)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        verbose_name = "编号计数"
        verbose_name_plural = "编号计数"
        constraints = [
            models.UniqueConstraint(fields=["unit", "series", "year"], name="cases_counter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class Submission(models.Model):
    """One submission by the keyed digest of its idempotency key: the same key gives the same case."""

    scope = models.CharField("范围", max_length=40)
    key = models.CharField("幂等键摘要", max_length=64)
    fingerprint = models.CharField("内容摘要", max_length=64)
    case = models.ForeignKey(Case, models.CASCADE, related_name="submissions", verbose_name="办件")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "提交记录"
        verbose_name_plural = "提交记录"
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="cases_submission_once")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key[:8]}"


class CodeFailure(models.Model):
    """One wrong query code, by keyed digests of receipt number and network address."""

    receipt = models.CharField("回执摘要", max_length=64)
    address = models.CharField("地址摘要", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "查询失败"
        verbose_name_plural = "查询失败"
        indexes = [
            models.Index(fields=["receipt", "at"], name="cases_failure_receipt"),
            models.Index(fields=["address", "at"], name="cases_failure_address"),
        ]

    def __str__(self) -> str:
        return f"{self.receipt[:8]} {self.at:%F %T}"
