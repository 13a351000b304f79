"""What was found in a file that is to be published, and the copy that goes out instead of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from portal.cases.models import CaseFile
from portal.files.models import StoredFile


class FileCheck(models.Model):
    """The inspection of one file. `copy` is what everyone gets, never the file itself; empty if none can be made.

    `findings` are (code, where, message, page) of the file; `remarks` are personal data in the copy. Where a seal, a
    red header or a picture needs a person's eye, `confirmed_by` is that person, not the one who laid it beside.
    """

    file = models.OneToOneField(CaseFile, models.CASCADE, related_name="check_result", verbose_name="附件")
    findings = models.JSONField("发现", default=list)
    remarks = models.JSONField("公开件中的个人信息", default=list)
    needs_person = models.BooleanField("须人工核对", default=False)
    problem = models.CharField("不能公开的原因", max_length=300, blank=True)
    copy = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="published_copies", verbose_name="公开件"
    )
    copy_name = models.CharField("公开件名称", max_length=200, blank=True)
    added_by = models.BigIntegerField("添加人")
    checked_at = models.DateTimeField("检查时间")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("核对时间", null=True)

    class Meta:
        ordering = ["file"]
        verbose_name = "附件检查"
        verbose_name_plural = "附件检查"

    def __str__(self) -> str:
        return f"{self.file_id}"
