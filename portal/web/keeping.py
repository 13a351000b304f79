"""Dear figures, kept for a minute: made once for everybody who asks meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache

Made = TypeVar("Made")


def kept(key: str, make: Callable[[], Made]) -> Made:
    """What was made under that key less than PORTAL_FIGURES_SECONDS ago, else made now."""
    seconds = settings.PORTAL_FIGURES_SECONDS
    found: Made | None = cache.get(f"kept:{key}") if seconds else None
    if found is None:
        found = make()
        if seconds:
            cache.set(f"kept:{key}", found, seconds)
    return found
