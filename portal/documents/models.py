"""Official documents: numbered, their facts frozen, rendered once."""

from __future__ import annotations

import uuid

from django.db import models

from portal.cases.models import Case
from portal.documents.kinds import KINDS
from portal.files.models import StoredFile
from portal.privacy.fields import SealedJSONField, SealedTextField
from portal.privacy.personal import NAME, WORDS
from portal.units.models import Unit

FIRST_RENDERING = 1
# 2: fonts whose codes, CIDs and glyphs agree; PDF/A-2a and PDF/UA-1. Papers of an older one get a corrected rendering.
RENDERING = 2


class DocumentStatus(models.TextChoices):
    """How far a document is."""

    PENDING = "pending", "制作中"
    READY = "ready", "已制作"
    VOID = "void", "已作废"


class OfficialDocument(models.Model):
    """One paper of a case. Once `file` is set it is never rendered again; a void keeps its number.

    `issuer` is the unit's name and contact on the day of issue; `template_digest` says which words it was made with.
    """

    public_id = models.UUIDField("公开标识", default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents", verbose_name="办件")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents", verbose_name="机关")
    kind = models.CharField("文种", max_length=40)
    title = models.CharField("标题", max_length=80)
    series = models.CharField("序列", max_length=40, blank=True)
    year = models.PositiveSmallIntegerField("年份")
    ordinal = models.PositiveIntegerField("序号", null=True)
    number = models.CharField("文号", max_length=60, blank=True, db_index=True)
    issued_on = models.DateField("成文日期")
    addressee = SealedTextField("主送", blank=True, personal=NAME)
    facts = SealedJSONField("要素", personal=WORDS)
    issuer = models.JSONField("制发机关", default=dict)
    template_digest = models.CharField("模板摘要", max_length=64, blank=True)
    facts_digest = models.CharField("要素摘要", max_length=64)
    verify_code = models.CharField("核验码", max_length=16, unique=True)
    status = models.CharField(
        "状态", max_length=8, choices=DocumentStatus.choices, default=DocumentStatus.PENDING
    )
    void_reason = models.CharField("作废理由", max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, verbose_name="文件")
    rendered_at = models.DateTimeField("制作时间", null=True)
    rendering = models.PositiveSmallIntegerField("版式版本", default=FIRST_RENDERING)
    erased_at = models.DateTimeField("清除个人信息时间", null=True)
    former_files = models.JSONField("清除前文件的摘要", default=list)

    class Meta:
        ordering = ["id"]
        verbose_name = "文书"
        verbose_name_plural = "文书"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "series", "year", "ordinal"], name="documents_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(series="", ordinal__isnull=True)
                | (~models.Q(series="") & models.Q(ordinal__gte=1)),
                name="documents_number_complete",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="void") | ~models.Q(void_reason=""),
                name="documents_void_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}".strip()

    @property
    def shown_void_reason(self) -> str:
        """Why it is void, as the public check page says it; of a paper that is not the applicant's, only whom to ask."""
        kind = KINDS.get(self.kind)
        if kind is not None and (kind.internal or kind.confidential):
            return "作废理由请向出具机关了解。"
        return self.void_reason

    @property
    def is_ready(self) -> bool:
        """True once there is a file to hand out."""
        return self.file_id is not None

    @property
    def filename(self) -> str:
        """The name under which it is downloaded."""
        return f"{self.title}{self.number or ''}.pdf"


class CorrectedRendering(models.Model):
    """The frozen facts of a paper drawn anew because its first file cannot be read everywhere; the first file stays.

    `same_words` is False if the words of its template have changed since: then the first file is still handed out.
    """

    document = models.ForeignKey(
        OfficialDocument, models.PROTECT, related_name="corrections", verbose_name="文书"
    )
    rendering = models.PositiveSmallIntegerField("版式版本")
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="文件")
    same_words = models.BooleanField("文字与原件相同")
    made_at = models.DateTimeField("制作时间")

    class Meta:
        ordering = ["id"]
        verbose_name = "版式更正件"
        verbose_name_plural = "版式更正件"
        constraints = [
            models.UniqueConstraint(fields=["document", "rendering"], name="documents_correction_once")
        ]

    def __str__(self) -> str:
        return f"{self.document}（版式更正件）"
