"""Jobs of public comment."""

from __future__ import annotations

from django.utils import timezone

from consultations import actions
from portal.jobs.lanes import MAIL
from portal.jobs.registry import handler


def sweep() -> None:
    """Close what has ended and index what has begun; what is open does not depend on it."""
    now = timezone.now()
    actions.index_begun(at=now)
    actions.close_ended(at=now)


@handler("consultations.group")
def group(comment: int) -> None:
    """Put one comment with those of nearly the same words."""
    actions.group_comment(comment_id=comment)


@handler("consultations.tell", lane=MAIL)
def tell(case: int) -> None:
    """Tell everybody who commented how it ended."""
    actions.tell_writers(case_id=case, at=timezone.now())


@handler("consultations.index")
def index(case: int) -> None:
    """Renew the search entry of one consultation."""
    actions.index_consultation(case_id=case, at=timezone.now())
