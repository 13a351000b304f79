"""The public copy: a separate, redacted record, never the live case."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django_fsm import FSMField, FSMModelMixin, transition

from portal.cases.models import Case
from portal.core.errors import StepRefused
from portal.files.models import StoredFile
from portal.publishing.choices import ReleaseState
from portal.units.models import Unit


class Release(FSMModelMixin, models.Model):
    """What everyone may read of an answered case.

    `content_sha256` is what was cleared; publishing another text is refused (办法第五条).
    """

    public_id = models.UUIDField("公开标识", default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="releases", verbose_name="办件")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="releases", verbose_name="机关")
    kind = models.CharField("答复类型", max_length=30)
    kind_label = models.CharField("答复类型名称", max_length=40)
    title = models.CharField("标题", max_length=160)
    question = models.TextField("申请内容")
    answer = models.TextField("答复内容")
    content_sha256 = models.CharField("内容摘要", max_length=64)
    state = FSMField(
        "状态", max_length=12, default=ReleaseState.PROPOSED, choices=ReleaseState.choices, protected=True
    )
    received_on = models.DateField("收到申请日期")
    answered_on = models.DateField("答复日期")
    proposed_at = models.DateTimeField("提出时间")
    published_at = models.DateTimeField("公开时间", null=True)
    retracted_reason = models.CharField("撤下理由", max_length=200, blank=True)

    class Meta:
        ordering = ["-published_at", "-id"]
        verbose_name = "公开答复"
        verbose_name_plural = "公开答复"
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="publishing_public_list",
                condition=models.Q(state="published"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ReleaseState.values), name="publishing_release_state"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_at__isnull=False),
                name="publishing_release_has_time",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=~models.Q(state__in=["rejected", "retracted"]),
                name="publishing_one_release",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @transition(
        field=state,
        source=ReleaseState.PROPOSED,
        target=ReleaseState.CLEARED,
        custom={"label": "保密审查通过", "basis": "《玉溪市政府网站群管理办法（试行）》第五条"},
    )
    def clear(self) -> None:
        """The secrecy review found nothing to withhold."""

    @transition(
        field=state,
        source=[ReleaseState.PROPOSED, ReleaseState.CLEARED],
        target=ReleaseState.REJECTED,
        custom={"label": "不予公开", "basis": "《玉溪市政府信息公开发布制度》第十条"},
    )
    def reject(self) -> None:
        """It is not published."""

    @transition(
        field=state,
        source=ReleaseState.CLEARED,
        target=ReleaseState.PUBLISHED,
        custom={"label": "公开", "basis": "《玉溪市政府网站群管理办法（试行）》第六条"},
    )
    def publish(self, *, at: datetime, content_sha256: str) -> None:
        """Everyone may read it from `at`; refused if the text is not the one that was cleared."""
        if content_sha256 != self.content_sha256:
            raise StepRefused("内容在保密审查后有改动，须重新审查后才能公开。")
        self.published_at = at

    @transition(
        field=state,
        source=ReleaseState.PUBLISHED,
        target=ReleaseState.RETRACTED,
        custom={"label": "撤下", "basis": "《玉溪市政府信息公开发布制度》第十三条第三项"},
    )
    def retract(self, *, reason: str) -> None:
        """It is taken down; its address keeps saying so."""
        self.retracted_reason = reason


class ReleaseFile(models.Model):
    """A file that is published beside a public copy: made anew for everyone and proven, never what was handed in.

    `withheld` are rows (ground, pages, places). It is public exactly as long as its release is.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="files", verbose_name="公开答复")
    number = models.PositiveSmallIntegerField("序号")
    title = models.CharField("题目", max_length=160)
    document_number = models.CharField("文号", max_length=60, blank=True)
    made_on = models.DateField("成文日期", null=True)
    maker = models.CharField("制作机关", max_length=80, blank=True)
    pages = models.PositiveIntegerField("页数")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="公开件")
    sha256 = models.CharField("摘要", max_length=64, db_index=True)
    withheld = models.JSONField("隐去的部分", default=list)
    words = models.TextField("文字", blank=True)

    class Meta:
        ordering = ["release", "number"]
        verbose_name = "随公开副本公开的信息"
        verbose_name_plural = "随公开副本公开的信息"
        constraints = [
            models.UniqueConstraint(fields=["release", "number"], name="publishing_release_file_number")
        ]

    def __str__(self) -> str:
        return f"{self.release_id}/{self.number}"

    @property
    def filename(self) -> str:
        """The name under which it is downloaded."""
        return f"附件{self.number} {self.title}.pdf"
