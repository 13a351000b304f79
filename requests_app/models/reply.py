"""The reply while it is being written, reviewed and signed: one item or several, and where was searched."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.documents.models import OfficialDocument
from portal.privacy.fields import SealedTextField
from portal.privacy.personal import WORDS
from portal.publishing.actions import digest_of
from portal.records.queries import digest_parts
from requests_app.choices import NotProcessedReason, ProtectedInterest, RefusalGround, ReplyKind
from requests_app.models.request import DisclosureRequest


class Reply(models.Model):
    """What the unit answers; its digest is what reviewers sign. `kind` is what the whole reply counts as."""

    request = models.OneToOneField(
        DisclosureRequest, models.PROTECT, related_name="answer", verbose_name="申请"
    )
    kind = models.CharField("答复类型", max_length=20, choices=ReplyKind.choices)
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
            models.CheckConstraint(condition=Q(kind__in=ReplyKind.values), name="requests_reply_kind_known"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def content_sha256(self) -> str:
        """The digest of everything that is decided, item by item, and of the records with the copies that are given."""
        parts = [self.kind]
        for item in self.items.all():
            parts += [str(item.position), *item.decided()]
        return digest_of(*parts, *digest_parts(self.request))


class ReplyItem(models.Model):
    """One matter of the request and what is decided about it; most replies have one (条例第三十六条、第三十七条)."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("序号")
    matter = models.CharField("所答事项", max_length=200, blank=True)
    kind = models.CharField("答复类型", max_length=20, choices=ReplyKind.choices)
    ground = models.CharField("不予公开的理由", max_length=20, choices=RefusalGround.choices, blank=True)
    interest = models.CharField(
        "涉及的第三方权益", max_length=20, choices=ProtectedInterest.choices, blank=True
    )
    reason = models.CharField("不予处理的情形", max_length=20, choices=NotProcessedReason.choices, blank=True)
    body = SealedTextField("答复内容", personal=WORDS)
    withheld = SealedTextField("不予公开的部分", blank=True, personal=WORDS)
    agency = models.CharField("负责公开的机关", max_length=80, blank=True)
    agency_contact = models.CharField("该机关联系方式", max_length=120, blank=True)
    parties = models.JSONField("为其不予公开的被征求方（序号）", default=list, blank=True)

    class Meta:
        ordering = ["position"]
        verbose_name = "答复事项"
        verbose_name_plural = "答复事项"
        constraints = [
            models.UniqueConstraint(fields=["reply", "position"], name="requests_item_once"),
            models.CheckConstraint(condition=Q(kind__in=ReplyKind.values), name="requests_item_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=["refuse", "partial"]) | ~Q(ground=""),
                name="requests_refusal_has_ground",
            ),
            models.CheckConstraint(
                condition=~Q(kind="not_processed") | ~Q(reason=""),
                name="requests_not_processed_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind="partial") | ~Q(withheld=""),
                name="requests_partial_says_what_is_withheld",
            ),
            models.CheckConstraint(
                condition=Q(interest="") | Q(ground="third_party", interest__in=ProtectedInterest.values),
                name="requests_interest_only_of_third_parties",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.get_kind_display()}"

    def decided(self) -> tuple[str, ...]:
        """Everything that is decided about this matter, as text; what older matters had no field for comes last."""
        later: tuple[str, ...] = (self.interest,) if self.interest else ()
        later += (",".join(map(str, self.parties)),) if self.parties else ()
        return (
            self.matter,
            self.kind,
            self.ground,
            self.reason,
            self.body,
            self.withheld,
            self.agency,
            self.agency_contact,
            *later,
        )


class SearchRecord(models.Model):
    """One search for the information (检索): where, by whom, with which words, with what result."""

    request = models.ForeignKey(
        DisclosureRequest, models.PROTECT, related_name="searches", verbose_name="申请"
    )
    searched_on = models.DateField("检索日期")
    place = models.CharField("检索范围", max_length=200)
    words = models.CharField("检索词、方法", max_length=200)
    result = models.CharField("检索结果", max_length=300)
    found = models.BooleanField("查到该信息", default=False)
    searched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="检索人"
    )

    class Meta:
        ordering = ["id"]
        verbose_name = "检索记录"
        verbose_name_plural = "检索记录"

    def __str__(self) -> str:
        return f"{self.searched_on} {self.place}"
