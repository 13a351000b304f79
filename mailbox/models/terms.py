"""The numbers of days an administrator may change, and the reminders that were sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mailbox.choices import Rung
from mailbox.models.letter import Letter
from portal.documents.models import OfficialDocument
from portal.units.models import Unit


class Term(models.Model):
    """One period in working days with its source; none of them is statute, so an administrator may change them."""

    code = models.SlugField("代码", max_length=30, unique=True)
    title = models.CharField("期限", max_length=60)
    days = models.PositiveSmallIntegerField("工作日数")
    source = models.CharField("来源", max_length=200)

    class Meta:
        ordering = ["id"]
        verbose_name = "信箱期限"
        verbose_name_plural = "信箱期限"
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=1) & Q(days__lte=60), name="mailbox_term_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.title}：{self.days}个工作日"

    @property
    def text(self) -> str:
        """The period in words."""
        return f"{self.days}个工作日"


class Reminder(models.Model):
    """One rung climbed for one due date: never twice, whatever runs how often."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="reminders", verbose_name="来信")
    due_on = models.DateField("到期日")
    rung = models.CharField("级别", max_length=8, choices=Rung.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="被提醒单位")
    sent_at = models.DateTimeField("发出时间")
    document = models.ForeignKey(
        OfficialDocument, models.PROTECT, null=True, related_name="+", verbose_name="文书"
    )

    class Meta:
        ordering = ["id"]
        verbose_name = "催办提醒"
        verbose_name_plural = "催办提醒"
        constraints = [
            models.UniqueConstraint(fields=["letter", "due_on", "rung"], name="mailbox_rung_once"),
            models.CheckConstraint(condition=Q(rung__in=Rung.values), name="mailbox_rung_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_rung_display()} {self.due_on}"
