"""Whoever reads the database, or a backup of it, does not hold the officials' second factor."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.utils import timezone

from portal.units.models import Account
from tests.cast import Person


@pytest.mark.django_db
def test_keys_of_the_second_factor_are_sealed(clerk: Person) -> None:
    secret = generate_totp_secret()
    TOTP.activate(clerk.account, secret)
    codes = RecoveryCodes.activate(clerk.account).get_unused_codes()
    rows = {row.type: row.data for row in Authenticator.objects.filter(user=clerk.account)}
    assert rows["totp"]["secret"].startswith("p1.")
    assert secret not in str(rows)
    assert rows["recovery_codes"]["seed"].startswith("p1.")
    now = int(timezone.now().timestamp()) // 30
    kept = Authenticator.objects.get(user=clerk.account, type="totp").wrap()
    assert kept.validate_code(format_hotp_value(hotp_value(secret, now)))
    assert Authenticator.objects.get(user=clerk.account, type="recovery_codes").wrap().validate_code(codes[0])


@pytest.mark.django_db
def test_key_that_was_kept_in_clear_still_opens(clerk: Person) -> None:
    secret = generate_totp_secret()
    account: Account = clerk.account
    row = Authenticator.objects.create(user=account, type="totp", data={"secret": secret})
    now = int(timezone.now().timestamp()) // 30
    assert row.wrap().validate_code(format_hotp_value(hotp_value(secret, now)))
