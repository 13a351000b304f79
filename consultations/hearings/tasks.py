"""Jobs of hearings."""

from __future__ import annotations

from django.utils import timezone

from consultations.hearings import actions
from portal.jobs.registry import handler


def sweep() -> None:
    """Fix the lists of the hearings whose sign-up has ended."""
    actions.fix_ended(at=timezone.now())


@handler("hearings.index")
def index(hearing: int) -> None:
    """Renew the search entry of one hearing."""
    actions.index_hearing(hearing_id=hearing)
