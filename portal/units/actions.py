"""Writers of units and appointments."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from portal.core.errors import StepRefused
from portal.units.choices import ADMIN_ROLES, Role
from portal.units.data.organisation import (
    NAMES_NOT_RECEIVING,
    REVIEW_CHANNEL,
    ROWS,
    court,
    review_also,
    review_body,
)
from portal.units.models import Account, Appointment, Unit


@transaction.atomic
def load_organisation() -> int:
    """Add the units of Yuxi that are not there yet; never changes an existing one. Gives how many were added."""
    known = {unit.code: unit for unit in Unit.objects.all()}
    added = 0
    for sort, row in enumerate(ROWS):
        if row.code in known:
            continue
        known[row.code] = Unit.objects.create(
            code=row.code,
            name=row.name,
            short_name=row.short_name,
            kind=row.kind,
            parent=known.get(row.parent),
            series_word=row.series_word,
            address=row.address,
            postcode=row.postcode,
            office_hours="工作日 8:30—12:00，14:30—18:00",
            review_body=review_body(row),
            review_also=review_also(row),
            review_channel=REVIEW_CHANNEL,
            court=court(row),
            takes_requests=row.code not in NAMES_NOT_RECEIVING,
            sort=sort,
        )
        added += 1
    return added


@transaction.atomic
def appoint(
    *,
    account: Account,
    unit: Unit,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    today: date | None = None,
) -> Appointment:
    """Appoint an account to a role in a unit.

    A term that shares a day with one that is there is left as that one is; any other term is a row of its own, before or
    after it. An administrator has one row only (a database rule): it begins anew once it has ended, on `today` if given.
    Raises StepRefused if the account holds another of the three administrator roles, or a term of its own still runs.
    """
    terms = Appointment.objects.select_for_update().filter(
        account=account, unit=unit, role=role, stands_in_for__isnull=True
    )
    if role in ADMIN_ROLES:
        others = account.appointments.filter(role__in=[r for r in ADMIN_ROLES if r != role])
        if others.exists():
            raise StepRefused("系统管理员、安全管理员、审计管理员三者不得由同一账号兼任")
    open_ended = Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
    same = terms.filter(open_ended, *([] if ends_on is None else [Q(starts_on__lte=ends_on)])).first()
    if same is not None:
        return same
    last = terms.order_by("starts_on").last() if role in ADMIN_ROLES else None
    if last is None:
        return Appointment.objects.create(
            account=account, unit=unit, role=role, starts_on=starts_on, ends_on=ends_on
        )
    if today is not None and last.ends_on is not None and last.ends_on >= today:
        raise StepRefused("现任期尚未届满，届满后再办理新的任职")
    last.starts_on, last.ends_on = starts_on, ends_on
    last.save(update_fields=["starts_on", "ends_on"])
    return last
