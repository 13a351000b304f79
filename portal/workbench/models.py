"""What a person keeps about her inbox."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """A way to narrow the inbox that somebody gave a name; holds no words that were searched for."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name="账号"
    )
    name = models.CharField("名称", max_length=20)
    query = models.CharField("条件", max_length=300)

    class Meta:
        ordering = ["id"]
        verbose_name = "常用筛选"
        verbose_name_plural = "常用筛选"
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="workbench_view_named_once")]

    def __str__(self) -> str:
        return self.name
