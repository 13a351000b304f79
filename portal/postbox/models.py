"""Mails that came in, each once."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from portal.files.models import StoredFile


class MailKind(models.TextChoices):
    """What sort of mail it is."""

    LETTER = "letter", "来信"
    AUTOMATIC = "automatic", "自动回复"
    BOUNCE = "bounce", "退信"
    UNREADABLE = "unreadable", "无法读取"


class InboundMail(models.Model):
    """One mail as it came: its bytes in the strongroom, its Message-ID as a keyed digest.

    `key` makes it one: the Message-ID's digest, or that of the bytes for a mail without one. `thread` are the
    digests of the mails that it answers, newest first.
    """

    key = models.CharField("唯一键", max_length=64, unique=True)
    stored = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="原件")
    kind = models.CharField("类别", max_length=12, choices=MailKind.choices)
    thread = models.JSONField("所回复的邮件", default=list)
    arrived_at = models.DateTimeField("收到时间")
    taken_at = models.DateTimeField("处理时间", null=True)
    outcome = models.CharField("处理结果", max_length=60, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "来信邮件"
        verbose_name_plural = "来信邮件"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MailKind.values), name="postbox_mail_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key[:12]}"
