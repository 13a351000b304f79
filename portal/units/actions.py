"""Writers of units and appointments."""

from __future__ import annotations

from datetime import date

from django.db import transaction

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
    *, account: Account, unit: Unit, role: Role, starts_on: date, ends_on: date | None = None
) -> Appointment:
    """Appoint an account to a role in a unit.

    An appointment that has ended begins anew; one that still runs is left as it is. Raises StepRefused if the account
    holds another of the three administrator roles.
    """
    if role in ADMIN_ROLES:
        others = account.appointments.filter(role__in=[r for r in ADMIN_ROLES if r != role])
        if others.exists():
            raise StepRefused("系统管理员、安全管理员、审计管理员三者不得由同一账号兼任")
    appointment, created = Appointment.objects.get_or_create(
        account=account, unit=unit, role=role, defaults={"starts_on": starts_on, "ends_on": ends_on}
    )
    if not created and appointment.ends_on is not None and appointment.ends_on < starts_on:
        appointment.starts_on, appointment.ends_on = starts_on, ends_on
        appointment.save(update_fields=["starts_on", "ends_on"])
    return appointment
