"""Messages to people: in the site, by mail, by SMS."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from portal.privacy.fields import SealedTextField
from portal.privacy.personal import Personal, Shape


class Channel(models.TextChoices):
    """How a message goes out."""

    SITE = "site", "站内信"
    MAIL = "mail", "电子邮件"
    SMS = "sms", "短信"


class Report(models.TextChoices):
    """What the gateway said became of a text."""

    DELIVERED = "delivered", "已送达"
    FAILED = "failed", "未送达"


class Peer(models.Model):
    """Who takes mails or texts: how many tries in a row failed, and until when nothing is tried."""

    channel = models.CharField("方式", max_length=8, choices=Channel.choices, unique=True)
    failures = models.PositiveIntegerField("连续失败", default=0)
    closed_until = models.DateTimeField("暂停至", null=True, blank=True)
    last_error = models.CharField("最近错误", max_length=200, blank=True)
    failed_at = models.DateTimeField("最近失败", null=True, blank=True)

    class Meta:
        verbose_name = "邮件服务器、短信网关"
        verbose_name_plural = "邮件服务器、短信网关"

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.failures}"


class KnownAddress(models.Model):
    """An address that somebody named who has shown nothing yet: when it was last written to, when its owner answered."""

    digest = models.CharField("地址摘要", max_length=64, unique=True)
    mailed_at = models.DateTimeField("最近一次发出")
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = "收件地址"
        verbose_name_plural = "收件地址"

    def __str__(self) -> str:
        return f"{self.digest[:8]} {self.mailed_at:%F}"


class MailChoice(models.Model):
    """Whether somebody also gets by mail what is put on the site for her: at once or once a day. Nobody else does."""

    class When(models.TextChoices):
        """When the mail goes out."""

        AT_ONCE = "at_once", "随时发送"
        DAILY = "daily", "每天早上汇总发送一次"

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choice", verbose_name="账号"
    )
    when = models.CharField("发送", max_length=8, choices=When.choices)

    class Meta:
        verbose_name = "邮件提醒"
        verbose_name_plural = "邮件提醒"

    def __str__(self) -> str:
        return self.get_when_display()


class Message(models.Model):
    """One message to one person by one channel; the address is sealed, the text carries no personal data.

    `secret_link` holds a link that opens something by itself, `secret_text` words such as a query code; both sealed. Answers to
    one that `takes_replies` are read.
    """

    key = models.CharField("唯一键", max_length=120, unique=True)
    channel = models.CharField("方式", max_length=8, choices=Channel.choices)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name="收件账号",
    )
    address = SealedTextField("地址", blank=True, personal=Personal(Shape.WORDS, contact=True))
    subject = models.CharField("标题", max_length=120)
    body = models.TextField("正文")
    link = models.CharField("链接", max_length=200, blank=True)
    secret_link = SealedTextField("保密链接", blank=True, personal=Personal(Shape.WORDS, contact=True))
    secret_text = SealedTextField("保密内容", blank=True, personal=Personal(Shape.WORDS, contact=True))
    takes_replies = models.BooleanField("可以回复", default=False)
    created_at = models.DateTimeField("时间")
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)
    gateway_id = models.CharField("网关编号", max_length=36, blank=True, default="", db_default="")
    report = models.CharField(
        "送达回执", max_length=10, choices=Report.choices, blank=True, default="", db_default=""
    )
    report_reason = models.CharField("未送达原因", max_length=120, blank=True, default="", db_default="")
    reported_at = models.DateTimeField("回执时间", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = "消息"
        verbose_name_plural = "消息"
        indexes = [
            models.Index(fields=["account", "-id"], name="messaging_inbox"),
            models.Index(
                fields=["gateway_id"], name="messaging_by_gateway", condition=~models.Q(gateway_id="")
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def rings(self) -> bool:
        """True for a text that brings nothing that somebody waits for: it is not sent in the quiet hours."""
        return self.channel == Channel.SMS and not self.secret_link and not self.secret_text
