"""Comments, and what became of them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from consultations.choices import NEEDS_REASON, NEEDS_TARGET, Attitude, Channel, Outcome, Writer
from consultations.models.consultation import PublicConsultation
from consultations.models.version import Clause
from portal.privacy.fields import SealedTextField
from portal.privacy.personal import EMAIL, NAME


class CommentGroup(models.Model):
    """Comments that are nearly one text: "one text, N senders". All of them are kept."""

    consultation = models.ForeignKey(
        PublicConsultation, models.CASCADE, related_name="groups", verbose_name="意见征集"
    )
    text_digest = models.CharField("文本摘要", max_length=64)
    bare_text = models.TextField("比对文本")
    senders = models.PositiveIntegerField("条数", default=0)

    class Meta:
        ordering = ["consultation", "id"]
        verbose_name = "相同意见"
        verbose_name_plural = "相同意见"
        constraints = [
            models.UniqueConstraint(fields=["consultation", "text_digest"], name="consultations_group_once"),
        ]

    def __str__(self) -> str:
        return f"{self.bare_text[:20]}（{self.senders}条）"


class Comment(models.Model):
    """One comment on a clause or on the whole. What identifies the writer is sealed and never shown.

    Four flags, each with its own cause: withdrawn by the writer, removed by a moderator, words hidden,
    looked at. `passed` is true if the rules found nothing when it came in.
    """

    public_id = models.UUIDField("公开标识", default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(
        PublicConsultation, models.PROTECT, related_name="comments", verbose_name="意见征集"
    )
    number = models.PositiveIntegerField("序号")
    clause = models.ForeignKey(
        Clause, models.PROTECT, null=True, blank=True, related_name="comments", verbose_name="条款"
    )
    attitude = models.CharField("态度", max_length=8, choices=Attitude.choices, blank=True)
    writer = models.CharField("以何身份", max_length=12, choices=Writer.choices, default=Writer.PERSON)
    text = models.TextField("意见内容")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="账号"
    )
    name = SealedTextField("姓名或者名称", blank=True, personal=NAME)
    email = SealedTextField("电子邮箱", blank=True, personal=EMAIL)
    token_hash = models.CharField("查看链接摘要", max_length=64, unique=True)
    channel = models.CharField("渠道", max_length=8, choices=Channel.choices, default=Channel.WEB)
    evidence = models.CharField("收到情况", max_length=200, blank=True)
    came_on = models.DateField("收到日")
    at = models.DateTimeField("提交时间")
    origin = models.CharField("来源摘要", max_length=64, blank=True)
    group = models.ForeignKey(
        CommentGroup, models.SET_NULL, null=True, related_name="comments", verbose_name="相同意见"
    )
    passed = models.BooleanField("系统检查通过", default=False)
    withdrawn_at = models.DateTimeField("本人撤回时间", null=True)
    removed_at = models.DateTimeField("移除时间", null=True)
    removed_reason = models.CharField("移除的理由", max_length=200, blank=True)
    text_hidden = models.BooleanField("内容已隐去", default=False)
    hidden_reason = models.CharField("隐去的理由", max_length=200, blank=True)
    reviewed_at = models.DateTimeField("审核时间", null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["consultation", "number"]
        verbose_name = "意见"
        verbose_name_plural = "意见"
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="consultations_comment_number"),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="consultations_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | ~Q(removed_reason=""),
                name="consultations_removed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(text_hidden=False) | ~Q(hidden_reason=""), name="consultations_hidden_with_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["consultation", "clause"], name="consultations_by_clause"),
            models.Index(fields=["consultation", "origin", "at"], name="consultations_by_origin"),
        ]

    def __str__(self) -> str:
        return f"第{self.number}条意见"


class Disposition(models.Model):
    """What became of one comment. A refusal without a reason cannot be written."""

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="disposition", verbose_name="意见")
    outcome = models.CharField("采纳情况", max_length=10, choices=Outcome.choices)
    reason = models.TextField("理由、说明")
    target = models.ForeignKey(
        Clause, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="对应的修改"
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "采纳情况"
        verbose_name_plural = "采纳情况"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="consultations_outcome_known"
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=[*NEEDS_REASON, Outcome.EXISTING]) | ~Q(reason=""),
                name="consultations_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=NEEDS_TARGET) | Q(target__isnull=False),
                name="consultations_adopted_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment}：{self.get_outcome_display()}"
