"""Who took part, and what was cast: two tables, and between them as much as the poll's secrecy allows."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from consultations.polls.models.poll import Poll


class Participation(models.Model):
    """That a voter took part, once: the primary key is (poll, voter). `origin` is a digest that changes daily."""

    pk = models.CompositePrimaryKey("poll_id", "voter_key")
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="participations", verbose_name="投票调查")
    voter_key = models.CharField("参加者摘要", max_length=64)
    on = models.DateField("参加日")
    origin = models.CharField("来源摘要", max_length=64, blank=True)

    class Meta:
        verbose_name = "参加记录"
        verbose_name_plural = "参加记录"

    def __str__(self) -> str:
        return f"{self.poll}：{self.voter_key[:8]}…"


class VoterMark(models.Model):
    """Another identity of somebody who took part: the account behind a device, so that neither votes again.

    `voter_key` is the digest of the other identity, `took_part_as` the key of the participation.
    """

    pk = models.CompositePrimaryKey("poll_id", "voter_key")
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="marks", verbose_name="投票调查")
    voter_key = models.CharField("参加者摘要", max_length=64)
    took_part_as = models.CharField("参加记录摘要", max_length=64)

    class Meta:
        verbose_name = "参加者的另一标识"
        verbose_name_plural = "参加者的另一标识"
        indexes = [models.Index(fields=["poll", "took_part_as"], name="polls_by_participation")]

    def __str__(self) -> str:
        return f"{self.poll}：{self.voter_key[:8]}…"


class InvalidationJob(models.Model):
    """Ballots left out for a published reason: proposed by one person, confirmed by another, reversible."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="invalidations", verbose_name="投票调查")
    conditions = models.JSONField("条件")
    chosen = models.JSONField("选定的选票", default=list)
    reason = models.CharField("理由", max_length=300)
    found = models.PositiveIntegerField("选票数")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("决定时间", null=True)
    revoked_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "剔除选票"
        verbose_name_plural = "剔除选票"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("proposed_by")),
                name="polls_two_people_invalidate",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="polls_invalidated_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.poll}：{self.found}张，{self.reason}"


class Ballot(models.Model):
    """What was cast. `link` finds it again for its voter (hidden polls: a keyed digest that staff cannot compute;
    anonymous polls: nothing); `cast_at` is only kept where it may be."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="ballots", verbose_name="投票调查")
    answers = models.JSONField("答卷")
    receipt = models.CharField("回执摘要", max_length=64)
    link = models.CharField("关联摘要", max_length=64, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="账号"
    )
    origin = models.CharField("来源摘要", max_length=64, blank=True)
    cast_at = models.DateTimeField("提交时间", null=True)
    invalidated_by = models.ForeignKey(
        InvalidationJob, models.SET_NULL, null=True, related_name="ballots", verbose_name="剔除"
    )

    class Meta:
        verbose_name = "选票"
        verbose_name_plural = "选票"
        constraints = [models.UniqueConstraint(fields=["poll", "receipt"], name="polls_receipt_once")]
        indexes = [models.Index(fields=["poll", "link"], name="polls_by_link")]

    def __str__(self) -> str:
        return f"{self.poll}：选票"


class PollToken(models.Model):
    """A token printed on a letter, kept as a digest."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="tokens", verbose_name="投票调查")
    digest = models.CharField("参与码摘要", max_length=64)

    class Meta:
        verbose_name = "参与码"
        verbose_name_plural = "参与码"
        constraints = [models.UniqueConstraint(fields=["poll", "digest"], name="polls_token_once")]

    def __str__(self) -> str:
        return f"{self.poll}：参与码"


class Tally(models.Model):
    """One count: `sealed` ones feed page, chart, table, API and export; the others are the running count."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="tallies", verbose_name="投票调查")
    number = models.PositiveIntegerField("序号")
    sealed = models.BooleanField("封存", default=False)
    data = models.JSONField("结果")
    sha256 = models.CharField("结果摘要", max_length=64)
    counted_at = models.DateTimeField("计票时间")

    class Meta:
        ordering = ["poll", "number"]
        verbose_name = "计票结果"
        verbose_name_plural = "计票结果"
        constraints = [models.UniqueConstraint(fields=["poll", "number"], name="polls_tally_once")]

    def __str__(self) -> str:
        return f"{self.poll}：第{self.number}次计票"
