"""Law-enforcement results: how often, and why there were none (制度第十三条第二项)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.units.models import Unit


class EnforcementRhythm(models.Model):
    """Every how many months a unit publishes its results; a unit without a row does so every month."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="enforcement_rhythm", verbose_name="单位")
    months = models.PositiveSmallIntegerField("每几个月", default=2)
    source = models.CharField("依据", max_length=200)

    class Meta:
        ordering = ["unit"]
        verbose_name = "执法结果更新周期"
        verbose_name_plural = "执法结果更新周期"
        constraints = [
            models.CheckConstraint(condition=Q(months__in=(1, 2)), name="notices_rhythm_one_or_two"),
        ]

    def __str__(self) -> str:
        return f"{self.unit.short_name}：每{self.months}个月"


class EnforcementNote(models.Model):
    """The written reason why a unit published no results for a period; never changed."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="enforcement_notes", verbose_name="单位")
    begins_on = models.DateField("期间首日")
    reason = models.CharField("说明", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["unit", "begins_on"]
        verbose_name = "执法结果说明"
        verbose_name_plural = "执法结果说明"
        constraints = [
            models.UniqueConstraint(fields=["unit", "begins_on"], name="notices_enforcement_note_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="notices_enforcement_note_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.unit.short_name} {self.begins_on:%Y-%m}"


class WrongName(models.Model):
    """A name that is written wrongly or no longer right, and what it should be; an administrator keeps the list."""

    wrong = models.CharField("错误或者过时的写法", max_length=60, unique=True)
    right = models.CharField("应为", max_length=60)
    why = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        ordering = ["wrong"]
        verbose_name = "名称核对"
        verbose_name_plural = "名称核对"

    def __str__(self) -> str:
        return f"{self.wrong}→{self.right}"
