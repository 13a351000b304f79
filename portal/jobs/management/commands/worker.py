"""manage.py worker: write the declared schedules, then run the job cluster."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django_q.models import Schedule as QueueSchedule

from portal.jobs.registry import SCHEDULES


def sync_schedules() -> int:
    """Make the queue's schedules those that are declared; gives their number."""
    QueueSchedule.objects.exclude(name__in=SCHEDULES).delete()
    for schedule in SCHEDULES.values():
        QueueSchedule.objects.update_or_create(
            name=schedule.name,
            defaults={
                "func": schedule.function,
                "schedule_type": QueueSchedule.CRON if schedule.cron else QueueSchedule.MINUTES,
                "minutes": schedule.minutes or None,
                "cron": schedule.cron or None,
            },
        )
    return len(SCHEDULES)


class Command(BaseCommand):
    help = "Run the job worker (django-q2) with the declared schedules."

    def handle(self, *args: Any, **options: Any) -> None:
        sync_schedules()
        call_command("qcluster")
