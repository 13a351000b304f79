"""The answer while it is being written, reviewed, signed and checked; and the templates to write it from."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from mailbox.choices import LetterKind
from mailbox.models.letter import Letter
from portal.documents.models import OfficialDocument
from portal.privacy.fields import SealedTextField
from portal.privacy.personal import WORDS
from portal.publishing.actions import digest_of
from portal.records.queries import digest_parts


class AnswerTemplate(models.Model):
    """A text to start an answer from; its blanks ({{事项}}) have to be filled before it goes anywhere."""

    title = models.CharField("名称", max_length=60, unique=True)
    letter_kind = models.CharField(
        "适用来信类型", max_length=12, choices=LetterKind.choices, blank=True, help_text="不选为各类通用"
    )
    body = models.TextField("正文", help_text="需要经办人填写的地方写作 {{事项}}")
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        ordering = ["letter_kind", "id"]
        verbose_name = "答复模板"
        verbose_name_plural = "答复模板"

    def __str__(self) -> str:
        return self.title


class Reply(models.Model):
    """What is answered in one round; its digest is what reviewers sign."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="replies", verbose_name="来信")
    round = models.PositiveSmallIntegerField("办理轮次")
    body = SealedTextField("答复内容", personal=WORDS)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟稿人"
    )
    drafted_at = models.DateTimeField("拟稿时间")
    document = models.ForeignKey(
        OfficialDocument, models.PROTECT, null=True, related_name="+", verbose_name="文书"
    )

    class Meta:
        ordering = ["round"]
        verbose_name = "答复"
        verbose_name_plural = "答复"
        constraints = [
            models.UniqueConstraint(fields=["letter", "round"], name="mailbox_reply_a_round"),
        ]

    def __str__(self) -> str:
        return f"第{self.round}轮答复"

    @property
    def content_sha256(self) -> str:
        """The digest of what is answered, and of the papers with the copies that are given."""
        return digest_of(str(self.letter_id), str(self.round), self.body, *digest_parts(self.letter))
