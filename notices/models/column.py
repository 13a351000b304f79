"""Columns: the catalogue of each unit as a tree."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from notices.choices import Holds
from portal.units.models import Unit


class AliveRule(models.Model):
    """How often something must be renewed; from the national inspection sheet, so an administrator may change it."""

    code = models.SlugField("代码", max_length=30, unique=True)
    title = models.CharField("检查项", max_length=80)
    days = models.PositiveSmallIntegerField("天数（自然日）")
    warn_days = models.PositiveSmallIntegerField("提前提醒（自然日）")
    source = models.CharField("来源", max_length=200)

    class Meta:
        ordering = ["id"]
        verbose_name = "更新期限"
        verbose_name_plural = "更新期限"
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=1) & Q(days__lte=800), name="notices_rule_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.title}：{self.days}日"


class Column(models.Model):
    """One column of one unit. `unit` owns it and answers for its being alive.

    Columns of the founding text's lists are loaded (`entry` is the catalogue's code); others, topics above all,
    are opened by an approved request (办法第十六条).
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="columns", verbose_name="维护单位")
    entry = models.SlugField("目录代码", max_length=40)
    title = models.CharField("栏目", max_length=80)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级栏目"
    )
    holds = models.CharField("内容", max_length=12, choices=Holds.choices)
    obligatory = models.BooleanField("必设", default=False)
    alive_rule = models.ForeignKey(
        AliveRule, models.PROTECT, null=True, blank=True, related_name="columns", verbose_name="更新期限"
    )
    source = models.CharField("依据", max_length=120, blank=True)
    position = models.PositiveIntegerField("次序", default=0)
    is_open = models.BooleanField("启用", default=True)

    class Meta:
        ordering = ["unit", "position", "id"]
        verbose_name = "栏目"
        verbose_name_plural = "栏目"
        constraints = [
            models.UniqueConstraint(fields=["unit", "entry"], name="notices_column_once"),
            models.CheckConstraint(condition=Q(holds__in=Holds.values), name="notices_holds_known"),
        ]

    def __str__(self) -> str:
        return f"{self.unit.short_name}·{self.title}"
