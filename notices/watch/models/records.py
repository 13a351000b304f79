"""What the watch has seen: links, probes, alarms, warnings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from notices.models import Article, Column
from notices.watch.choices import LinkState, Tampering
from portal.publishing.models import Release


class ColumnWarning(models.Model):
    """The owner of a column was told that it turns red on that day; once for each such day."""

    column = models.ForeignKey(Column, models.PROTECT, related_name="warnings", verbose_name="栏目")
    red_on = models.DateField("变红日期")
    at = models.DateTimeField("提醒时间")

    class Meta:
        ordering = ["-at"]
        verbose_name = "栏目提醒"
        verbose_name_plural = "栏目提醒"
        constraints = [models.UniqueConstraint(fields=["column", "red_on"], name="watch_warned_once")]

    def __str__(self) -> str:
        return f"{self.column}：{self.red_on}"


class TamperAlarm(models.Model):
    """What is shown is not what was published. Open until somebody says what it was."""

    key = models.CharField("对象", max_length=80)
    sort = models.CharField("类别", max_length=8, choices=Tampering.choices)
    title = models.CharField("标题", max_length=200)
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, related_name="alarms", verbose_name="信息"
    )
    release = models.ForeignKey(
        Release, models.PROTECT, null=True, related_name="alarms", verbose_name="公开答复"
    )
    expected = models.CharField("应有摘要", max_length=64, blank=True)
    found = models.CharField("现有摘要", max_length=64, blank=True)
    at = models.DateTimeField("发现时间")
    closed_at = models.DateTimeField("处理时间", null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField("处理情况", max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "篡改告警"
        verbose_name_plural = "篡改告警"
        constraints = [
            models.UniqueConstraint(
                fields=["key", "sort"], condition=Q(closed_at__isnull=True), name="watch_alarm_open_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(note=""), name="watch_alarm_closed_with_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}：{self.get_sort_display()}"


class Link(models.Model):
    """An address that published items point to, and how it answered."""

    url = models.CharField("地址", max_length=500, unique=True)
    host = models.CharField("主机", max_length=255, db_index=True)
    articles = models.ManyToManyField(Article, related_name="links", verbose_name="信息")
    state = models.CharField(
        "状态", max_length=10, choices=LinkState.choices, default=LinkState.UNSEEN, db_index=True
    )
    failed_days = models.PositiveSmallIntegerField("连续失败日数", default=0)
    last_failed_on = models.DateField("最近失败日", null=True)
    checked_at = models.DateTimeField("检查时间", null=True)
    answer = models.CharField("结果", max_length=120, blank=True)

    class Meta:
        ordering = ["host", "url"]
        verbose_name = "外部链接"
        verbose_name_plural = "外部链接"

    def __str__(self) -> str:
        return self.url


class SiteProbe(models.Model):
    """One try to open the home page as a reader would."""

    at = models.DateTimeField("时间", db_index=True)
    good = models.BooleanField("可以打开")
    milliseconds = models.PositiveIntegerField("毫秒")
    answer = models.CharField("结果", max_length=120, blank=True)

    class Meta:
        ordering = ["-at"]
        verbose_name = "首页探测"
        verbose_name_plural = "首页探测"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.answer}"
