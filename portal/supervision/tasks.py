"""Jobs of supervision; each may run again at any time."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from portal.holidays.calendars import calendar
from portal.supervision import figures
from portal.supervision.digests import send_digests


def pace() -> int:
    """How long the remaining steps usually take, anew."""
    return figures.renew_pace(at=timezone.now(), days=calendar())


def freeze() -> None:
    """Write down the month that is over."""
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    figures.freeze_month(month=last.replace(day=1), at=timezone.now())


def digests() -> int:
    """The morning list of everybody who has something due."""
    return send_digests(at=timezone.now())
