"""Texts at hand (常用语): what a unit says again and again, by kind of case."""

from __future__ import annotations

from django.db import models

from portal.units.models import Unit


class Phrase(models.Model):
    """One text with placeholders in braces: {编号} {信息名称} {机关} {收到日}; `outcome` narrows it ("" for all)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="phrases", verbose_name="机构")
    kind = models.CharField("业务", max_length=30)
    outcome = models.CharField("适用结果", max_length=20, blank=True)
    title = models.CharField("名称", max_length=40)
    text = models.TextField("内容", max_length=2000)

    class Meta:
        ordering = ["unit_id", "kind", "title", "id"]
        verbose_name = "常用语"
        verbose_name_plural = "常用语"
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "title"], name="publishing_phrase_named_once")
        ]

    def __str__(self) -> str:
        return self.title
