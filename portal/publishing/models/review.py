"""One round of review of one text, and who signed which step."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from portal.cases.models import Case
from portal.publishing.choices import ReviewStep, Verdict


class Review(models.Model):
    """A round of review, bound to the SHA-256 of what is reviewed: an edit opens a new round."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="reviews", verbose_name="办件")
    purpose = models.CharField("事项", max_length=20)
    round = models.PositiveSmallIntegerField("轮次")
    content_sha256 = models.CharField("送审内容摘要", max_length=64)
    opened_at = models.DateTimeField("送审时间")
    closed_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "审核"
        verbose_name_plural = "审核"
        constraints = [
            models.UniqueConstraint(fields=["case", "purpose", "round"], name="publishing_review_round"),
            models.UniqueConstraint(
                fields=["case", "purpose"],
                condition=models.Q(closed_at__isnull=True),
                name="publishing_one_open_review",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} 第{self.round}轮"


class SignOff(models.Model):
    """One person's word on one step.

    The database holds the rule drafter ≠ reviewer ≠ secrecy reviewer ≠ approver: a person signs once a round.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="sign_offs", verbose_name="审核")
    step = models.CharField("环节", max_length=10, choices=ReviewStep.choices)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="签署人")
    verdict = models.CharField("意见", max_length=8, choices=Verdict.choices)
    comment = models.CharField("说明", max_length=300, blank=True)
    content_sha256 = models.CharField("所签内容摘要", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]
        verbose_name = "签署"
        verbose_name_plural = "签署"
        constraints = [
            models.UniqueConstraint(fields=["review", "account"], name="publishing_one_person_one_step"),
            models.UniqueConstraint(fields=["review", "step"], name="publishing_one_step_once"),
            models.CheckConstraint(
                condition=models.Q(step__in=ReviewStep.values), name="publishing_step_known"
            ),
            models.CheckConstraint(
                condition=models.Q(verdict__in=Verdict.values), name="publishing_verdict_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.account}"
