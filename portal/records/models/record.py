"""A record of a case: what was found, and what is decided about it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.cases.models import Case
from portal.files.models import StoredFile
from portal.privacy.fields import SealedTextField
from portal.privacy.personal import WORDS
from portal.publishing.actions import digest_of
from portal.records.choices import Disposition, Ground, Origin, RecordState
from portal.records.models.marks import Marked
from portal.records.models.marks import no_marks as no_marks  # migrations name it here


class Record(Marked):
    """One paper that was found for a case (检索到的信息).

    `file` is what came in, `pdf` its pages as we work on them. `marks` are what is withheld from the applicant.
    `own_data`: the applicant's own values may stand in the applicant's copy. Titles, words and marks may name people: sealed.
    """

    public_id = models.UUIDField("公开标识", default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="records", verbose_name="办件")
    origin = models.CharField("来历", max_length=10, choices=Origin.choices)
    title = SealedTextField("题目", personal=WORDS)
    document_number = models.CharField("文号", max_length=60, blank=True)
    made_on = models.DateField("成文日期", null=True)
    maker = models.CharField("制作机关", max_length=80, blank=True)
    source = models.CharField("出处", max_length=200, blank=True)
    search = models.PositiveBigIntegerField("检索记录", null=True)
    url = models.CharField("公开页面", max_length=300, blank=True)
    name = SealedTextField("文件名", blank=True, personal=WORDS)
    words = SealedTextField("录入的文字", blank=True, personal=WORDS)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="收到的文件"
    )
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="页面")
    pages = models.PositiveIntegerField("页数", default=0)
    state = models.CharField(
        "状态", max_length=10, choices=RecordState.choices, default=RecordState.PREPARING
    )
    problem = models.CharField("问题", max_length=200, blank=True)
    remark = models.CharField("提示", max_length=200, blank=True)
    matter = models.PositiveSmallIntegerField("所答事项", default=1)
    also = models.JSONField("同时所答的其他事项", default=list)
    disposition = models.CharField("处理", max_length=16, choices=Disposition.choices, blank=True)
    ground = models.CharField("不予公开的理由", max_length=20, choices=Ground.choices, blank=True)
    reason = SealedTextField("说明", blank=True, personal=WORDS)
    own_data = models.BooleanField("含申请人本人的信息，可以提供给申请人", default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="添加人"
    )
    added_at = models.DateTimeField("添加时间")
    removed_at = models.DateTimeField("移除时间", null=True)
    erased_at = models.DateTimeField("清除时间", null=True)
    kept_digest = models.CharField("清除前的摘要", max_length=64, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "检索到的信息"
        verbose_name_plural = "检索到的信息"
        constraints = [
            models.CheckConstraint(
                condition=~Q(disposition="withhold") | ~Q(ground=""), name="records_withheld_has_ground"
            ),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="records_origin_known"),
            models.CheckConstraint(condition=Q(state__in=RecordState.values), name="records_state_known"),
        ]

    def __str__(self) -> str:
        return f"record {self.pk}"

    @property
    def is_ready(self) -> bool:
        """True once its pages can be looked at."""
        return self.state == RecordState.READY

    @property
    def matters(self) -> list[int]:
        """The numbers of all matters that it answers, the first one in front."""
        return [self.matter, *(number for number in self.also if number != self.matter)]

    def decided(self, copy_sha256: str) -> str:
        """The digest of everything that is decided about the record, its copy included; what was erased keeps its own."""
        if self.erased_at is not None:
            return self.kept_digest
        return digest_of(
            str(self.public_id),
            self.title,
            self.document_number,
            self.made_on.isoformat() if self.made_on else "",
            self.maker,
            ",".join(map(str, self.matters)),
            self.disposition,
            self.ground,
            self.reason,
            self.file.sha256 if self.file is not None else self.words,
            self.marks_digest,
            copy_sha256,
        )


class RecordPage(models.Model):
    """A page of a record: its picture, its words, and how the picture lies in the page's own space.

    `space` is six numbers: the point of the picture's upper left corner, the way along its upper side, the way down its
    left side, in PDF points. `by_machine`: the words were read from the picture.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="sheets", verbose_name="检索到的信息")
    number = models.PositiveIntegerField("页码")
    picture = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="图像")
    width = models.PositiveIntegerField("宽")
    height = models.PositiveIntegerField("高")
    space = models.JSONField("位置")
    text = SealedTextField("文字", blank=True, personal=WORDS)
    by_machine = models.BooleanField("机器识别", default=False)

    class Meta:
        ordering = ["record", "number"]
        verbose_name = "页"
        verbose_name_plural = "页"
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="records_page_once")]

    def __str__(self) -> str:
        return f"{self.record_id}/{self.number}"
