"""How the clockwork is doing."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.jobs.models import OutboxJob, WorkerBeat
from portal.jobs.outbox import HOLD, runnable


def health(now: datetime) -> dict[str, int]:
    """Waiting and dead jobs, and the age in seconds of the oldest one that is due and not held."""
    waiting = OutboxJob.objects.filter(done_at__isnull=True, dead_at__isnull=True).exclude(topic=HOLD)
    oldest = (
        runnable()
        .filter(not_before__lte=now)
        .order_by("not_before")
        .values_list("not_before", flat=True)
        .first()
    )
    age = now - oldest if oldest else timedelta()
    return {
        "waiting": waiting.count(),
        "dead": OutboxJob.objects.filter(dead_at__isnull=False, done_at__isnull=True).count(),
        "oldest_seconds": int(age.total_seconds()),
    }


LIVE = timedelta(seconds=60)  # a worker that has said nothing for so long is taken for dead


def last_beat(now: datetime) -> timedelta | None:
    """How long ago a worker last said that it lives; None if none ever did."""
    newest = WorkerBeat.objects.order_by("-at").values_list("at", flat=True).first()
    return None if newest is None else now - newest
