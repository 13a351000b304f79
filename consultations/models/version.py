"""The text as clauses, in versions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from consultations.choices import Change, Stage
from consultations.models.consultation import PublicConsultation

HEADINGS = ("document", "part", "chapter", "section")


class DraftVersion(models.Model):
    """One version of the text, as it was handed in; never changed, a change is another version.

    `text` is the plain text with every character, `document` which of several documents of a file it is.
    """

    consultation = models.ForeignKey(
        PublicConsultation, models.PROTECT, related_name="versions", verbose_name="意见征集"
    )
    number = models.PositiveSmallIntegerField("版本序号")
    stage = models.CharField("文本", max_length=8, choices=Stage.choices)
    title = models.CharField("文本标题", max_length=160)
    text = models.TextField("全文")
    sha256 = models.CharField("全文摘要", max_length=64)
    source = models.CharField("来源", max_length=160)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("录入时间")

    class Meta:
        ordering = ["consultation", "number"]
        verbose_name = "征集文本"
        verbose_name_plural = "征集文本"
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="consultations_version_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="consultations_stage_known"),
        ]

    def __str__(self) -> str:
        return f"第{self.number}版（{self.get_stage_display()}）"


class Clause(models.Model):
    """One clause of a version: 编 章 节 条 款 项 目 or a paragraph. `ref` is its id within the version."""

    version = models.ForeignKey(DraftVersion, models.CASCADE, related_name="clauses", verbose_name="版本")
    ref = models.CharField("标识", max_length=60)
    parent_ref = models.CharField("上级", max_length=60, blank=True)
    position = models.PositiveIntegerField("次序")
    depth = models.PositiveSmallIntegerField("层级")
    kind = models.CharField("种类", max_length=12)
    label = models.CharField("编号", max_length=40, blank=True)
    citation = models.CharField("引用名称", max_length=120, blank=True)
    heading = models.CharField("标题", max_length=200, blank=True)
    text = models.TextField("内容", blank=True)

    class Meta:
        ordering = ["version", "position"]
        verbose_name = "条款"
        verbose_name_plural = "条款"
        constraints = [
            models.UniqueConstraint(fields=["version", "ref"], name="consultations_clause_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_heading(self) -> bool:
        """True for what holds clauses and is not commented on by itself."""
        return self.kind in HEADINGS

    @property
    def name(self) -> str:
        """What people call it: 第三条第（二）项, or its heading, else the beginning of its words."""
        named = self.citation or " ".join(part for part in (self.label, self.heading) if part)
        return named or (self.text if len(self.text) <= 16 else f"{self.text[:16]}…")


class ClauseChange(models.Model):
    """What became of a clause of one version in a later one; a clause that is new has no `old`."""

    earlier = models.ForeignKey(DraftVersion, models.CASCADE, related_name="changes_after")
    later = models.ForeignKey(DraftVersion, models.CASCADE, related_name="changes_before")
    old = models.ForeignKey(Clause, models.CASCADE, null=True, related_name="became")
    new = models.ForeignKey(Clause, models.CASCADE, null=True, related_name="came_from")
    change = models.CharField("变化", max_length=8, choices=Change.choices)
    position = models.PositiveIntegerField("次序")

    class Meta:
        ordering = ["later", "position"]
        verbose_name = "条款变化"
        verbose_name_plural = "条款变化"
        constraints = [
            models.CheckConstraint(condition=Q(change__in=Change.values), name="consultations_change_known"),
            models.CheckConstraint(
                condition=Q(old__isnull=False) | Q(new__isnull=False),
                name="consultations_change_of_something",
            ),
            models.CheckConstraint(condition=~Q(earlier=F("later")), name="consultations_change_between_two"),
        ]

    def __str__(self) -> str:
        sides: tuple[Any, Any] = (self.old, self.new)
        return f"{sides[0] or '—'} → {sides[1] or '—'}：{self.get_change_display()}"
