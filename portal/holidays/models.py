"""The yearly notices of the State Council, as the working-day calendar reads them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from portal.holidays.choices import DayRole


class HolidayNotice(models.Model):
    """One year's notice. A row here takes precedence over the notice that ships for the same year."""

    year = models.PositiveSmallIntegerField("年份", unique=True)
    document = models.CharField("文号", max_length=100, help_text="例如：国办发明电〔2025〕7号")
    issued_on = models.DateField("发文日期", null=True, blank=True)
    source_note = models.CharField("说明", max_length=300, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="录入人",
    )
    entered_at = models.DateTimeField("录入时间", auto_now=True)

    class Meta:
        verbose_name = "放假安排通知"
        verbose_name_plural = "放假安排通知"
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.year}年放假安排（{self.document}）"


class HolidayDay(models.Model):
    """One day that a notice gives off, or makes a working day although it is a weekend."""

    notice = models.ForeignKey(
        HolidayNotice, on_delete=models.CASCADE, related_name="days", verbose_name="通知"
    )
    date = models.DateField("日期", unique=True)
    kind = models.CharField("类别", max_length=4, choices=DayRole.choices)
    name = models.CharField("节日", max_length=40)

    class Meta:
        verbose_name = "放假或调休日"
        verbose_name_plural = "放假或调休日"
        ordering = ["date"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=DayRole.values), name="holidays_holidayday_kind_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}{self.get_kind_display()}"
