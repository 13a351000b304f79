"""What the public list of letters needs beside the public copy itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mailbox.choices import LetterKind, Place
from portal.publishing.models import Release


class PublishedLetter(models.Model):
    """A published letter's place among the others; the words are in the public copy.

    `asked` is the number of letters that the answer went to: its own and those that were merged into it.
    """

    release = models.OneToOneField(
        Release, models.CASCADE, related_name="letter", verbose_name="公开副本", primary_key=True
    )
    letter_kind = models.CharField("来信类型", max_length=12, choices=LetterKind.choices)
    place = models.CharField("事项发生地", max_length=12, choices=Place.choices)
    asked = models.PositiveIntegerField("同一答复的来信件数", default=1)

    class Meta:
        ordering = ["-release_id"]
        verbose_name = "公开的来信"
        verbose_name_plural = "公开的来信"
        indexes = [
            models.Index(fields=["place"], name="mailbox_published_place"),
            models.Index(fields=["-asked"], name="mailbox_published_asked"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(asked__gte=1), name="mailbox_published_asked_once"),
            models.CheckConstraint(
                condition=~Q(letter_kind=LetterKind.REPORT), name="mailbox_report_unpublished"
            ),
        ]

    def __str__(self) -> str:
        return str(self.release)
