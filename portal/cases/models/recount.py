"""By which working-day calendar the stored dates were counted last."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models


class CountedBy(models.Model):
    """One row: the digest of the calendar, and since when it is that one (None: since before this was recorded)."""

    ONLY: ClassVar[int] = 1

    digest = models.CharField("日历摘要", max_length=64)
    since = models.DateTimeField("启用时间", null=True)

    class Meta:
        verbose_name = "计时所用日历"
        verbose_name_plural = "计时所用日历"

    def __str__(self) -> str:
        return self.digest[:12]

    @classmethod
    def note(cls, digest: str, at: datetime) -> Self:
        """Every stored date was counted by that calendar at that moment."""
        row, new = cls.objects.get_or_create(pk=cls.ONLY, defaults={"digest": digest, "since": at})
        if not new and row.digest != digest:
            row.digest, row.since = digest, at
            row.save(update_fields=["digest", "since"])
        return row
