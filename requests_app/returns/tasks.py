"""Jobs of the returns; each may run again at any time."""

from __future__ import annotations

from django.utils import timezone

from portal.cases.recounting import recount_dates
from portal.holidays.calendars import calendar
from requests_app.returns import actions


def remind() -> int:
    """Tell the units that are waited for."""
    recount_dates(calendar=calendar(), at=timezone.now())
    return actions.remind_on_time(at=timezone.now())
