"""Readers of the unit tree."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from portal.units.models import Account, Appointment, Unit


def receiving_units() -> QuerySet[Unit]:
    """Active units that take disclosure requests, in the official order."""
    return Unit.objects.filter(is_active=True, takes_requests=True).order_by("sort", "id")


def people_with(unit: Unit, *roles: str, on: date) -> QuerySet[Account]:
    """Active accounts that hold one of the roles in the unit on that day, each once."""
    return _holders(Appointment.objects.in_force(on).filter(unit=unit, role__in=roles))


def people_of(units: Iterable[int], *roles: str, on: date) -> QuerySet[Account]:
    """Active accounts that hold one of the roles in one of these units on that day, each once, by name."""
    held = Appointment.objects.in_force(on).filter(unit_id__in=list(units), role__in=roles)
    return _holders(held).order_by("display_name", "id")


def holders_anywhere(*roles: str, on: date) -> QuerySet[Account]:
    """Active accounts that hold one of the roles in any unit on that day, each once."""
    return _holders(Appointment.objects.in_force(on).filter(role__in=roles))


def _holders(terms: QuerySet[Appointment]) -> QuerySet[Account]:
    return Account.objects.filter(is_active=True, pk__in=terms.values("account_id")).order_by("id")


def has_verified_address(account: Account) -> bool:
    """True if the account's mail address, the one it logs in with, has been confirmed by its link."""
    found: bool = EmailAddress.objects.filter(
        user=account, email__iexact=account.email, verified=True
    ).exists()
    return found


def address_is_of(account_id: int | None, email: str) -> bool:
    """True if that mail address is the account's own and has been confirmed by its owner."""
    if account_id is None or not email:
        return False
    found: bool = EmailAddress.objects.filter(user_id=account_id, email__iexact=email, verified=True).exists()
    return found


def address_is_own(account: Account) -> bool:
    """True if an account may be given a role: its owner has confirmed its address. Whoever signed up has an entry for it;
    one without any that holds a role already was made here."""
    if has_verified_address(account):
        return True
    signed_up = EmailAddress.objects.filter(user=account).exists()
    return not signed_up and account.appointments.exists()


def active_names() -> list[str]:
    """The names of all active units, in the official order."""
    return list(Unit.objects.filter(is_active=True).order_by("sort", "id").values_list("name", flat=True))


def find_unit(code: str) -> Unit | None:
    """The active unit of that code."""
    return Unit.objects.filter(code=code, is_active=True).first()


def units_by_id(keys: Iterable[int]) -> QuerySet[Unit]:
    """The units of these ids, in the official order."""
    return Unit.objects.filter(pk__in=list(keys)).order_by("sort", "id")


def staff_account(account_id: int | None) -> Account | None:
    """The active account of that id; None for nobody's."""
    return Account.objects.filter(pk=account_id or 0, is_active=True).first()


def staff_by_address(addresses: Iterable[str]) -> dict[str, Account]:
    """The active accounts with an appointment by their lower-case login address."""
    found = Account.objects.filter(
        email__in=list(addresses), is_active=True, appointments__isnull=False
    ).distinct()
    return {account.email.lower(): account for account in found}
