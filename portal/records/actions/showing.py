"""Showing pages of a record to somebody who is consulted: only the pages that concern it, its own proven copy (条例第三十二条)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from portal.core.actors import Actor
from portal.core.errors import InvalidInput, NotFound, StepRefused
from portal.records.actions.copying import promised
from portal.records.actions.gate import hold, open_record
from portal.records.actions.handing import Handed
from portal.records.choices import Audience
from portal.records.models import Fetch, Record, RecordCopy
from portal.records.queries import case_of, shown_to
from portal.records.rooms import room_of


def pages_named(words: str, most: int) -> list[int]:
    """The pages of "1, 3-5", in order. Raises InvalidInput."""
    found: set[int] = set()
    for part in words.replace("，", ",").replace("、", ",").replace("—", "-").split(","):
        first, dash, last = part.strip().partition("-")
        ends = (first.strip(), (last if dash else first).strip())
        if not all(end.isascii() and end.isdecimal() and len(end) < 6 for end in ends):
            raise InvalidInput("页码请写成“1、3-5”的形式", "pages")
        found |= set(range(int(ends[0]), min(int(ends[1]), most + 1) + 1))
    if not found or min(found) < 1 or max(found) > most:
        raise InvalidInput(f"文件共{most}页，请填写1至{most}之间的页码", "pages")
    return sorted(found)


@transaction.atomic
def show_pages(*, record: Record, party: int, pages: Sequence[int], actor: Actor, at: datetime) -> RecordCopy:
    """Promise the copy that a party sees: these pages, with what is withheld blackened.

    The proof fails where the applicant or another party is named. Raises InvalidInput, StepRefused.
    """
    case = case_of(record)
    account_id = hold(case, actor)
    open_record(record)
    if not record.is_ready:
        raise StepRefused("该信息还没有检查完毕。")
    if party not in {number for number, _ in room_of(case.kind).parties(case)}:
        raise InvalidInput("请选择被征求意见方", "party")
    return promised(record, Audience.PARTY, account_id, actor, at, party=party, only=list(pages))


def show_to_party(*, case: object, party: int, copy: RecordCopy, at: datetime) -> Handed:
    """A copy for the party that it was made for; written down. Raises NotFound for any other."""
    if copy not in shown_to(case, party) or copy.file is None:
        raise NotFound("没有找到该信息。")
    Fetch.objects.create(case_id=copy.record.case_id, copy=copy, by="party", at=at)
    return Handed(f"{copy.record.title}（征求意见）.pdf", copy.file.read(), "application/pdf")
