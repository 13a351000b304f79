"""Alarms: what is kept is compared with the log; who must know is told; somebody says what it was."""

from __future__ import annotations

import logging
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from notices.choices import OFFICE
from notices.watch.models import TamperAlarm
from notices.watch.queries import Difference, differences
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.messaging.actions import Recipient, notify
from portal.units.choices import Role
from portal.units.models import Unit
from portal.units.queries import holders_anywhere, people_with

logger = logging.getLogger("portal.watch")


def check_words(*, at: datetime) -> int:
    """Compare every published version and public copy with what was published; alarms at once. Gives how many are new."""
    return sum(raise_alarm(found, at) for found in differences(at))


def raise_alarm(found: Difference, at: datetime) -> bool:
    """Open an alarm and tell those who must know; False if it is open already."""
    with transaction.atomic():
        alarm, new = TamperAlarm.objects.get_or_create(
            key=found.key,
            sort=found.sort,
            closed_at=None,
            defaults={
                "title": found.title[:200],
                "article_id": found.article_id,
                "release_id": found.release_id,
                "expected": found.expected,
                "found": found.found,
                "at": at,
            },
        )
        if not new:
            return False
        logger.critical("tampering found", extra={"alarm": alarm.pk, "sort": found.sort, "key": found.key})
        for account_id in _who_must_know(alarm, timezone.localdate(at)):
            notify(
                recipient=Recipient(account_id=account_id),
                key=f"tamper:{alarm.pk}:{account_id}",
                subject="篡改告警：网页内容与发布内容不一致",
                body=f"{alarm.get_sort_display()}：{alarm.title}",
                link=reverse("workbench_watch:morning"),
                at=at,
            )
    return True


def _who_must_know(alarm: TamperAlarm, today: date) -> set[int]:
    units = [Unit.objects.get(code=OFFICE)]
    if alarm.article is not None:
        units.append(alarm.article.unit)
    if alarm.release is not None:
        units.append(alarm.release.unit)
    people = {row.pk for unit in units for row in people_with(unit, Role.APPROVER, Role.PUBLISHER, on=today)}
    supervisors = holders_anywhere(Role.SUPERVISOR, on=today)
    return people | set(supervisors.values_list("pk", flat=True))


@transaction.atomic
def close_alarm(*, alarm: TamperAlarm, note: str, actor: Actor, at: datetime) -> None:
    """Say what it was. Raises StepRefused for anybody but a leader of the unit or the government office."""
    units = {Unit.objects.get(code=OFFICE).pk}
    units |= {row.unit_id for row in (alarm.article, alarm.release) if row is not None}
    if not any(actor.has_role(unit, Role.APPROVER) for unit in units):
        raise StepRefused("须由维护单位或者政府办公室的签发人办理。")
    if not note.strip():
        raise InvalidInput("请写明处理情况", "note")
    alarm.closed_at, alarm.closed_by_id, alarm.note = at, actor.account_id, note.strip()[:300]
    alarm.save(update_fields=["closed_at", "closed_by", "note"])
