"""Mails that came in, each once, and addresses that mail does not reach."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from portal.files.models import StoredFile


class MailKind(models.TextChoices):
    """What sort of mail it is."""

    LETTER = "letter", "来信"
    AUTOMATIC = "automatic", "自动回复"
    LIST = "list", "邮件列表"
    BOUNCE = "bounce", "退信"
    FORGED = "forged", "发件人未通过验证"
    UNREADABLE = "unreadable", "无法读取"


class InboundMail(models.Model):
    """One mail as it came: its bytes in the strongroom, its Message-ID and its sender as keyed digests.

    `key` makes it one: the digest of Message-ID and sender, or that of the bytes for a mail without an id. `thread` are
    the digests of the mails that it answers, newest first. A mail in the tray waits for a person of the letter office;
    `reason` says why it was not handled by itself. A mail that became no letter loses its original after a time; the row
    stays, so that a moved mailbox does not bring it again.
    """

    key = models.CharField("唯一键", max_length=64, unique=True)
    id_digest = models.CharField(max_length=64, db_index=True, blank=True, default="")
    sender_index = models.CharField(max_length=64, blank=True, default="")
    stored = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="原件")
    kind = models.CharField("类别", max_length=12, choices=MailKind.choices)
    reason = models.CharField("未自动办理的原因", max_length=200, blank=True, default="")
    in_tray = models.BooleanField("待信箱办公室处理", default=False)
    thread = models.JSONField("所回复的邮件", default=list)
    arrived_at = models.DateTimeField("收到时间")
    taken_at = models.DateTimeField("处理时间", null=True)
    outcome = models.CharField("处理结果", max_length=60, blank=True)
    decided_by = models.CharField("处理人", max_length=80, blank=True, default="")
    erased_at = models.DateTimeField("原件清除时间", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "来信邮件"
        verbose_name_plural = "来信邮件"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MailKind.values), name="postbox_mail_kind_known"),
        ]
        indexes = [
            models.Index(fields=["-id"], condition=Q(in_tray=True), name="postbox_tray"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key[:12]}"


class FailedAddress(models.Model):
    """An address from which a mail of ours came back; gone again when a mail comes from it."""

    address_index = models.CharField(max_length=64, unique=True)
    failed_at = models.DateTimeField("退信时间")
    mail = models.ForeignKey(InboundMail, models.PROTECT, verbose_name="退信")

    class Meta:
        verbose_name = "退信地址"
        verbose_name_plural = "退信地址"

    def __str__(self) -> str:
        return self.address_index[:12]
