"""A record that is to be published beside the public copy of the answer, and what is withheld from everyone."""

from __future__ import annotations

from django.db import models

from portal.privacy.fields import SealedTextField
from portal.privacy.personal import WORDS
from portal.records.models.marks import Marked
from portal.records.models.record import Record


class PublicShare(Marked):
    """What everyone is to get of a record that was handed over.

    `marks` are added to those of the record: what the applicant may not see, nobody may. `title` may name people until
    the public copy is proposed: sealed.
    """

    record = models.OneToOneField(
        Record, models.CASCADE, related_name="public_share", verbose_name="检索到的信息"
    )
    is_wanted = models.BooleanField("随公开副本公开", default=False)
    title = SealedTextField("公开的题目", blank=True, personal=WORDS)

    class Meta:
        ordering = ["record"]
        verbose_name = "随公开副本公开的信息"
        verbose_name_plural = "随公开副本公开的信息"

    def __str__(self) -> str:
        return f"public share of {self.record_id}"
