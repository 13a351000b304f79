"""What somebody who is consulted does not wish to be disclosed, marked on the pages that it was shown."""

from __future__ import annotations

from django.db import models

from portal.records.models.marks import Marked
from portal.records.models.record import Record


class PartyMarks(Marked):
    """The places of one party in one record: boxes and whole pages, each with what is at stake and a reason.

    Pages and boxes are those of the record, not of the copy that was shown. `party` is the key of its consultation.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="objections", verbose_name="检索到的信息")
    party = models.PositiveBigIntegerField("被征求方")

    class Meta:
        ordering = ["record", "party"]
        verbose_name = "不同意公开的内容"
        verbose_name_plural = "不同意公开的内容"
        constraints = [models.UniqueConstraint(fields=["record", "party"], name="records_objection_once")]

    def __str__(self) -> str:
        return f"objection of {self.party} in {self.record_id}"
