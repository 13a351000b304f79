"""The numbers of circulars that were issued."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Circular(models.Model):
    """The number that the circular of a period carries; taken once from the office's sequence, never given again."""

    period = models.CharField("期间", max_length=7, unique=True)
    number = models.CharField("文号", max_length=60, unique=True)
    issued_on = models.DateField("印发日期")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="印发人"
    )

    class Meta:
        ordering = ["-issued_on", "-id"]
        verbose_name = "通报文号"
        verbose_name_plural = "通报文号"

    def __str__(self) -> str:
        return self.number
