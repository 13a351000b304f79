"""Which letter a mail became, or was added to."""

from __future__ import annotations

from django.db import models

from mailbox.models.letter import Letter
from portal.postbox.models import InboundMail


class MailedLetter(models.Model):
    """One mail and its letter. `sender_index` finds what the same address sent, exactly and only that.

    `follows` is the closed letter that the mail answers; the new letter is handled on its own.
    """

    mail = models.OneToOneField(InboundMail, models.PROTECT, related_name="+", verbose_name="邮件")
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="mails", verbose_name="来信")
    sender_index = models.CharField(max_length=64, db_index=True)
    follows = models.ForeignKey(
        Letter, models.PROTECT, null=True, related_name="followed_by_mails", verbose_name="接续的来信"
    )
    opened = models.BooleanField("新开来信", default=True)

    class Meta:
        ordering = ["id"]
        verbose_name = "邮件来信"
        verbose_name_plural = "邮件来信"

    def __str__(self) -> str:
        return f"{self.mail} → {self.letter}"
