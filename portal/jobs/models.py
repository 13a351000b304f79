"""The outbox: work promised in a business transaction, done afterwards, at least once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from portal.jobs.lanes import WORK


class OutboxJob(models.Model):
    """One promised piece of work.

    `key` makes the promise unique. `attempts` is counted and committed before a run, so that a job
    that kills its worker ends as a dead letter instead of running for ever.
    """

    topic = models.CharField("事项", max_length=60)
    key = models.CharField("唯一键", max_length=120, unique=True)
    arguments = models.JSONField("参数", default=dict)
    created_at = models.DateTimeField("提出时间", auto_now_add=True)
    not_before = models.DateTimeField("最早执行")
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    claimed_until = models.DateTimeField("占用至", null=True)
    claimed_by = models.CharField("占用的进程", max_length=80, blank=True, default="", db_default="")
    lane = models.CharField("队列", max_length=10, default=WORK, db_default=WORK)
    done_at = models.DateTimeField("完成时间", null=True)
    dead_at = models.DateTimeField("转入死信时间", null=True)
    last_error = models.TextField("最近错误", blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "待办任务"
        verbose_name_plural = "待办任务"
        indexes = [
            models.Index(
                fields=["lane", "not_before", "id"],
                name="jobs_open",
                condition=Q(done_at__isnull=True, dead_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"


class WorkerBeat(models.Model):
    """That a worker lives: `owner` is machine and process, `lanes` says of each lane since when it last moved (seconds)."""

    owner = models.CharField("进程", max_length=80, unique=True)
    at = models.DateTimeField("时间")
    lanes = models.JSONField("队列", default=dict)

    class Meta:
        ordering = ["owner"]
        verbose_name = "后台进程"
        verbose_name_plural = "后台进程"

    def __str__(self) -> str:
        return self.owner
