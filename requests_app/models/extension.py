"""Asking for more time, and the answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from requests_app.choices import Decision
from requests_app.models.request import DisclosureRequest


class ExtensionRequest(models.Model):
    """One wish for an extension; at most one pending and at most one approved a request (条例第三十三条)."""

    request = models.ForeignKey(
        DisclosureRequest, models.PROTECT, related_name="extensions", verbose_name="申请"
    )
    days = models.PositiveSmallIntegerField("延长工作日数")
    reason = models.CharField("理由", max_length=300)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人"
    )
    requested_at = models.DateTimeField("提出时间")
    decision = models.CharField("决定", max_length=10, choices=Decision.choices, default=Decision.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="审批人"
    )
    decided_at = models.DateTimeField("审批时间", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "延期申请"
        verbose_name_plural = "延期申请"
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(decision="pending"), name="requests_one_pending_extension"
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(decision="approved"), name="requests_one_extension"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="requests_extension_two_people",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=Decision.values), name="requests_extension_decision_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days}个工作日 {self.get_decision_display()}"
