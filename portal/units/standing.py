"""Standing in (代理): a colleague of the same unit has somebody's handling roles while she is away, from day to day."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet

from portal.core.errors import InvalidInput, NotFound
from portal.units.choices import ADMIN_ROLES, HANDLING_ROLES
from portal.units.models import Account, Appointment
from portal.units.queries import people_of

LONGEST_DAYS = 92


def own_terms(account_id: int, on: date) -> QuerySet[Appointment]:
    """The handling roles that an account holds itself on that day."""
    own = Appointment.objects.in_force(on).filter(account_id=account_id, stands_in_for__isnull=True)
    return own.filter(role__in=HANDLING_ROLES).select_related("unit")


def possible_stand_ins(account_id: int, on: date) -> QuerySet[Account]:
    """Who may stand in: everybody else who handles cases in a unit of hers; no administrator (三权分立)."""
    units = own_terms(account_id, on).values_list("unit_id", flat=True)
    people = people_of(units, *HANDLING_ROLES, on=on).exclude(pk=account_id)
    return people.exclude(appointments__role__in=ADMIN_ROLES)


def standing_in_for(account_id: int | None, on: date) -> QuerySet[Appointment]:
    """The rows by which an account stands in for others on that day."""
    return Appointment.objects.in_force(on).filter(account_id=account_id or 0, stands_in_for__isnull=False)


def stand_ins_of(account_id: int, on: date) -> QuerySet[Appointment]:
    """By whom an account is or will be stood in for, role by role."""
    rows = Appointment.objects.filter(stands_in_for_id=account_id, ends_on__gte=on)
    return rows.select_related("account", "unit").order_by("starts_on", "unit_id", "role")


@transaction.atomic
def stand_in(
    *, absent: Account, by: Account, starts_on: date, ends_on: date, today: date
) -> list[Appointment]:
    """Give a colleague the absent one's handling roles from day to day; gives the rows.

    The units are those in which both work. Whoever wrote a text signs it no more by standing in than otherwise. Raises
    InvalidInput for days that cannot be, for a stranger, and for somebody who is away herself in these days.
    """
    if starts_on < today:
        raise InvalidInput("代理的起始日不能早于今天", "starts_on")
    if ends_on < starts_on:
        raise InvalidInput("终止日不能早于起始日", "ends_on")
    if (ends_on - starts_on).days >= LONGEST_DAYS:
        raise InvalidInput(f"一次代理最长{LONGEST_DAYS}天，更长的请安全管理员办理任职", "ends_on")
    if not possible_stand_ins(absent.pk, today).filter(pk=by.pk).exists():
        raise InvalidInput("请选择本单位的办理人员", "by")
    away = Appointment.objects.filter(stands_in_for=by, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if away.exists():
        raise InvalidInput(f"{by}在这些日子也不在岗，请选择其他人员", "by")
    twice = Appointment.objects.filter(
        stands_in_for=absent, starts_on__lte=ends_on, ends_on__gte=starts_on
    ).first()
    if twice is not None:
        raise InvalidInput(f"这些日子已由{twice.account}代理，请先结束该代理", "starts_on")
    theirs = own_terms(by.pk, today).values_list("unit_id", flat=True)
    made = []
    for term in own_terms(absent.pk, today).filter(unit_id__in=list(theirs)):
        last = ends_on if term.ends_on is None else min(ends_on, term.ends_on)
        row = Appointment(
            account=by,
            unit=term.unit,
            role=term.role,
            starts_on=starts_on,
            ends_on=last,
            stands_in_for=absent,
        )
        same = {"account": by, "unit": term.unit, "role": term.role, "starts_on": starts_on}
        if last >= starts_on and not Appointment.objects.filter(**same).exists():
            row.save(force_insert=True)
            made.append(row)
    if not made:
        raise InvalidInput("没有可以代理的角色", "by")
    return made


@transaction.atomic
def end_standing_in(*, absent: Account, by: Account, today: date) -> int:
    """End it as of yesterday; what has not begun is taken off. Gives how many rows. Raises NotFound if there is none."""
    rows = Appointment.objects.select_for_update().filter(
        stands_in_for=absent, account=by, ends_on__gte=today
    )
    found = list(rows)
    if not found:
        raise NotFound("没有这项代理。")
    for row in found:
        if row.starts_on >= today:
            row.delete()
        else:
            row.ends_on = today - timedelta(days=1)
            row.save(update_fields=["ends_on"])
    return len(found)
