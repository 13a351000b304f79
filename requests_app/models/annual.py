"""What the annual report needs and no case can tell: figures of table 1 and the text sections."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from portal.units.models import Unit


class AnnualFigure(models.Model):
    """One figure of table 1 (国办公开办函〔2021〕30号), entered by the unit; `code` is row and column."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    code = models.CharField("项目", max_length=40)
    value = models.DecimalField("数值", max_digits=14, decimal_places=4)

    class Meta:
        ordering = ["unit", "year", "code"]
        verbose_name = "年报填报数"
        verbose_name_plural = "年报填报数"
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "code"], name="requests_annual_figure_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="requests_annual_figure_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.code}"


class AnnualText(models.Model):
    """The text sections of a unit's report: 总体情况, 主要问题及改进, 其他."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    overview = models.TextField("总体情况", blank=True)
    problems = models.TextField("存在的主要问题及改进情况", blank=True)
    other = models.TextField("其他需要报告的事项", blank=True)

    class Meta:
        ordering = ["unit", "year"]
        verbose_name = "年报文字"
        verbose_name_plural = "年报文字"
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="requests_annual_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"
