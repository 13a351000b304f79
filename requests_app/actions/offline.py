"""What comes on paper or by word of mouth, entered by a clerk (条例第二十九条、第三十一条、第四十三条)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.units.choices import Role
from portal.units.models import Unit
from requests_app.actions.intake import Submitted, Upload, register, submit
from requests_app.choices import Channel


@dataclass(frozen=True)
class PaperReceipt:
    """How and when it came in, and how that is known; `read_back` for what was taken down orally."""

    channel: str
    received_on: date
    evidence: str
    read_back: bool = False


@transaction.atomic
def enter(
    *,
    unit: Unit,
    answers: dict[str, Any],
    receipt: PaperReceipt,
    key: str,
    actor: Actor,
    at: datetime,
    uploads: Iterable[Upload] = (),
) -> Submitted:
    """Enter and register what did not come online; the query code is for the applicant's paper receipt.

    Raises InvalidInput for an oral request that was not read back to the applicant.
    """
    if not actor.has_role(unit.pk, Role.CLERK):
        raise StepRefused("须由本机关经办人登记。")
    if receipt.channel not in Channel.values or receipt.channel == Channel.ONLINE:
        raise InvalidInput("请选择提交渠道", "channel")
    if receipt.channel == Channel.ORAL and not receipt.read_back:
        raise InvalidInput("口头提出的，须向申请人宣读并经其确认无误", "read_back")
    submitted = submit(
        unit=unit,
        answers={**answers, "channel": receipt.channel},
        key=key,
        actor=actor,
        at=at,
        uploads=uploads,
    )
    if not submitted.repeated:
        register(
            case=submitted.case,
            received_on=receipt.received_on,
            channel=receipt.channel,
            evidence=receipt.evidence,
            actor=actor,
            at=at,
        )
    return submitted
