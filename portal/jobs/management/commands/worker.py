"""manage.py worker: run every lane under one supervisor."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.jobs.worker.supervisor import Supervisor


class Command(BaseCommand):
    help = "Run the job worker: a process for each lane, with the declared schedules (django-q2)."

    def handle(self, *args: Any, **options: Any) -> None:
        Supervisor().run()
