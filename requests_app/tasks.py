"""Jobs of disclosure on application."""

from django.utils import timezone

from requests_app import actions


def sweep_drafts() -> None:
    """Throw away drafts that have outlived their time, hourly."""
    actions.sweep_drafts(at=timezone.now())
