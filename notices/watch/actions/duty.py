"""The rota and the day's log."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from notices.watch.models import DutyLog, DutyTurn
from notices.watch.queries import Morning, find_log_of, morning_list
from portal.cases.steps import open_case, take_step
from portal.core.actors import Actor
from portal.core.chain import canonical
from portal.core.errors import InvalidInput, StepRefused
from portal.core.wording import cn_date
from portal.documents.actions import issue
from portal.documents.models import OfficialDocument
from portal.publishing.actions import digest_of
from portal.units.choices import Role
from portal.units.models import Account, Unit
from portal.units.queries import people_with

MOST_NOTE = 2000


@transaction.atomic
def put_turn(*, unit: Unit, day: date, account: Account, actor: Actor) -> DutyTurn:
    """Say who reads on a day. Raises StepRefused for anybody but the unit's leader, InvalidInput for a stranger."""
    if not actor.has_role(unit.pk, Role.APPROVER):
        raise StepRefused(f"须由{unit.name}的签发人安排值班。")
    if (
        not people_with(unit, Role.CLERK, Role.PUBLISHER, Role.REVIEWER, on=day)
        .filter(pk=account.pk)
        .exists()
    ):
        raise InvalidInput("值班人须为本单位的经办人、审核人或者发布员", "account")
    turn, _ = DutyTurn.objects.update_or_create(unit=unit, day=day, defaults={"account": account})
    return turn


@transaction.atomic
def open_log(*, unit: Unit, actor: Actor, at: datetime) -> DutyLog:
    """The log of today, begun by whoever asks first; the same day gives the same log."""
    today = timezone.localdate(at)
    Unit.objects.select_for_update().get(pk=unit.pk)
    found = find_log_of(unit, today)
    if found is not None:
        return found
    case = DutyLog(unit=unit, title=f"{cn_date(today)}值班日志", officer_id=actor.account_id, day=today)
    open_case(case, "open_log", actor=actor, at=at, day=today.isoformat())
    return case


def _digest(case: DutyLog) -> str:
    return digest_of(case.day.isoformat(), canonical(case.seen), case.note)


@transaction.atomic
def sign_log(
    *, case: DutyLog, note: str, actor: Actor, at: datetime, seen_version: int | None = None
) -> Morning:
    """Sign the day's list with what was found. Raises InvalidInput without words."""
    if not note.strip():
        raise InvalidInput("请写明读网情况；没有发现问题的，写“未发现问题”", "note")
    seen = morning_list(case.unit, at)
    case.seen, case.note = seen.facts(), note.strip()[:MOST_NOTE]
    digest = _digest(case)
    facts = case.seen, case.note
    take_step(
        case,
        "sign_log",
        actor=actor,
        at=at,
        seen_version=seen_version,
        content_sha256=digest,
        findings=len(seen.alarms) + len(seen.links) + len(seen.columns) + len(seen.late) + len(seen.reports),
    )
    case.seen, case.note = facts
    case.save(update_fields=["seen", "note"])
    return seen


@transaction.atomic
def countersign_log(
    *, case: DutyLog, actor: Actor, at: datetime, seen_version: int | None = None
) -> OfficialDocument:
    """The leader signs; the log becomes a numbered paper with its digest."""
    digest = _digest(case)
    take_step(case, "countersign_log", actor=actor, at=at, seen_version=seen_version, content_sha256=digest)
    reader = case.signed_by.get_full_name() if case.signed_by is not None else ""
    return issue(
        case,
        "duty_log",
        unit=case.unit,
        actor=actor,
        at=at,
        facts={
            "day": cn_date(case.day),
            "reader": reader or str(case.signed_by or ""),
            "leader": actor.label,
            "seen": case.seen,
            "note": case.note,
            "sha256": digest,
        },
    )
