"""The copies that are made of a record, and each time somebody fetched one."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.cases.models import Case
from portal.files.models import StoredFile
from portal.records.choices import Audience, CopyState, Ground
from portal.records.models.record import Record


class RecordCopy(models.Model):
    """A new file without what is withheld, for one audience; handed out only when it is proven.

    `orders` says what it was made from: with another box it is not the present copy any more. `proven_for` is a keyed
    digest of the sealed values that were looked for: others are asked for before the reply goes to review, but a copy
    that went out stays what it was when a telephone number changes later. `withheld` are rows (page, ground, signs,
    whole page). `tries` are counted before each try. Of a party's copy `party` says whose, and `only` which pages are in it.
    """

    public_id = models.UUIDField("公开标识", default=uuid.uuid4, unique=True, editable=False)
    record = models.ForeignKey(Record, models.PROTECT, related_name="copies", verbose_name="检索到的信息")
    audience = models.CharField("给谁", max_length=10, choices=Audience.choices)
    party = models.PositiveBigIntegerField("被征求方", null=True)
    only = models.JSONField("只含的页", default=list)
    orders = models.CharField("依据", max_length=64)
    proven_for = models.CharField("核验的个人信息", max_length=64)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="副本")
    sha256 = models.CharField("摘要", max_length=64, blank=True, db_index=True)
    pages = models.PositiveIntegerField("页数", default=0)
    withheld = models.JSONField("不予公开的部分", default=list)
    readers = models.JSONField("核验所用", default=list)
    read_pages = models.PositiveIntegerField("机器识别的页数", default=0)
    state = models.CharField("状态", max_length=8, choices=CopyState.choices, default=CopyState.MAKING)
    problem = models.CharField("问题", max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="制作人"
    )
    asked_at = models.DateTimeField("制作时间")
    made_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "副本"
        verbose_name_plural = "副本"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="proven") | ~Q(sha256=""), name="records_proven_has_digest"
            ),
            models.CheckConstraint(condition=Q(state__in=CopyState.values), name="records_copy_state_known"),
        ]

    def __str__(self) -> str:
        return f"copy {self.pk} of {self.record_id}"

    @property
    def is_proven(self) -> bool:
        """True if it may be handed out."""
        return self.state == CopyState.PROVEN

    def by_ground(self) -> list[tuple[str, list[int], int]]:
        """What was withheld: (ground in words, its pages, how many places), in the order of the grounds."""
        rows: dict[str, list[Any]] = {}
        for page, ground, *_ in self.withheld:
            rows.setdefault(ground, []).append(page)
        labels = [label for label in Ground.labels if label in rows]
        return [(label, sorted(set(rows[label])), len(rows[label])) for label in labels]


class Fetch(models.Model):
    """Somebody took copies of a case home: which (None: all in one file), how, when. Never changed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name="办件")
    copy = models.ForeignKey(RecordCopy, models.PROTECT, null=True, related_name="fetches")
    by = models.CharField("谁", max_length=10)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]
        verbose_name = "下载记录"
        verbose_name_plural = "下载记录"
        indexes = [models.Index(fields=["case", "at"], name="records_fetch_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%F %T}"
