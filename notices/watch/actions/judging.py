"""Judging what the sheet cannot count by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from notices.choices import OFFICE
from notices.watch.choices import Severe, Verdict
from notices.watch.models import InspectionJudgement
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.units.access import is_supervisor
from portal.units.choices import Role
from portal.units.models import Unit

MOST_REASON = 500


def may_judge(actor: Actor) -> bool:
    """A supervisor, or a reviewer or leader of the government office, which answers for the site."""
    office = Unit.objects.filter(code=OFFICE).values_list("pk", flat=True).first()
    held = office is not None and any(actor.has_role(office, role) for role in (Role.REVIEWER, Role.APPROVER))
    return held or is_supervisor(actor)


@transaction.atomic
def judge(*, verdict: str, severe: str, reason: str, actor: Actor, at: datetime) -> InspectionJudgement:
    """Record whether there were grave incidents, and why one thinks so.

    Raises StepRefused for anybody who may not judge, InvalidInput without reason or without a kind.
    """
    if not may_judge(actor) or actor.account_id is None:
        raise StepRefused("须由监督员或者政府办公室的审核人、签发人评判。")
    if verdict not in Verdict.values:
        raise InvalidInput("请选择评判结果", "verdict")
    if not reason.strip():
        raise InvalidInput("请写明依据和情况", "reason")
    if verdict == Verdict.FOUND and severe not in Severe.values:
        raise InvalidInput("存在问题的，请选择问题类别", "severe")
    return InspectionJudgement.objects.create(
        verdict=verdict,
        severe=severe if verdict == Verdict.FOUND else "",
        reason=reason.strip()[:MOST_REASON],
        by_id=actor.account_id,
        label=actor.label[:60],
        at=at,
    )
