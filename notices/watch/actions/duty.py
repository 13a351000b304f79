"""The rota and the day's log."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from notices.watch.models import DutyLog, DutyTurn
from notices.watch.queries import Morning, duty_of, find_log_of, morning_list
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
def put_turn(
    *, unit: Unit, day: date, account: Account, actor: Actor, at: datetime | None = None
) -> DutyTurn:
    """Say who reads on a day; who was to read before stays in the record.

    Raises StepRefused for anybody but the unit's leader, InvalidInput for a stranger and, with `at`, for a change of a day that is over.
    """
    if not actor.has_role(unit.pk, Role.APPROVER):
        raise StepRefused(f"须由{unit.name}的签发人安排值班。")
    readers = people_with(unit, Role.CLERK, Role.PUBLISHER, Role.REVIEWER, on=day)
    if not readers.filter(pk=account.pk).exists():
        raise InvalidInput("值班人须为本单位的经办人、审核人或者发布员", "account")
    Unit.objects.select_for_update().get(pk=unit.pk)
    before = DutyTurn.objects.filter(unit=unit, day=day, replaced_at=None).first()
    if before is not None and before.account_id == account.pk:
        return before
    if before is not None and at is not None and day < timezone.localdate(at):
        raise InvalidInput("已经过去的值班安排不能改变，实际值班人见当日日志", "day")
    DutyTurn.objects.filter(unit=unit, day=day, replaced_at=None).update(replaced_at=at or Now())
    return DutyTurn.objects.create(
        unit=unit, day=day, account=account, put_by_id=actor.account_id, put_at=at or Now()
    )


@transaction.atomic
def open_log(*, unit: Unit, actor: Actor, at: datetime) -> DutyLog:
    """The log of today, begun by whoever asks first; the same day gives the same log."""
    today = timezone.localdate(at)
    Unit.objects.select_for_update().get(pk=unit.pk)
    found = find_log_of(unit, today)
    if found is not None:
        return found
    case = DutyLog(unit=unit, title=f"{cn_date(today)}值班日志", officer_id=actor.account_id, day=today)
    case.key = f"{unit.pk}:{today.isoformat()}"
    open_case(case, "open_log", actor=actor, at=at, day=today.isoformat())
    return case


def _instead_of(case: DutyLog, actor: Actor) -> str:
    """Whose turn it was, if somebody else signs."""
    turn = duty_of(case.unit, case.day)
    return str(turn.account) if turn is not None and turn.account_id != actor.account_id else ""


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
        findings=seen.findings,
        instead_of=_instead_of(case, actor),
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
