"""What a production configuration must say about texts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def check_gateway(**kwargs: Any) -> list[CheckMessage]:
    """portal.E020 for the file gateway, which sends nothing to anybody."""
    if settings.PORTAL_SMS_GATEWAY != "portal.messaging.sms.FileGateway":
        return []
    return [
        Error(
            "PORTAL_SMS_GATEWAY is the local gateway: texts would be written to a file and sent to nobody.",
            hint="portal.messaging.sms.HttpGateway with PORTAL_SMS_URL and PORTAL_SMS_SECRET, or the provider's own adaptor.",
            id="portal.E020",
        )
    ]
