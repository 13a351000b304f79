"""The keys of the second factor, sealed anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from portal.privacy.crypto import PREFIX, SealBroken, own_prefix, seal, unseal
from portal.privacy.rotation import Done, declare
from portal.privacy.second_factor import SECOND_FACTOR


def _again(value: Any) -> Any:
    """The value with every older token in it sealed anew, however deep it lies."""
    if isinstance(value, dict):
        return {key: _again(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_again(item) for item in value]
    if isinstance(value, str) and value.startswith(f"{PREFIX}.") and not value.startswith(own_prefix()):
        return seal(unseal(value, SECOND_FACTOR), SECOND_FACTOR)
    return value


def _factors(done: Done) -> Iterator[None]:
    for key in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            rows = Authenticator.objects.filter(pk=key)
            row = rows.select_for_update().first()
            if row is None:
                continue
            try:
                data = _again(row.data)
            except SealBroken:
                done.broken += 1
                continue
            if data != row.data:
                rows.update(data=data)
                done.again += 1
        yield


declare("双重验证", _factors)
