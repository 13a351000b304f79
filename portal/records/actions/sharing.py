"""Choosing what is published beside the public copy of an answer, and making its copies for everyone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from portal.cases.steps import note
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.records.actions.copying import promised
from portal.records.actions.gate import hold_public, open_record
from portal.records.choices import GIVEN, MOST_TITLE, Audience
from portal.records.models import PublicShare, Record, RecordCopy
from portal.records.queries import case_of, marked_for


@transaction.atomic
def share_record(*, record: Record, wanted: bool, title: str = "", actor: Actor, at: datetime) -> PublicShare:
    """Choose whether everyone gets a record that was handed over, and under which title (without one, its own).

    Raises InvalidInput for a title that is too long, StepRefused for what was not handed over and as `hold_public` does.
    """
    case = case_of(record)
    hold_public(case, actor)
    open_record(record)
    if record.disposition not in GIVEN:
        raise StepRefused("没有提供给申请人的信息，不随公开副本公开。")
    if len(title) > MOST_TITLE:
        raise InvalidInput(f"不能超过{MOST_TITLE}字", "title")
    share: Any = marked_for(record, Audience.PUBLIC)
    share.is_wanted, share.title = wanted, title.strip() or record.title
    share.save()
    note(case, "share_record", actor=actor, at=at, record=str(record.public_id), wanted=wanted)
    return share  # type: ignore[no-any-return]


@transaction.atomic
def make_public_copy(*, record: Record, actor: Actor, at: datetime) -> RecordCopy:
    """Promise the copy for everyone of a chosen record: no sealed value of the case may be found in it, the applicant's neither.

    Raises StepRefused where the record was not chosen, and as `hold_public` does.
    """
    case = case_of(record)
    account_id = hold_public(case, actor)
    open_record(record)
    share: Any = marked_for(record, Audience.PUBLIC)
    if not share.is_wanted or record.disposition not in GIVEN:
        raise StepRefused("先选择随公开副本公开，再制作公众副本。")
    return promised(record, Audience.PUBLIC, account_id, actor, at)
