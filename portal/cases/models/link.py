"""A case that goes on as another one."""

from __future__ import annotations

from django.db import models

from portal.cases.models.case import Case


class CaseLink(models.Model):
    """`source` belonged to another procedure and goes on as `target`; each is shown on the other's page."""

    source = models.OneToOneField(Case, models.PROTECT, related_name="goes_on_as", verbose_name="原办件")
    target = models.OneToOneField(Case, models.PROTECT, related_name="comes_from", verbose_name="转出的办件")
    made_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "办件关联"
        verbose_name_plural = "办件关联"

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
