"""Jobs of public responses."""

from __future__ import annotations

from django.utils import timezone

from mailbox.responses import actions
from portal.jobs.lanes import MAIL
from portal.jobs.registry import handler


@handler("responses.tell", lane=MAIL)
def tell(response: int) -> None:
    """Tell the writers of the letters."""
    actions.tell_writers(response_id=response, at=timezone.now())
