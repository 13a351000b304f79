"""The writers of the administrators' room; each leaves a row of record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils import timezone

from portal.administration.choices import Act
from portal.administration.leaving import tell_of_gaps
from portal.administration.models import AdminRecord
from portal.cases.models import Case, LegalHold
from portal.core.actors import Actor
from portal.core.errors import InvalidInput, StepRefused
from portal.core.workdays import YearNotice
from portal.holidays.actions import check_notice, enter_notice
from portal.jobs.outbox import enqueue
from portal.privacy import retention
from portal.search import actions as finder
from portal.search.models import PlainWord
from portal.units import actions as units
from portal.units.choices import EVERY_UNIT, Role
from portal.units.models import Account, Appointment, Unit
from portal.units.queries import address_is_own

NOT_ONESELF = "不能为自己办理任职。"
UNCONFIRMED = (
    "该邮箱已有账号，但账号的邮箱没有经本人确认，可能是他人注册的；"
    "请本人用“忘记密码”重设密码、确认邮箱以后再办理任职"
)


def only(actor: Actor, role: Role) -> None:
    if (EVERY_UNIT, role) not in actor.roles or actor.account_id is None:
        raise StepRefused(f"须由{role.label}办理。")


def put_on_record(
    act: Act,
    subject: str,
    actor: Actor,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AdminRecord:
    return AdminRecord.objects.create(
        act=act,
        subject=subject[:160],
        before=dict(before or {}),
        after=dict(after or {}),
        by_id=actor.account_id or 0,
        at=at,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value)
    return value if isinstance(value, str | int | bool | None) else str(value)


@transaction.atomic
def change_row(
    *, row: models.Model, values: Mapping[str, Any], act: Act, actor: Actor, at: datetime
) -> AdminRecord | None:
    """Write new values of a rule or a unit, with the old ones on record; None if nothing differs.

    Raises StepRefused for anybody but a system administrator, InvalidInput for a value that cannot be.
    """
    only(actor, Role.SYSTEM_ADMIN)
    found = type(row)._default_manager.select_for_update().get(pk=row.pk)
    changed = {name: value for name, value in values.items() if getattr(found, name) != value}
    if not changed:
        return None
    before = {name: _plain(getattr(found, name)) for name in changed}
    for name, value in changed.items():
        setattr(found, name, value)
    try:
        found.full_clean()
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        if field == NON_FIELD_ERRORS:
            raise InvalidInput("数值不在允许的范围内", next(iter(changed))) from error
        raise InvalidInput(str(sentences[0]), field) from error
    found.save(update_fields=list(changed))
    after = {name: _plain(value) for name, value in changed.items()}
    return put_on_record(act, str(found), actor, at, before, after)


@transaction.atomic
def add_plain_word(*, plain: str, official: str, source: str, actor: Actor, at: datetime) -> PlainWord:
    """Put a plain word into the finder's table. Raises StepRefused for anybody but a system administrator,
    InvalidInput for one that is there already.
    """
    only(actor, Role.SYSTEM_ADMIN)
    try:
        made = finder.add_word(said=plain, official=official, source=source)
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise InvalidInput(str(sentences[0]), field) from error
    put_on_record(Act.RULE, str(made), actor, at, after={"plain": made.plain, "official": made.official})
    return made


def settle_search(*, pk: int, actor: Actor) -> None:
    """Take a search off the list of those without an opened answer."""
    only(actor, Role.SYSTEM_ADMIN)
    finder.settle_asked(pk=pk)


@transaction.atomic
def enter_year(*, notice: YearNotice, issued_on: date | None, actor: Actor, at: datetime) -> AdminRecord:
    """Enter a year's holiday notice; every stored date that it moves is counted anew by a job, an event each.

    Raises StepRefused for anybody but a system administrator, InvalidInput for days that cannot be.
    """
    only(actor, Role.SYSTEM_ADMIN)
    if notice.year < timezone.localdate(at).year:
        raise InvalidInput("往年的放假安排不能改动：已经办结的期限和统计数字以当时的安排为准", "year")
    check_notice(notice)
    row = enter_notice(notice, issued_on=issued_on, account_id=actor.account_id)
    record = put_on_record(
        Act.NOTICE,
        str(row),
        actor,
        at,
        after={
            "off": [f"{name} {first}—{last}" for first, last, name in notice.days_off],
            "work": [f"{name} {day}" for day, name in notice.work_on],
        },
    )
    enqueue("cases.recompute", key=f"recompute:{record.pk}", notice=row.pk)
    return record


@transaction.atomic
def appoint(
    *,
    email: str,
    name: str,
    unit: Unit,
    role: str,
    starts_on: date,
    ends_on: date | None,
    actor: Actor,
    at: datetime,
) -> Appointment:
    """Appoint somebody by address; an account that is not there yet is made, its password set by its owner by mail.

    Anybody may sign up with anybody's address: an account that is there is only appointed once its owner has confirmed it.
    Raises StepRefused for anybody but a security administrator or for oneself, InvalidInput without a name or for an
    address that nobody has confirmed.
    """
    only(actor, Role.SECURITY_ADMIN)
    if ends_on is not None and ends_on < starts_on:
        raise InvalidInput("终止日不能早于起始日", "ends_on")
    account = Account.objects.filter(email=email.lower()).first()
    if account is not None and account.pk == actor.account_id:
        raise StepRefused(NOT_ONESELF)
    if account is not None and not address_is_own(account):
        raise InvalidInput(UNCONFIRMED, "email")
    if account is None:
        if not name.strip():
            raise InvalidInput("新账号须填写姓名", "name")
        account = Account.objects.create_user(email, None, display_name=name.strip())
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    today = timezone.localdate(at)
    made = units.appoint(
        account=account, unit=unit, role=Role(role), starts_on=starts_on, ends_on=ends_on, today=today
    )
    if (made.starts_on, made.ends_on) != (starts_on, ends_on):
        raise InvalidInput("该任职已经存在，请在列表中修改终止日", "role")
    after = {"from": str(starts_on), "to": str(ends_on or "")}
    put_on_record(Act.APPOINT, str(made), actor, at, after=after)
    return made


@transaction.atomic
def end_appointment(*, appointment: Appointment, ends_on: date, actor: Actor, at: datetime) -> None:
    """Set the last day of a term that runs; the unit is told what its holder leaves behind (tell_of_gaps).

    Raises StepRefused for anybody but a security administrator, for one's own term, and for one that is over: who comes
    back is appointed anew. Raises InvalidInput for a day before its first.
    """
    only(actor, Role.SECURITY_ADMIN)
    if appointment.account_id == actor.account_id:
        raise StepRefused(NOT_ONESELF)
    if appointment.ends_on is not None and appointment.ends_on < timezone.localdate(at):
        raise StepRefused("该任职已经终止；重新任职的，请另行办理任职。")
    if ends_on < appointment.starts_on:
        raise InvalidInput("终止日不能早于起始日", "ends_on")
    before = {"to": str(appointment.ends_on or "")}
    appointment.ends_on = ends_on
    appointment.save(update_fields=["ends_on"])
    put_on_record(Act.END, str(appointment), actor, at, before, {"to": str(ends_on)})
    tell_of_gaps(appointment, at=at)


@transaction.atomic
def hold(*, number: str, reason: str, actor: Actor, at: datetime) -> LegalHold:
    """Keep a case's data although its time runs out. Raises InvalidInput for an unknown number or a second hold."""
    only(actor, Role.SYSTEM_ADMIN)
    case = Case.objects.filter(number=number.strip()).first()
    if case is None:
        raise InvalidInput("没有这个编号的办件", "number")
    if not reason.strip():
        raise InvalidInput("请写明理由", "reason")
    if case.holds.filter(lifted_at__isnull=True).exists():
        raise InvalidInput("该办件已经暂缓清除", "number")
    made = LegalHold.objects.create(
        case=case, reason=reason.strip()[:200], by_id=actor.account_id or 0, at=at
    )
    put_on_record(Act.HOLD, str(case), actor, at, after={"reason": made.reason})
    return made


@transaction.atomic
def lift(*, held: LegalHold, actor: Actor, at: datetime) -> None:
    """End a hold, once."""
    only(actor, Role.SYSTEM_ADMIN)
    if held.lifted_at is not None:
        raise StepRefused("已经解除。")
    held.lifted_at = at
    held.save(update_fields=["lifted_at"])
    put_on_record(Act.LIFT, str(held.case), actor, at)


def erase_now(*, actor: Actor, at: datetime) -> dict[str, int]:
    """Erase what has run out now instead of tonight; gives how many by rule."""
    only(actor, Role.SYSTEM_ADMIN)
    done = retention.apply(at=at)
    put_on_record(Act.ERASE, f"{sum(done.values())}项", actor, at, after=done)
    return done
