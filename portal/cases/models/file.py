"""Attachments of a case."""

from __future__ import annotations

import uuid

from django.db import models

from portal.cases.choices import FileStatus
from portal.cases.models.case import Case
from portal.files.models import StoredFile


class CaseFile(models.Model):
    """A file that belongs to a case; it is handed out only once it has been checked."""

    public_id = models.UUIDField("公开标识", default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="files", verbose_name="办件")
    stored = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="文件")
    name = models.CharField("文件名", max_length=80)
    role = models.CharField("用途", max_length=20, default="attachment")
    status = models.CharField(
        "检查", max_length=12, choices=FileStatus.choices, default=FileStatus.QUARANTINED
    )
    problem = models.CharField("问题", max_length=120, blank=True)
    added_at = models.DateTimeField("添加时间")

    class Meta:
        ordering = ["id"]
        verbose_name = "办件附件"
        verbose_name_plural = "办件附件"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=FileStatus.values), name="cases_file_status_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
