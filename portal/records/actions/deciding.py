"""What becomes of a record: described, given whole or in part, withheld, not responsive, removed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from portal.cases.steps import note
from portal.core.actors import Actor
from portal.core.errors import InvalidInput
from portal.records.actions.adding import Details, check_details
from portal.records.actions.gate import hold, open_record
from portal.records.choices import MOST_MATTERS, Disposition, Ground
from portal.records.models import Record
from portal.records.queries import case_of

MOST_REASON = 500


@transaction.atomic
def describe_record(*, record: Record, details: Details, actor: Actor, at: datetime) -> None:
    """Write down title, number, day, maker and source anew. Raises InvalidInput, StepRefused."""
    case = case_of(record)
    hold(case, actor)
    open_record(record)
    if not details.title.strip():
        raise InvalidInput("请填写题目", "title")
    check_details(case, details, room=0)
    record.title, record.document_number = details.title.strip(), details.document_number.strip()
    record.made_on, record.maker, record.source = (
        details.made_on,
        details.maker.strip(),
        details.source.strip(),
    )
    record.search = details.search
    record.save(update_fields=["title", "document_number", "made_on", "maker", "source", "search"])
    note(case, "describe_record", actor=actor, at=at, record=str(record.public_id))


@transaction.atomic
def judge_record(
    *,
    record: Record,
    disposition: str,
    ground: str = "",
    reason: str = "",
    matter: int = 1,
    also: Sequence[int] = (),
    own_data: bool = False,
    actor: Actor,
    at: datetime,
) -> None:
    """Decide what becomes of it for a matter of the request, and for others that it answers too. Raises InvalidInput, StepRefused."""
    case = case_of(record)
    hold(case, actor)
    open_record(record)
    if disposition not in Disposition.values:
        raise InvalidInput("请选择如何处理", "disposition")
    if disposition == Disposition.WITHHOLD and ground not in Ground.values:
        raise InvalidInput("不予公开的，请选择法定理由", "ground")
    if len(reason) > MOST_REASON:
        raise InvalidInput(f"说明不能超过{MOST_REASON}字", "reason")
    if not all(1 <= number <= MOST_MATTERS for number in (matter, *also)):
        raise InvalidInput("没有这一项", "matter")
    record.disposition, record.matter, record.own_data = disposition, matter, own_data
    record.also = sorted(set(also) - {matter})
    record.ground = ground if disposition == Disposition.WITHHOLD else ""
    record.reason = reason.strip()
    record.save(update_fields=["disposition", "matter", "also", "own_data", "ground", "reason"])
    note(
        case,
        "judge_record",
        actor=actor,
        at=at,
        record=str(record.public_id),
        disposition=disposition,
        ground=record.ground,
        matter=matter,
        **({"also": record.also} if record.also else {}),
    )


@transaction.atomic
def remove_record(*, record: Record, actor: Actor, at: datetime) -> None:
    """Take a record out of the case; its file stays until the case's are erased. Raises StepRefused."""
    case = case_of(record)
    hold(case, actor)
    open_record(record)
    record.removed_at = at
    record.save(update_fields=["removed_at"])
    note(case, "remove_record", actor=actor, at=at, record=str(record.public_id))
