"""Accounts of staff that nobody has used for long: closed by themselves, opened again by a security administrator."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from portal.administration.actions import only, put_on_record
from portal.administration.choices import Act
from portal.core.actors import Actor
from portal.core.errors import NotFound
from portal.units.choices import Role
from portal.units.models import Account
from portal.web import signins
from portal.web.models import SignIn, SignInKind


def close_sleepers(*, at: datetime) -> int:
    """Close every account with an appointment in force whose last use lies too far back; gives how many.

    Being appointed, opened again or made counts as a use: whoever is new has the same time. A superuser of the machine's
    own is left alone.
    """
    days = settings.PORTAL_STAFF_SLEEP_DAYS
    if not days:
        return 0
    closed = 0
    for account in _sleepers(at, at - timedelta(days=days)):
        with transaction.atomic():
            mine = Account.objects.select_for_update().get(pk=account.pk)
            if not mine.is_active:
                continue
            mine.is_active = False
            mine.save(update_fields=["is_active"])
            signins.end(signins.current(mine, at), at)
            SignIn.objects.create(account=mine, at=at, kind=SignInKind.CLOSED)
        closed += 1
    return closed


def _sleepers(at: datetime, before: datetime) -> QuerySet[Account]:
    today, first = timezone.localdate(at), timezone.localdate(before)
    in_force = Q(appointments__starts_on__lt=first) & (
        Q(appointments__ends_on__isnull=True) | Q(appointments__ends_on__gte=today)
    )
    lately = SignIn.objects.filter(at__gte=before, kind__in=(SignInKind.IN, SignInKind.WOKEN))
    return (
        Account.objects.filter(in_force, is_active=True, is_superuser=False)
        .alias(used=Greatest(Coalesce(F("last_login"), F("date_joined")), F("date_joined")))
        .filter(used__lt=before)
        .exclude(pk__in=lately.filter(account__isnull=False).values("account"))
        .exclude(appointments__starts_on__gte=first)
        .distinct()
    )


def closed_accounts() -> QuerySet[Account]:
    """Accounts of people with appointments that are closed, by address."""
    return Account.objects.filter(is_active=False, appointments__isnull=False).distinct().order_by("email")


@transaction.atomic
def wake(*, pk: int, actor: Actor, at: datetime) -> Account:
    """Open a closed account again, on record. Raises StepRefused for anybody but a security administrator, NotFound."""
    only(actor, Role.SECURITY_ADMIN)
    account = closed_accounts().filter(pk=pk).first()
    if account is None:
        raise NotFound("没有这个停用的账号。")
    open_again(account, at)
    put_on_record(Act.WAKE, str(account), actor, at)
    return account


def open_again(account: Account, at: datetime) -> None:
    """The account may be used again, and sleeps anew from now on."""
    account.is_active = True
    account.save(update_fields=["is_active"])
    SignIn.objects.create(account=account, at=at, kind=SignInKind.WOKEN)
