"""What the applicant is asked to correct, and the answer."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from portal.core.wording import cn_date
from portal.privacy.fields import SealedTextField
from portal.privacy.personal import WORDS
from requests_app.models.request import DisclosureRequest


class CorrectionNotice(models.Model):
    """One notice a request (条例第三十条: 一次性告知).

    `workdays` is the length of the term if the date is the one that the form proposes; a date that the clerk picked by
    hand has none, and no holiday notice moves it (the law names no number here). `correct_by` counts from the applicant's
    receipt of the notice: until that is known it is told from the day of the notice, and nothing lapses by it.
    """

    request = models.OneToOneField(
        DisclosureRequest, models.PROTECT, related_name="correction", verbose_name="申请"
    )
    unclear = SealedTextField("需要补正的事项", personal=WORDS)
    told_on = models.DateField("告知日")
    received_on = models.DateField("收到通知之日", null=True)
    receipt_evidence = models.CharField("收到凭据", max_length=200, blank=True)
    correct_by = models.DateField("补正期限")
    workdays = models.PositiveSmallIntegerField("期限工作日数（0：按日历选定）", default=0)
    answer = SealedTextField("补正内容", blank=True, personal=WORDS)
    corrected_on = models.DateField("收到补正之日", null=True)

    class Meta:
        verbose_name = "补正告知"
        verbose_name_plural = "补正告知"
        constraints = [
            models.CheckConstraint(
                condition=Q(correct_by__gt=F("told_on")), name="requests_correction_term_after_notice"
            ),
            models.CheckConstraint(
                condition=Q(corrected_on__isnull=True) | Q(corrected_on__gte=F("told_on")),
                name="requests_corrected_after_notice",
            ),
        ]

    def __str__(self) -> str:
        return f"补正至{cn_date(self.correct_by)}"
