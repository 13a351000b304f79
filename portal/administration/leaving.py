"""What an official leaves behind when a term ends: open cases in his name, steps that nobody of the unit may take any more."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from portal.cases.models import Case
from portal.core.wording import cn_date
from portal.messaging.actions import Recipient, notify
from portal.units.choices import HANDLING_ROLES, Role
from portal.units.models import Account, Appointment
from portal.units.queries import holders_anywhere, people_with

LOOKED_BACK = timedelta(days=7)


def gaps_of(row: Appointment) -> list[str]:
    """What is missing in the unit on the day after a term's last, in sentences; [] if nothing is."""
    if row.ends_on is None:
        return []
    after = row.ends_on + timedelta(days=1)
    there = people_with(row.unit, *HANDLING_ROLES, on=after)
    open_cases = Case.objects.open().filter(unit=row.unit)
    said = []
    if row.role in HANDLING_ROLES and not people_with(row.unit, row.role, on=after).exists():
        number = open_cases.count()
        role = Role(row.role).label
        said.append(f"本单位没有其他{role}，须由{role}办理的事项无人可办（在办{number}件），请尽快办理任职")
    own = open_cases.filter(officer=row.account).count()
    if own and not there.filter(pk=row.account_id).exists():
        said.append(f"名下在办{own}件，请重新指定经办人")
    return said


def tell_of_gaps(row: Appointment, *, at: datetime) -> int:
    """Tell the unit's people what a term leaves behind, and whoever appoints if a role is held by nobody; once for a day."""
    gaps = gaps_of(row)
    if row.ends_on is None or not gaps:
        return 0
    after = row.ends_on + timedelta(days=1)
    made = 0
    for account in _who_must_know(row, after):
        made += notify(
            recipient=Recipient(account_id=account.pk),
            key=f"leaving:{row.pk}:{row.ends_on}:{account.pk}",
            subject=f"{row.account}自{cn_date(after)}起不再任{row.unit.short_name}{row.get_role_display()}",
            body="；".join(gaps) + "。",
            link=reverse("workbench:inbox"),
            at=at,
        )
    return made


def _who_must_know(row: Appointment, after: date) -> QuerySet[Account]:
    here = Q(pk__in=people_with(row.unit, *HANDLING_ROLES, on=after).values("pk"))
    appointing = Q(pk__in=holders_anywhere(Role.SECURITY_ADMIN, Role.SUPERVISOR, on=after).values("pk"))
    missing = not people_with(row.unit, row.role, on=after).exists()
    wanted = here | appointing if missing else here
    return Account.objects.filter(wanted).exclude(pk=row.account_id).order_by("pk")


def tell_of_ended_terms(*, at: datetime) -> int:
    """The same for terms that ran out by themselves in the last days; gives how many messages are new."""
    today = timezone.localdate(at)
    rows = Appointment.objects.filter(ends_on__gte=today - LOOKED_BACK, ends_on__lt=today)
    return sum(tell_of_gaps(row, at=at) for row in rows.select_related("account", "unit").order_by("pk"))
