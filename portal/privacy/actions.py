"""Revealing a sealed value: always with a reason, always leaving a row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.privacy.models import PersonalDataAccess


def record_reveal(*, subject: UUID, fields: Iterable[str], reason: str, actor: Actor, at: datetime) -> None:
    """Write one row per field revealed.

    Raises InvalidInput without a reason of at least four characters, StepRefused for a non-staff actor.
    """
    if not actor.is_staff or actor.account_id is None:
        raise StepRefused("只有经办机关的工作人员可以查看完整信息")
    if len(reason.strip()) < 4:
        raise InvalidInput("请写明查看理由（不少于4个字）", "reason")
    PersonalDataAccess.objects.bulk_create(
        PersonalDataAccess(
            account_id=actor.account_id, subject=subject, field=field, reason=reason.strip(), at=at
        )
        for field in fields
    )
