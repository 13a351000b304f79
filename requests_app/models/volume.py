"""Asking for the reasons of many requests (条例第三十五条)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.privacy.fields import SealedTextField
from portal.privacy.personal import WORDS
from requests_app.choices import Verdict
from requests_app.models.request import DisclosureRequest


class ReasonsInquiry(models.Model):
    """One inquiry a request: what was counted, what the applicant said, what the unit made of it.

    `workdays` as in the correction: 0 for a date picked by hand, which no holiday notice moves.
    """

    request = models.OneToOneField(
        DisclosureRequest, models.PROTECT, related_name="reasons", verbose_name="申请"
    )
    finding = SealedTextField("数量、频次情况", personal=WORDS)
    told_on = models.DateField("告知日")
    received_on = models.DateField("收到通知之日", null=True)
    receipt_evidence = models.CharField("收到凭据", max_length=200, blank=True)
    answer_by = models.DateField("说明期限")
    workdays = models.PositiveSmallIntegerField("期限工作日数（0：按日历选定）", default=0)
    answer = SealedTextField("申请人说明的理由", blank=True, personal=WORDS)
    answered_on = models.DateField("说明之日", null=True)
    verdict = models.CharField("认定", max_length=12, choices=Verdict.choices, default=Verdict.PENDING)
    note = SealedTextField("认定意见", blank=True, personal=WORDS)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="认定人"
    )
    later_days = models.PositiveSmallIntegerField("拟延迟工作日数", default=0)
    postponed_on = models.DateField("批准延迟之日", null=True)

    class Meta:
        verbose_name = "说明理由"
        verbose_name_plural = "说明理由"
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="requests_reasons_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(answer_by__gt=F("told_on")), name="requests_reasons_term_after_notice"
            ),
        ]

    def __str__(self) -> str:
        return self.get_verdict_display()
