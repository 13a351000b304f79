"""Jobs of courses."""

from __future__ import annotations

from django.utils import timezone

from consultations.courses import actions


def sweep() -> None:
    """End what has ended."""
    actions.close_ended(at=timezone.now())
