"""Jobs of hearings."""

from __future__ import annotations

from consultations.hearings import actions
from portal.jobs.registry import handler


@handler("hearings.index")
def index(hearing: int) -> None:
    """Renew the search entry of one hearing."""
    actions.index_hearing(hearing_id=hearing)
