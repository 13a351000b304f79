"""Applicants of before: whom a request belonged to, or how its applicant was called and reached, until a change."""

from __future__ import annotations

from django.db import models

from portal.privacy.fields import SealedTextField
from portal.privacy.personal import Personal, Shape
from requests_app.models.particulars import Particulars
from requests_app.models.request import DisclosureRequest


class FormerApplicant(Particulars):
    """The particulars of a request until a succession or a change, sealed.

    Kept so that they reach nobody else: no public copy, circular or reply may hold them either.
    """

    request = models.ForeignKey(
        DisclosureRequest, models.PROTECT, related_name="former_applicants", verbose_name="申请"
    )
    identity_number = SealedTextField(
        "证件号码或统一社会信用代码", blank=True, personal=Personal(Shape.IDENTITY)
    )
    until = models.DateTimeField("变更时间")
    papers_until = models.BigIntegerField("此前的文书（至该号）归变更前的申请人", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "变更前的申请人信息"
        verbose_name_plural = "变更前的申请人信息"

    def __str__(self) -> str:
        return f"{self.request_id} {self.until:%F}"
