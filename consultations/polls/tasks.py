"""Jobs of votes and surveys."""

from __future__ import annotations

from django.utils import timezone

from consultations.polls import actions
from portal.jobs.registry import handler


def sweep() -> None:
    """Count what has ended and renew running counts; what is open does not depend on it."""
    now = timezone.now()
    actions.close_ended(at=now)
    actions.count_running(at=now)


@handler("polls.index")
def index(poll: int) -> None:
    """Renew the search entry of one poll."""
    actions.index_poll(poll_id=poll, at=timezone.now())
