"""The strongroom: bytes by their SHA-256."""

from __future__ import annotations

from django.db import models

from portal.files import vault


class StoredFile(models.Model):
    """Bytes that never change, named by their SHA-256, sealed on disk."""

    sha256 = models.CharField("摘要", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("字节数")
    media_type = models.CharField("类型", max_length=100)
    stored_at = models.DateTimeField("存入时间", auto_now_add=True)

    class Meta:
        verbose_name = "文件"
        verbose_name_plural = "文件"

    def __str__(self) -> str:
        return self.sha256[:12]

    def read(self) -> bytes:
        """The bytes; vault.FileDamaged if they are gone or altered."""
        return vault.read(self.sha256)
