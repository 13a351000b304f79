"""Who may change the records of a case, and when."""

from __future__ import annotations

from typing import Any

from portal.cases.models import Case
from portal.cases.steps import lock
from portal.core.actors import Actor
from portal.core.errors import StepRefused
from portal.records.rooms import EDITORS, room_of


def hold(case: Case, actor: Actor) -> int:
    """Hold the case to the end of the transaction; gives the actor's account.

    Raises StepRefused for anybody but a clerk of the unit, for the applicant's own case, and once the reply is in review:
    then it is sent back first, and everybody signs again.
    """
    lock(case)
    if actor.account_id is None or not actor.has_role(case.unit_id, *EDITORS):
        raise StepRefused(f"检索到的信息由{case.unit.short_name}的经办人添加和处理。")
    if case.applicant_id == actor.account_id:
        raise StepRefused("您是本件的申请人，应当回避，不能处理检索到的信息。")
    if case.state not in room_of(case.kind).open_states:
        raise StepRefused(
            f"本件现为“{case.state_label()}”，检索到的信息不能改动；审核中的须先退回修改，"
            "已签发的须先撤回，修改后全部环节重新签署。"
        )
    return actor.account_id


def open_record(record: Any) -> None:
    """Bring a record up to date under the case's lock. Raises StepRefused for one that was removed."""
    case = record.case
    record.refresh_from_db()
    record.case = case
    if record.removed_at is not None:
        raise StepRefused("该信息已经移除，请刷新页面查看。")
