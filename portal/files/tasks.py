"""Jobs of the strongroom."""

from django.utils import timezone

from portal.files import actions


def sweep_unused() -> None:
    """Remove files that nothing points at, hourly."""
    actions.sweep_unused(at=timezone.now())
