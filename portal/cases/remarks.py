"""Remarks between colleagues: kept in the log beside the case, in no paper, told to no applicant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.cases.models import Case, EventPayload
from portal.cases.steps import REMARK, note
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused

NOTES = {REMARK: "内部留言"}
LONGEST = 1000


@dataclass(frozen=True)
class Remark:
    """What a colleague said, and when."""

    text: str
    by: str
    at: datetime


def remark(*, case: Case, text: str, actor: Actor, at: datetime) -> None:
    """Say something to whoever works on the case. Raises InvalidInput without words, StepRefused for the case's applicant."""
    if not text.strip():
        raise InvalidInput("请填写留言", "text")
    if len(text) > LONGEST:
        raise InvalidInput(f"留言不能超过{LONGEST}字", "text")
    if case.applicant_id is not None and case.applicant_id == actor.account_id:
        raise StepRefused("您是本件的申请人，应当回避。")
    note(case, REMARK, actor=actor, at=at, private=text.strip())


def remarks_of(case: Any) -> list[Remark]:
    """The remarks on a case, oldest first; what has been erased is left out."""
    rows = EventPayload.objects.filter(event__case_id=case.pk, event__kind=REMARK).select_related("event")
    return [Remark(row.text, row.event.actor_label, row.event.at) for row in rows.order_by("event__seq")]
