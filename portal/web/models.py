"""What the door remembers: proofs of work that have been used, what guests did, and how much of it is let in."""

from __future__ import annotations

from ipaddress import ip_network

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models

from portal.privacy.fields import SealedTextField
from portal.privacy.personal import WORDS


class SpentProof(models.Model):
    """A solution that was taken: a row and not a cache entry, so that it is once in all processes of the city."""

    signature = models.CharField("签名摘要", max_length=64, unique=True)
    at = models.DateTimeField("时间", db_index=True)

    class Meta:
        verbose_name = "用过的自动验证"
        verbose_name_plural = "用过的自动验证"

    def __str__(self) -> str:
        return f"{self.signature[:8]} {self.at:%F %T}"


class GuestLimit(models.Model):
    """How often something may come from one place in some minutes; `most_known` holds for networks that are known."""

    code = models.SlugField("代码", max_length=30, unique=True)
    title = models.CharField("限度", max_length=60)
    scope = models.SlugField("按什么计", max_length=20)
    minutes = models.PositiveIntegerField("分钟数", validators=[MinValueValidator(1)])
    most = models.PositiveIntegerField("最多次数")
    most_known = models.PositiveIntegerField("已登记网络最多次数")
    source = models.CharField("来源", max_length=200)

    class Meta:
        ordering = ["id"]
        verbose_name = "访客提交限度"
        verbose_name_plural = "访客提交限度"

    def __str__(self) -> str:
        return f"{self.title}：{self.minutes}分钟内{self.most}次"

    def most_for(self, *, known: bool) -> int:
        """How often, for a network that is known as shared by many or not."""
        return self.most_known if known else self.most


def check_networks(text: str) -> None:
    """Raises ValidationError for a line that is no network."""
    for line in text.split():
        try:
            ip_network(line, strict=False)
        except ValueError as error:
            raise ValidationError(f"“{line}”不是网段，应为 192.0.2.0/24 的形式") from error


class KnownNetworks(models.Model):
    """Networks in which many people sit behind few addresses: offices, schools, libraries; one row."""

    code = models.SlugField("代码", max_length=30, unique=True)
    title = models.CharField("名称", max_length=60)
    networks = models.TextField("网段", blank=True, validators=[check_networks])
    source = models.CharField("来源", max_length=200)

    class Meta:
        verbose_name = "已登记的网络"
        verbose_name_plural = "已登记的网络"

    def __str__(self) -> str:
        return self.title


class GuestEntry(models.Model):
    """One thing that a guest did, by a keyed digest of where it came from; kept for some days only."""

    digest = models.CharField("来处摘要", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "访客提交记录"
        verbose_name_plural = "访客提交记录"
        indexes = [models.Index(fields=["digest", "at"], name="web_guest_entry")]

    def __str__(self) -> str:
        return f"{self.digest[:8]} {self.at:%F %T}"


class SignInKind(models.TextChoices):
    """What happened at the door of an account."""

    IN = "in", "登录"
    OUT = "out", "退出"
    FAILED = "failed", "密码不正确"
    ENDED = "ended", "在其他地方退出"
    CLOSED = "closed", "长期未登录，停用"
    WOKEN = "woken", "恢复使用"


class SignIn(models.Model):
    """One thing that happened at the door of an account: when, what, from where; kept over six months (网络安全法第二十一条).

    The network address and the session are sealed: the first is read by the audit administrator and by the person, the
    second only by what ends it. A name that leads to no account is not written down.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="sign_ins", verbose_name="账号"
    )
    at = models.DateTimeField("时间", db_index=True)
    kind = models.CharField("事项", max_length=10, choices=SignInKind.choices)
    address = SealedTextField("网络地址", blank=True, default="", personal=WORDS)
    agent = models.CharField("浏览器", max_length=60, blank=True, default="")
    means = models.CharField("方式和实名等级", max_length=40, blank=True, default="")
    session = SealedTextField("会话", blank=True, default="", personal=WORDS)
    session_digest = models.CharField("会话摘要", max_length=64, blank=True, default="", db_index=True)
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = "登录记录"
        verbose_name_plural = "登录记录"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%F %T}"
