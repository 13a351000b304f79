"""Jobs of topics and suggestions."""

from __future__ import annotations

from django.utils import timezone

from consultations.proposals import actions
from portal.jobs.lanes import MAIL
from portal.jobs.registry import handler


def sweep() -> None:
    """Close what has ended."""
    actions.close_ended(at=timezone.now())


@handler("proposals.index")
def index(proposal: int) -> None:
    """Renew the search entry of one topic."""
    actions.index_topic(topic_id=proposal)


@handler("proposals.tell", lane=MAIL)
def tell(proposal: int) -> None:
    """Tell those who took part that it is answered."""
    actions.tell_everybody(topic_id=proposal, at=timezone.now())
