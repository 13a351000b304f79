"""Who may change the records of a case, and when."""

from __future__ import annotations

from typing import Any

from portal.cases.models import Case
from portal.cases.registry import in_full
from portal.cases.steps import lock
from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.publishing.queries import has_public_copy
from portal.records.rooms import EDITORS, room_of


def hold(case: Case, actor: Actor) -> int:
    """Hold the case to the end of the transaction; gives the actor's account.

    Raises StepRefused for anybody but a clerk of the unit, for the applicant's own case, and once the reply is in review:
    then it is sent back first, and everybody signs again.
    """
    account_id = _clerk(case, actor)
    if case.state not in room_of(case.kind).open_states:
        raise StepRefused(
            f"本件现为“{case.state_label()}”，检索到的信息不能改动；审核中的须先退回修改，"
            "已签发的须先撤回，修改后全部环节重新签署。"
        )
    return account_id


def hold_public(case: Case, actor: Actor) -> int:
    """As `hold`, for what is published beside the public copy: after the answer has gone out, before the copy is proposed.

    Once it is proposed it is rejected or taken down first, and reviewed again.
    """
    account_id = _clerk(case, actor)
    room = room_of(case.kind)
    if not room.shares:
        raise StepRefused("提供的材料随本件公开，没有单独的公开副本。")
    if not room.reached(in_full(case)):
        raise StepRefused("答复发出以后，才选择随公开副本公开的信息。")
    if has_public_copy(case):
        raise StepRefused(
            "公开副本已经提出，随其公开的信息不能改动；须先不予公开或者撤下，修改后重新提出、重新审查。"
        )
    return account_id


def _clerk(case: Case, actor: Actor) -> int:
    lock(case)
    if actor.account_id is None or not actor.has_role(case.unit_id, *EDITORS):
        raise StepRefused(f"检索到的信息由{case.unit.short_name}的经办人添加和处理。")
    if case.applicant_id == actor.account_id:
        raise StepRefused(f"您是本件的{room_of(case.kind).person}，应当回避，不能处理检索到的信息。")
    return actor.account_id


def open_record(record: Any) -> None:
    """Bring a record up to date under the case's lock. Raises StepRefused for one that was removed."""
    case = record.case
    record.refresh_from_db()
    record.case = case
    if record.removed_at is not None:
        raise StepRefused("该信息已经移除，请刷新页面查看。")
