"""Jobs of the returns; each may run again at any time."""

from __future__ import annotations

from django.utils import timezone

from portal.cases.recounting import recount_if_moved
from portal.holidays.calendars import calendar
from requests_app.returns import actions


def remind() -> int:
    """Tell the units that are waited for."""
    recount_if_moved(calendar=calendar(), at=timezone.now())
    return actions.remind_on_time(at=timezone.now())
