"""What comes after the answer: delivery, satisfaction, correction of records, remedies, the case file."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.core.wording import cn_number
from portal.documents.models import OfficialDocument
from portal.files.models import StoredFile
from portal.privacy.fields import SealedTextField
from portal.privacy.personal import NAME, WORDS
from requests_app.choices import AfterPayment, FixDecision, RemedyKind, RemedyResult, SendBy
from requests_app.models.request import DisclosureRequest


class Delivery(models.Model):
    """How and when a paper was sent and reached the applicant.

    By post `posted_on` counts for the unit's period, and `delivered_on` is unknown until the receipt comes back; online
    it is unknown until somebody who has no account opens the page. The remedies count from `delivered_on`.
    """

    request = models.ForeignKey(
        DisclosureRequest, models.PROTECT, related_name="deliveries", verbose_name="申请"
    )
    document = models.OneToOneField(OfficialDocument, models.PROTECT, related_name="+", verbose_name="文书")
    send_by = models.CharField("送达方式", max_length=10, choices=SendBy.choices)
    tracking = models.CharField("邮件号", max_length=60, blank=True)
    signer = SealedTextField("签收人", blank=True, personal=NAME)
    posted_on = models.DateField("交邮之日", null=True)
    delivered_on = models.DateField("送达之日", null=True)
    note = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "送达"
        verbose_name_plural = "送达"
        constraints = [
            models.CheckConstraint(
                condition=~Q(send_by="post") | ~Q(tracking=""), name="requests_post_has_tracking"
            ),
            models.CheckConstraint(
                condition=~Q(send_by__in=["in_person", "agency"]) | ~Q(signer=""),
                name="requests_in_person_has_signer",
            ),
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=False)
                | Q(send_by="post", posted_on__isnull=False)
                | Q(send_by="online"),
                name="requests_delivery_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(posted_on__isnull=True)
                | Q(delivered_on__isnull=True)
                | Q(delivered_on__gte=F("posted_on")),
                name="requests_received_after_posting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_send_by_display()} {self.delivered_on or self.posted_on}"


class Satisfaction(models.Model):
    """The applicant's mark for the handling, once."""

    request = models.OneToOneField(
        DisclosureRequest, models.PROTECT, related_name="satisfaction", verbose_name="申请"
    )
    mark = models.PositiveSmallIntegerField("评分")
    words = SealedTextField("意见", blank=True, personal=WORDS)
    at = models.DateTimeField("评价时间")

    class Meta:
        verbose_name = "满意度"
        verbose_name_plural = "满意度"
        constraints = [
            models.CheckConstraint(condition=Q(mark__range=(1, 5)), name="requests_mark_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.mark}分"


class RecordFix(models.Model):
    """A wish to have a wrong record about oneself corrected (条例第四十一条); one open at a time."""

    request = models.ForeignKey(DisclosureRequest, models.PROTECT, related_name="fixes", verbose_name="申请")
    wrong = SealedTextField("不准确的记录", personal=WORDS)
    evidence = SealedTextField("证据", personal=WORDS)
    asked_on = models.DateField("提出之日")
    decision = models.CharField(
        "处理", max_length=10, choices=FixDecision.choices, default=FixDecision.PENDING
    )
    answer = SealedTextField("处理说明", blank=True, personal=WORDS)
    decided_on = models.DateField("处理之日", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "记录更正"
        verbose_name_plural = "记录更正"
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(decision="pending"), name="requests_one_open_fix"
            ),
            models.CheckConstraint(
                condition=Q(decision__in=FixDecision.values), name="requests_fix_decision_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_decision_display()


class Remedy(models.Model):
    """A reconsideration or a lawsuit about a request, and how it ended; feeds the annual report's table 3."""

    request = models.ForeignKey(
        DisclosureRequest, models.PROTECT, related_name="remedies", verbose_name="申请"
    )
    kind = models.CharField("途径", max_length=16, choices=RemedyKind.choices)
    body = models.CharField("受理机关", max_length=80)
    number = models.CharField("案号", max_length=60, blank=True)
    filed_on = models.DateField("受理之日")
    result = models.CharField(
        "结果", max_length=10, choices=RemedyResult.choices, default=RemedyResult.PENDING
    )
    ended_on = models.DateField("审结之日", null=True)
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "复议、诉讼"
        verbose_name_plural = "复议、诉讼"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=RemedyKind.values), name="requests_remedy_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(result="pending", ended_on__isnull=True)
                | (~Q(result="pending") & Q(ended_on__gte=F("filed_on"))),
                name="requests_remedy_ended_has_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_result_display()}"


class CaseArchive(models.Model):
    """One volume of the case file (卷宗): an ordered, page-numbered PDF; made by a job after the step.

    The first holds everything; each further one (补卷) what came since. `through` is the last event that it knows;
    `holds` names what is bound in it, papers that were void already apart.
    """

    request = models.ForeignKey(
        DisclosureRequest, models.PROTECT, related_name="archive_files", verbose_name="申请"
    )
    number = models.PositiveSmallIntegerField("卷次", default=1)
    through = models.PositiveIntegerField("截至事件", default=0)
    holds = models.JSONField("卷内", default=dict)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField("立卷时间")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    pages = models.PositiveIntegerField("页数", default=0)
    sha256 = models.CharField("摘要", max_length=64, blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = "卷宗"
        verbose_name_plural = "卷宗"
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="requests_case_file_volume_once"),
        ]

    def __str__(self) -> str:
        return f"{self.request} {self.title}"

    @property
    def title(self) -> str:
        """卷宗, 卷宗（补卷一）, …"""
        return "卷宗" if self.number == 1 else f"卷宗（补卷{cn_number(self.number - 1)}）"


class AfterPaymentRule(models.Model):
    """What the period does once the fee is paid: the one row in force (待核).

    An administrator changes it with its source; payments entered from then on follow it.
    """

    after_payment = models.CharField(
        "缴费后的答复期限", max_length=10, choices=AfterPayment.choices, default=AfterPayment.RESTART
    )
    source = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = "缴费后的答复期限"
        verbose_name_plural = "缴费后的答复期限"
        constraints = [
            models.CheckConstraint(
                condition=Q(after_payment__in=AfterPayment.values), name="requests_after_payment_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_after_payment_display()


class ReviewFirst(models.Model):
    """Which kinds of reply go to reconsideration first (行政复议法第二十三条第一款第四项).

    Only what is withheld under arts. 14, 15, 16 (法释〔2025〕8号第一条第二项, since 2025-06-01); of a partial disclosure
    the part withheld. An administrator changes it with its source; what is from general knowledge says 待核.
    """

    reply_kind = models.CharField("答复类型", max_length=20, unique=True)
    title = models.CharField("名称", max_length=40)
    review_first = models.BooleanField("复议前置")
    source = models.CharField("依据", max_length=200)

    class Meta:
        ordering = ["id"]
        verbose_name = "复议前置情形"
        verbose_name_plural = "复议前置情形"

    def __str__(self) -> str:
        return f"{self.title}：{'复议前置' if self.review_first else '可复议或诉讼'}"
