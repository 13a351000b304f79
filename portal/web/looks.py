"""Sealed values shown to one of the staff: recorded first, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from portal.core.errors import PortalError
from portal.privacy.actions import record_reveal
from portal.web.access import actor_of


def look_recorded(request: HttpRequest, case: Any, fields: Iterable[str], reason: str) -> bool:
    """Record that the asker looks at these fields of the case; False, with a message that says why, if that is refused."""
    try:
        record_reveal(
            subject=case.public_id, fields=fields, reason=reason, actor=actor_of(request), at=timezone.now()
        )
    except PortalError as error:
        messages.error(request, error.sentence)
        return False
    return True
