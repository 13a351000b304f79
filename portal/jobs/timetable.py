"""What runs when: the declared schedules in the queue's table, and the runs that are due.

The next run is counted from now and never from a row that a wrong clock wrote: one that lies further ahead than the
schedule itself reaches is set right.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django_q.exceptions import TimeoutException
from django_q.models import Schedule as QueueSchedule
from django_q.tasks import async_task

from portal.jobs.lanes import Lane
from portal.jobs.registry import SCHEDULES, Schedule

log = logging.getLogger("portal.jobs")
LOCK = 7_204_113_001  # one number for the whole portal: who holds it writes schedules


def sync_schedules() -> int:
    """Make the queue's schedules those that are declared, each once, whoever else does the same now; gives their number."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        QueueSchedule.objects.exclude(name__in=SCHEDULES).delete()
        for declared in SCHEDULES.values():
            rows = list(QueueSchedule.objects.filter(name=declared.name).order_by("pk"))
            row = rows[0] if rows else QueueSchedule(name=declared.name)
            QueueSchedule.objects.filter(pk__in=[double.pk for double in rows[1:]]).delete()
            _declare(row, declared)
            row.save()
    return len(SCHEDULES)


def _declare(row: QueueSchedule, declared: Schedule) -> None:
    row.func = declared.function
    row.schedule_type = QueueSchedule.CRON if declared.cron else QueueSchedule.MINUTES
    row.minutes, row.cron = declared.minutes or None, declared.cron or None


def mend(now: datetime) -> int:
    """Bring back every next run that lies further ahead than its schedule reaches; gives how many did."""
    mended = 0
    for row in QueueSchedule.objects.filter(name__in=SCHEDULES, next_run__gt=now):
        latest = row.calculate_next_run(now)
        if row.next_run > latest:
            mended += QueueSchedule.objects.filter(pk=row.pk, next_run=row.next_run).update(next_run=latest)
    return mended


def due(lane: Lane, now: datetime) -> QueueSchedule | None:
    """Take the schedule of the lane that has waited longest; its next run is written before it runs."""
    names = [name for name, declared in SCHEDULES.items() if declared.lane == lane.code]
    waiting = QueueSchedule.objects.filter(name__in=names, next_run__lte=now).order_by("next_run")
    if not waiting.exists():
        return None
    with transaction.atomic():
        locked = waiting.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        row: QueueSchedule | None = locked.first()
        if row is not None:
            row.next_run = row.calculate_next_run(now)
            row.save(update_fields=["next_run"])
    return row


def run(row: QueueSchedule, lane: Lane) -> bool:
    """Run it here and now, bounded by the lane's time; what it raises is logged. True if it ended well.

    django-q2's exception for a run that takes too long is a SystemExit, which no `except Exception` sees.
    """
    try:
        async_task(row.func, group=row.name, timeout=lane.seconds, sync=True)
    except (Exception, TimeoutException):  # the boundary: whatever a schedule raises waits for its next turn
        log.exception("schedule failed", extra={"schedule": row.name})
        return False
    return True


def run_scheduled(lane: Lane) -> bool:
    """Run what is due in the lane, one schedule; True if there was one."""
    row = due(lane, timezone.now())
    if row is not None:
        run(row, lane)
    return row is not None
