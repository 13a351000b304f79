"""The periods an administrator may change, with their sources."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class ConsultationTerm(models.Model):
    """One period of the consultations: so many working days or calendar days, from which source."""

    code = models.SlugField("代码", max_length=30, unique=True)
    title = models.CharField("期限", max_length=60)
    days = models.PositiveSmallIntegerField("天数")
    unit = models.CharField("单位", max_length=8, choices=[("workday", "工作日"), ("day", "日")])
    may_be_shorter = models.BooleanField("说明理由的可以缩短", default=False)
    source = models.CharField("来源", max_length=200)

    class Meta:
        ordering = ["id"]
        verbose_name = "征集期限"
        verbose_name_plural = "征集期限"
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1) & Q(days__lte=180), name="consultations_term_in_range"
            ),
            models.CheckConstraint(
                condition=Q(unit__in=["workday", "day"]), name="consultations_term_unit_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}：{self.days}{self.get_unit_display()}"


class HeldWords(models.Model):
    """Words that the office looks at before a comment that holds one is shown; one row, a word a line."""

    code = models.SlugField("代码", max_length=30, unique=True)
    title = models.CharField("名称", max_length=60)
    words = models.TextField("词语", blank=True)
    source = models.CharField("来源", max_length=200)

    class Meta:
        verbose_name = "须人工查看的词语"
        verbose_name_plural = "须人工查看的词语"

    def __str__(self) -> str:
        return self.title
