"""A party marks what it objects to, on the pages that it was shown, until it has given its opinion (条例第三十二条)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.cases.steps import lock, note
from portal.core.actors import PARTY
from portal.core.errors import InvalidInput, StaleCase, StepRefused
from portal.records.actions.gate import open_record
from portal.records.actions.marking import checked
from portal.records.choices import Stake
from portal.records.models import PartyMarks, Record
from portal.records.objections import marks_of_party, pages_shown
from portal.records.queries import case_of
from portal.records.rooms import room_of

MOST_REASON = 200
MOST_PLACES = 200


@transaction.atomic
def save_objections(
    *, record: Record, party: int, marks: Mapping[str, Any], seen: int, at: datetime
) -> PartyMarks:
    """Keep the places that a party objects to, all of them at once; `seen` is the version that they were made from.

    Raises StepRefused once its opinion is given, InvalidInput for a page that it was not shown, StaleCase if another of its
    windows saved in between.
    """
    case = case_of(record)
    lock(case)
    open_record(record)
    if not room_of(case.kind).may_object(case, party):
        raise StepRefused("意见已经提交或者征求意见已经结束，不能再标记。")
    held = marks_of_party(record, party)
    if seen != held.marks_version:
        raise StaleCase(
            "标记在别处刚刚有改动，请核对后再保存。",
            changed="标记刚刚有改动",
            version=held.marks_version,
        )
    held.marks = _kept(record, party, marks)
    held.marks_version += 1
    held.save()
    places = len(held.marks["boxes"]) + len(held.marks["pages"])
    note(case, "object_to_pages", actor=PARTY, at=at, record=str(record.public_id), places=places)
    return held


def _kept(record: Record, party: int, marks: Mapping[str, Any]) -> dict[str, list[Any]]:
    kept = checked({**marks, "words": []}, record.pages, tuple(Stake.values))
    shown = set(pages_shown(record, party))
    for name in ("boxes", "pages"):
        for row, sent in zip(kept[name], marks.get(name) or [], strict=True):
            if row["page"] not in shown:
                raise InvalidInput(f"没有向您显示第{row['page']}页", "page")
            row["reason"] = str(sent.get("reason") or "").strip()
            if len(row["reason"]) > MOST_REASON:
                raise InvalidInput(f"理由不能超过{MOST_REASON}字", "reason")
    if len(kept["boxes"]) + len(kept["pages"]) > MOST_PLACES:
        raise InvalidInput(f"最多标记{MOST_PLACES}处，请改为标记整页")
    return kept
