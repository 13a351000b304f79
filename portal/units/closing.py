"""Closing one's own account (个人信息保护法第四十七条): what it held of the person is gone, what the offices did stays."""

from __future__ import annotations

import secrets

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from portal.core.errors import InvalidInput, StepRefused
from portal.units.models import Account


@transaction.atomic
def close_account(*, account: Account, password: str) -> None:
    """Erase address, name, password and second factor; the account stays as a number without a person.

    Requests and letters remain the offices' records with their own terms and can be followed by number and query code.
    Raises StepRefused for somebody who is or was appointed, InvalidInput for a wrong password.
    """
    mine = Account.objects.select_for_update().get(pk=account.pk)
    if mine.appointments.exists() or mine.is_superuser:
        raise StepRefused("工作人员的账号由安全管理员停用，办理记录须保留署名。")
    if not mine.check_password(password):
        raise InvalidInput("密码不正确", "password")
    EmailAddress.objects.filter(user=mine).delete()
    Authenticator.objects.filter(user=mine).delete()
    mine.email = f"closed-{mine.pk}-{secrets.token_hex(6)}@closed.invalid"
    mine.display_name = ""
    mine.is_active = False
    mine.set_unusable_password()
    mine.save(update_fields=["email", "display_name", "is_active", "password"])
