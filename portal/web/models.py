"""Proofs of work that have been used."""

from __future__ import annotations

from django.db import models


class SpentProof(models.Model):
    """A solution that was taken: a row and not a cache entry, so that it is once in all processes of the city."""

    signature = models.CharField("签名摘要", max_length=64, unique=True)
    at = models.DateTimeField("时间", db_index=True)

    class Meta:
        verbose_name = "用过的自动验证"
        verbose_name_plural = "用过的自动验证"

    def __str__(self) -> str:
        return f"{self.signature[:8]} {self.at:%F %T}"
