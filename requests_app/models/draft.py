"""A request while it is being filled in."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from portal.files.models import StoredFile
from portal.privacy.crypto import keyed_digest
from portal.privacy.fields import SealedJSONField
from portal.privacy.personal import WORDS
from requests_app.models.request import DisclosureRequest


class RequestDraft(models.Model):
    """Answers so far, sealed; kept 24 hours for a guest, 7 days for an account, deleted when submitted.

    The idempotency key of the submission that will come of it is derived from `public_id` by the server's own key;
    `key` holds its digest, as the submission does.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="request_drafts"
    )
    key = models.CharField("幂等键摘要", max_length=64, unique=True)
    answers = SealedJSONField("已填内容", default=dict, personal=WORDS)
    submitted_as = models.ForeignKey(DisclosureRequest, models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField("建立时间")
    updated_at = models.DateTimeField("更新时间")

    class Meta:
        ordering = ["-updated_at"]
        verbose_name = "申请草稿"
        verbose_name_plural = "申请草稿"

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def submission_key(self) -> str:
        """The idempotency key of this draft's submission; stored nowhere."""
        return keyed_digest(str(self.public_id), "draft-key")


class DraftFile(models.Model):
    """A file waiting with its draft; its type and size have been checked already."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    draft = models.ForeignKey(RequestDraft, models.CASCADE, related_name="files")
    stored = models.ForeignKey(StoredFile, models.PROTECT)
    name = models.CharField("文件名", max_length=80)

    class Meta:
        ordering = ["id"]
        verbose_name = "草稿附件"
        verbose_name_plural = "草稿附件"

    def __str__(self) -> str:
        return self.name
