"""Jobs of the returns; each may run again at any time."""

from __future__ import annotations

from django.utils import timezone

from requests_app.returns import actions


def remind() -> int:
    """Tell the units that are waited for."""
    return actions.remind_on_time(at=timezone.now())
