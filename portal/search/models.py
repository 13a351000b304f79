"""The record of what can be found, and what the finder learns: the index itself lies beside the database."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import F

from portal.cases.models import Case
from portal.search.choices import Chip
from portal.units.models import Unit


class SearchEntry(models.Model):
    """A public thing as the finder sees it; rebuilt from its source at any time.

    `change` is the number of the change that wrote the row: an index that has followed up to a number has every row
    up to it.
    """

    kind = models.CharField("类别", max_length=30)
    key = models.CharField("来源键", max_length=80, unique=True)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("正文")
    folded = models.TextField("比对文本")
    initials = models.CharField("标题拼音首字母", max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, verbose_name="机关")
    published_on = models.DateField("公开日期")
    url = models.CharField("地址", max_length=200)
    chip = models.CharField("频道", max_length=10, choices=Chip.choices, default=Chip.OPEN)
    validity = models.CharField("有效性", max_length=10, blank=True, default="")
    attached = models.TextField("附件文字", blank=True, default="")
    change = models.BigIntegerField("变更序号", default=0, db_index=True)

    class Meta:
        ordering = ["-published_on", "-id"]
        verbose_name = "检索条目"
        verbose_name_plural = "检索条目"
        indexes = [models.Index(fields=["-published_on", "-id"], name="search_by_date")]

    def __str__(self) -> str:
        return self.title


class SearchRemoval(models.Model):
    """A row that was taken out, for indexes that still have it."""

    entry = models.BigIntegerField("条目", unique=True)
    change = models.BigIntegerField("变更序号", db_index=True)

    class Meta:
        verbose_name = "检索条目撤出"
        verbose_name_plural = "检索条目撤出"

    def __str__(self) -> str:
        return str(self.entry)


class SearchState(models.Model):
    """One row: the last change number, and the name of this history; a database from elsewhere has another name."""

    change = models.BigIntegerField("变更序号", default=0)
    history = models.UUIDField("来历", default=uuid.uuid4)
    words = models.BigIntegerField("词表版本", default=0)

    class Meta:
        verbose_name = "检索状态"
        verbose_name_plural = "检索状态"

    def __str__(self) -> str:
        return str(self.change)


class PlainWord(models.Model):
    """What people say beside what texts are called; an administrator adds to it, each change on record."""

    plain = models.CharField("通俗说法", max_length=40, unique=True)
    official = models.CharField("正式用语（多个用空格隔开）", max_length=120)
    source = models.CharField("来源", max_length=80, blank=True)
    in_use = models.BooleanField("启用", default=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "通俗说法"
        verbose_name_plural = "通俗说法"

    def __str__(self) -> str:
        return f"{self.plain}：{self.official}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it, and tell every process that the table is another one now."""
        super().save(*args, **kwargs)
        SearchState.objects.update(words=F("words") + 1)


class AskedQuery(models.Model):
    """How often something was asked, without by whom; a person asking again the same day counts once."""

    text = models.CharField("搜索词", max_length=40, unique=True)
    asked = models.PositiveIntegerField("次数", default=0)
    opened = models.PositiveIntegerField("打开结果次数", default=0)
    found = models.PositiveIntegerField("最近一次结果数", default=0)
    last_on = models.DateField("最近一次")
    settled = models.BooleanField("已处理", default=False)

    class Meta:
        ordering = ["-asked", "pk"]
        verbose_name = "搜索词统计"
        verbose_name_plural = "搜索词统计"
        indexes = [models.Index(fields=["-asked", "id"], name="search_asked_most")]

    def __str__(self) -> str:
        return self.text


class CaseWord(models.Model):
    """A word of a case as a keyed digest: it is found by who types the same word, and cannot be read."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+", verbose_name="办件")
    digest = models.CharField("词的摘要", max_length=24)

    class Meta:
        verbose_name = "办件用词"
        verbose_name_plural = "办件用词"
        constraints = [models.UniqueConstraint(fields=["digest", "case"], name="search_case_word_once")]

    def __str__(self) -> str:
        return self.digest


class CaseFollowed(models.Model):
    """Up to which event the words of a case are known."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="+", verbose_name="办件")
    seq = models.PositiveIntegerField("事件序号")

    class Meta:
        verbose_name = "办件用词进度"
        verbose_name_plural = "办件用词进度"

    def __str__(self) -> str:
        return f"{self.case_id}:{self.seq}"
