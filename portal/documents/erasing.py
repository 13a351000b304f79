"""Erased means erased in stored papers too: the values leave the facts, and the file is drawn anew without them.

The paper keeps its number, its day and the digests of its facts and of its former files, so that the copy in somebody's
hands is still known as genuine; the former files go, and the next who asks gets a masked one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from portal.documents.models import CorrectedRendering, DocumentStatus, OfficialDocument

ERASED = "（已按规定清除）"
LEAST = 2


def erase_in_papers(*, case_id: int, values: Iterable[str], at: datetime) -> int:
    """Take values out of a case's papers; gives in how many they stood. Call inside a transaction."""
    wanted = sorted({value.strip() for value in values if value.strip()}, key=len, reverse=True)
    count = 0
    for paper in (
        OfficialDocument.objects.select_for_update(of=("self",)).filter(case_id=case_id) if wanted else ()
    ):
        facts, addressee = _without(paper.facts, wanted), _without(paper.addressee, wanted)
        if (facts, addressee) != (paper.facts, paper.addressee):
            paper.facts, paper.addressee = facts, addressee
            _forget_files(paper, at)
            count += 1
    return count


def _without(value: Any, wanted: list[str]) -> Any:
    if isinstance(value, str):
        for found in wanted:
            if value == found or (len(found) >= LEAST and found in value):
                value = value.replace(found, ERASED)
        return value
    if isinstance(value, list | tuple):
        return [_without(entry, wanted) for entry in value]
    if isinstance(value, dict):
        return {key: _without(entry, wanted) for key, entry in value.items()}
    return value


def _forget_files(paper: OfficialDocument, at: datetime) -> None:
    rows = CorrectedRendering.objects.filter(document=paper).select_related("file")
    kept = [] if paper.file is None else [paper.file.sha256]
    paper.former_files = [*paper.former_files, *kept, *(row.file.sha256 for row in rows)]
    rows.delete()
    paper.file, paper.rendered_at, paper.erased_at = None, None, at
    if paper.status != DocumentStatus.VOID:
        paper.status = DocumentStatus.PENDING
    paper.save()


def blank_in_papers(
    case_of: Callable[[Any], int], *, after: Callable[[int, datetime], None] | None = None, **values: Any
) -> Callable[[QuerySet[Any], datetime], int]:
    """An `erase` for retention that writes these values over the old ones, and takes the old ones out of the papers;
    `after` is told the case of every paper that changed."""

    def erase(rows: QuerySet[Any], at: datetime) -> int:
        keys = list(rows.order_by().values_list("pk", flat=True))
        for row in rows.model._base_manager.filter(pk__in=keys).iterator(chunk_size=200):
            old = [str(getattr(row, name) or "") for name in values if not name.endswith("_index")]
            changed = erase_in_papers(case_id=case_of(row), values=old, at=at)
            if changed and after is not None:
                after(case_of(row), at)
            rows.model._base_manager.filter(pk=row.pk).update(**values)
        return len(keys)

    return erase
