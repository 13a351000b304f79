"""What is erased of records when nothing can be brought against the answer any more: files, words, places, titles."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from portal.records.models import PartyMarks, PublicShare, Record, RecordCopy, RecordPage
from portal.records.queries import case_of, digest_parts, entries_of

ERASED = "（已按规定清除）"


def erase_records(rows: QuerySet[Any], at: datetime) -> int:
    """Erase these records with their pages and copies; the digests that were signed stay. Gives how many."""
    count = 0
    records = list(rows.select_related("case"))
    for case in {record.case_id: case_of(record) for record in records}.values():
        _keep_digests(case)
    for record in records:
        RecordPage.objects.filter(record=record).delete()
        PublicShare.objects.filter(record=record).delete()
        PartyMarks.objects.filter(record=record).delete()
        RecordCopy.objects.filter(record=record).update(file=None)
        Record.objects.filter(pk=record.pk).update(
            file=None, pdf=None, title=ERASED, name="", words="", reason="", erased_at=at
        )
        _forget_marks(record)
        count += 1
    return count


def _keep_digests(case: Any) -> None:
    parts = digest_parts(case)
    for entry, kept in zip(entries_of(case), parts[1::2], strict=True):
        if entry.record.erased_at is None:
            Record.objects.filter(pk=entry.record.pk).update(kept_digest=kept)


def _forget_marks(record: Record) -> None:
    """Words go; how many places there were is in the copies."""
    record.refresh_from_db()
    record.marks = {"boxes": [], "words": [], "pages": []}
    record.save(update_fields=["marks"])
