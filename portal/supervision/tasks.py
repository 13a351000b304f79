"""Jobs of supervision; each may run again at any time."""

from __future__ import annotations

from django.utils import timezone

from portal.cases.recounting import recount_if_moved
from portal.holidays.calendars import calendar
from portal.supervision import figures
from portal.supervision.digests import send_digests


def pace() -> int:
    """How long the remaining steps usually take, anew."""
    return figures.renew_pace(at=timezone.now(), days=calendar())


def freeze() -> int:
    """Write down the months that are over."""
    return figures.freeze_past(at=timezone.now())


def digests() -> int:
    """The morning list of everybody who has something due."""
    recount_if_moved(calendar=calendar(), at=timezone.now())
    return send_digests(at=timezone.now())
