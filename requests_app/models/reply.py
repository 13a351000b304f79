"""The reply while it is being written, reviewed and signed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from portal.documents.models import OfficialDocument
from portal.privacy.fields import SealedTextField
from portal.publishing.actions import digest_of
from requests_app.choices import NotProcessedReason, RefusalGround, ReplyKind
from requests_app.models.request import DisclosureRequest


class Reply(models.Model):
    """What the unit answers; its digest is what reviewers sign."""

    request = models.OneToOneField(
        DisclosureRequest, models.PROTECT, related_name="answer", verbose_name="申请"
    )
    kind = models.CharField("答复类型", max_length=20, choices=ReplyKind.choices)
    ground = models.CharField("不予公开的理由", max_length=20, choices=RefusalGround.choices, blank=True)
    reason = models.CharField("不予处理的情形", max_length=20, choices=NotProcessedReason.choices, blank=True)
    body = SealedTextField("答复内容")
    withheld = SealedTextField("不予公开的部分", blank=True)
    agency = models.CharField("负责公开的机关", max_length=80, blank=True)
    agency_contact = models.CharField("该机关联系方式", max_length=120, blank=True)
    search_record = models.CharField("检索情况", max_length=300, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟稿人"
    )
    drafted_at = models.DateTimeField("拟稿时间")
    document = models.ForeignKey(
        OfficialDocument, models.PROTECT, null=True, related_name="+", verbose_name="文书"
    )

    class Meta:
        verbose_name = "答复"
        verbose_name_plural = "答复"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=ReplyKind.values), name="requests_reply_kind_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["refuse", "partial"]) | ~models.Q(ground=""),
                name="requests_refusal_has_ground",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="not_processed") | ~models.Q(reason=""),
                name="requests_not_processed_has_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="partial") | ~models.Q(withheld=""),
                name="requests_partial_says_what_is_withheld",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def content_sha256(self) -> str:
        """The digest of everything that is decided."""
        return digest_of(
            self.kind,
            self.ground,
            self.reason,
            self.body,
            self.withheld,
            self.agency,
            self.agency_contact,
            self.search_record,
        )
