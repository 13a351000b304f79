"""The index: one row for each public thing that can be found."""

from __future__ import annotations

from django.db import models

from portal.units.models import Unit


class SearchEntry(models.Model):
    """A public thing as the finder sees it; rebuilt from its source at any time."""

    kind = models.CharField("类别", max_length=30)
    key = models.CharField("来源键", max_length=80, unique=True)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("正文")
    folded = models.TextField("比对文本")
    initials = models.CharField("标题拼音首字母", max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, verbose_name="机关")
    published_on = models.DateField("公开日期")
    url = models.CharField("地址", max_length=200)

    class Meta:
        ordering = ["-published_on", "-id"]
        verbose_name = "检索条目"
        verbose_name_plural = "检索条目"
        indexes = [models.Index(fields=["-published_on", "-id"], name="search_by_date")]

    def __str__(self) -> str:
        return self.title
