"""What a production configuration must not do: an open Redis is an open door, since a cached value is unpickled."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error


def check_redis(**kwargs: Any) -> list[CheckMessage]:
    """portal.E001 for a Redis over TCP without a password."""
    address = urlsplit(settings.REDIS_URL)
    if not settings.REDIS_URL or address.scheme == "unix" or address.password:
        return []
    return [
        Error(
            "PORTAL_REDIS_URL names a Redis without a password.",
            hint="Use redis://:PASSWORD@HOST:PORT/0 (as PORTAL_REDIS_URL_FILE) or unix:///path/to/redis.sock.",
            id="portal.E001",
        )
    ]
