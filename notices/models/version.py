"""The versions of an item: the only source of what everyone reads."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models

from notices.choices import Subject
from notices.models.article import Article
from notices.models.column import Column


class ArticleVersion(models.Model):
    """What everyone reads: the words as they were approved, never changed. `publish_at` may lie ahead.

    Lists, counts, filters and pages ask these columns, never the item's own, which somebody may be editing. `first_at`
    is when the item first came out. `withdrawn_at` takes a version down, or stops it before its time.
    """

    public_id = models.UUIDField("公开标识", default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(Article, models.PROTECT, related_name="versions", verbose_name="信息")
    number = models.PositiveSmallIntegerField("版本")
    column = models.ForeignKey(
        Column, models.PROTECT, null=True, related_name="versions", verbose_name="栏目"
    )
    title = models.CharField("标题", max_length=160)
    summary = models.CharField("摘要", max_length=300, blank=True)
    body = models.TextField("正文")
    doc_number = models.CharField("文号", max_length=40, blank=True, default="")
    made_on = models.DateField("成文日期", null=True)
    subject = models.CharField("主题分类", max_length=14, choices=Subject.choices, default=Subject.OTHER)
    interprets = models.ForeignKey(
        Article, models.PROTECT, null=True, related_name="+", verbose_name="解读的文件"
    )
    fields = models.JSONField("要素")
    sha256 = models.CharField("内容摘要", max_length=64)
    publish_at = models.DateTimeField("发布时间")
    first_at = models.DateTimeField("首次发布时间", null=True)
    withdrawn_at = models.DateTimeField("撤下时间", null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["article", "number"]
        verbose_name = "发布版本"
        verbose_name_plural = "发布版本"
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="notices_version_once"),
        ]
        indexes = [models.Index(fields=["-publish_at", "-id"], name="notices_by_time")]

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}版）"

    def is_out(self, now: datetime) -> bool:
        """True if everyone may read it at that moment."""
        return self.withdrawn_at is None and self.publish_at <= now

    def came_out(self, by: datetime) -> bool:
        """True if everyone could read it at some time up to that moment."""
        until = self.withdrawn_at
        return self.publish_at <= by and (until is None or self.publish_at < until)

    @property
    def is_corrected(self) -> bool:
        """True if the item was out before with other words."""
        return self.first_at is not None and self.first_at < self.publish_at
