"""The processing fee of a request."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from portal.documents.models import OfficialDocument
from requests_app.choices import FeeState, Tariff
from requests_app.fees import FeeLine
from requests_app.models.request import DisclosureRequest


class FeeNotice(models.Model):
    """One fee notice; at most one that is waiting or paid (国办函〔2020〕109号).

    `lines` is the calculation as told: [text, count, yuan each]. `earlier` are the pieces of the same calendar month
    before this request; `ways` is how to pay, blank on notices of before it was asked for. `pay_by` counts from the
    applicant's receipt of the notice; until that is known, from the day it was told, and nothing lapses by it.
    """

    request = models.ForeignKey(DisclosureRequest, models.PROTECT, related_name="fees", verbose_name="申请")
    tariff = models.CharField("收费标准", max_length=10, choices=Tariff.choices)
    count = models.PositiveIntegerField("件数或页数")
    earlier = models.PositiveIntegerField("当月此前件数", default=0)
    lines = models.JSONField("计算明细")
    amount = models.PositiveIntegerField("金额（元）")
    reason = models.CharField("收费理由", max_length=300)
    ways = models.CharField("缴费方式", max_length=300, blank=True)
    told_on = models.DateField("告知日")
    received_on = models.DateField("收到通知之日", null=True)
    receipt_evidence = models.CharField("收到凭据", max_length=200, blank=True)
    pay_by = models.DateField("缴费期限")
    state = models.CharField("状态", max_length=10, choices=FeeState.choices, default=FeeState.WAITING)
    paid_on = models.DateField("缴费之日", null=True)
    evidence = models.CharField("缴费凭据", max_length=200, blank=True)
    document = models.ForeignKey(OfficialDocument, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        verbose_name = "收费"
        verbose_name_plural = "收费"
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(state__in=["waiting", "paid"]), name="requests_one_fee"
            ),
            models.CheckConstraint(condition=Q(tariff__in=Tariff.values), name="requests_tariff_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="requests_fee_is_something"),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(pay_by__gt=F("received_on")),
                name="requests_fee_term_after_receipt",
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | (Q(paid_on__isnull=False) & ~Q(evidence="")),
                name="requests_fee_paid_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount}元 {self.get_state_display()}"

    @property
    def shown_lines(self) -> list[FeeLine]:
        """The calculation, line by line."""
        return [FeeLine(text, count, yuan) for text, count, yuan in self.lines]
