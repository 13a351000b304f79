"""Who is consulted about a request, and what they say."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.cases.models import CaseFile
from portal.core.wording import YOU_EITHER_WAY
from portal.documents.models import OfficialDocument
from portal.privacy import personal
from portal.privacy.fields import SealedTextField
from portal.privacy.personal import ADDRESS, EMAIL, NAME, PHONE, WORDS
from requests_app.choices import ADDRESSED_AS, ConsultKind, ConsultState, Opinion, PartyIs, SendBy
from requests_app.models.request import DisclosureRequest


class Consultation(models.Model):
    """One party or agency asked for its opinion; many per request (条例第三十二条、第三十四条).

    `answer_by` counts from the party's own receipt; until that is known, from the day of sending.
    The token of the party's page is stored as a digest only.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(
        DisclosureRequest, models.PROTECT, related_name="consultations", verbose_name="申请"
    )
    kind = models.CharField("征求对象", max_length=12, choices=ConsultKind.choices)
    party_is = models.CharField("对方是", max_length=12, choices=PartyIs.choices, blank=True)
    name = SealedTextField("名称", personal=NAME)
    email = SealedTextField("电子邮箱", blank=True, personal=EMAIL)
    phone = SealedTextField("联系电话", blank=True, personal=PHONE)
    address = SealedTextField("通信地址", blank=True, personal=ADDRESS)
    asked = SealedTextField("征求意见的内容", personal=WORDS)
    send_by = models.CharField("送达方式", max_length=10, choices=SendBy.choices)
    tracking = models.CharField("邮件号", max_length=60, blank=True)
    sent_on = models.DateField("发出之日")
    received_on = models.DateField("收到之日", null=True)
    receipt_evidence = models.CharField("收到凭据", max_length=200, blank=True)
    answer_by = models.DateField("意见期限", null=True)
    state = models.CharField(
        "状态", max_length=12, choices=ConsultState.choices, default=ConsultState.WAITING
    )
    opinion = models.CharField("意见", max_length=8, choices=Opinion.choices, blank=True)
    reason = SealedTextField("理由", blank=True, personal=WORDS)
    answered_on = models.DateField("提出意见之日", null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    letter = models.ForeignKey(OfficialDocument, models.PROTECT, null=True, related_name="+")
    slip = models.ForeignKey(OfficialDocument, models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey(OfficialDocument, models.PROTECT, null=True, related_name="+")
    override_reason = SealedTextField("决定公开的理由", blank=True, personal=WORDS)
    override_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="提出人"
    )
    overridden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="批准人"
    )
    overridden_on = models.DateField("决定公开之日", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "征求意见"
        verbose_name_plural = "征求意见"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ConsultKind.values), name="requests_consult_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ConsultState.values), name="requests_consult_state_known"
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(received_on__gte=F("sent_on")),
                name="requests_consult_received_after_sent",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | (~Q(opinion="") & Q(answered_on__isnull=False)),
                name="requests_consult_answer_complete",
            ),
            models.CheckConstraint(
                condition=Q(overridden_by__isnull=True) | ~Q(overridden_by=F("override_by")),
                name="requests_override_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_state_display()}"

    @property
    def addressed_as(self) -> str:
        """您 or 贵单位; both where it was not recorded (before 2026-12)."""
        return ADDRESSED_AS.get(self.party_is, YOU_EITHER_WAY)

    def naming_values(self) -> tuple[str, ...]:
        """Every sealed value that names or reaches a third party; none for an agency, whose name a reply may have to give."""
        if self.kind != ConsultKind.THIRD_PARTY:
            return ()
        return personal.naming_values(self)

    @property
    def is_open(self) -> bool:
        """True while an opinion may still come."""
        return self.state == ConsultState.WAITING

    @property
    def is_objection(self) -> bool:
        """True if a third party or joint maker does not wish all of it to be disclosed; who assists has no say in it."""
        return self.kind != ConsultKind.ASSISTANT and self.opinion in (Opinion.REFUSE, Opinion.PARTLY)

    @property
    def objection_stands(self) -> bool:
        """True for an objection that has not been overridden."""
        return self.is_objection and self.overridden_on is None

    @property
    def clock_key(self) -> str:
        """The key that pairs this consultation's pauses in the clock."""
        return f"consult:{self.pk}"


class OpinionFile(models.Model):
    """A file handed in with an opinion."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="files")
    file = models.OneToOneField(CaseFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        verbose_name = "意见附件"
        verbose_name_plural = "意见附件"

    def __str__(self) -> str:
        return str(self.file)
