"""What is withheld of a record, for one audience: boxes, words, whole pages."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models

from portal.privacy.fields import SealedJSONField
from portal.privacy.personal import WORDS
from portal.publishing.actions import digest_of


def no_marks() -> dict[str, list[Any]]:
    """Nothing is withheld."""
    return {"boxes": [], "words": [], "pages": []}


class Marked(models.Model):
    """Boxes in PDF points of the page's own space, words wherever they stand, whole pages, each with its ground.

    `marks_version` grows with every save, so that two people at the desk are told of each other.
    """

    marks = SealedJSONField("遮盖的内容", default=no_marks, personal=WORDS)
    marks_version = models.PositiveIntegerField("遮盖的版本", default=0)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="标记人"
    )

    class Meta:
        abstract = True

    @property
    def mark_count(self) -> int:
        """How many boxes, words and whole pages are marked."""
        return sum(len(rows) for rows in self.marks.values())

    @property
    def marks_digest(self) -> str:
        """The digest of what is withheld, in whatever order it was marked; who marked it does not count."""
        boxes = sorted([row["page"], row["box"], row["ground"]] for row in self.marks["boxes"])
        words = sorted([row["text"], row["ground"]] for row in self.marks["words"])
        pages = sorted([row["page"], row["ground"]] for row in self.marks["pages"])
        return digest_of(json.dumps([boxes, words, pages], ensure_ascii=False, sort_keys=True))
