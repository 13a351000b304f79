"""manage.py dead_jobs: list the jobs that were given up, try them again or drop them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.jobs.models import OutboxJob
from portal.jobs.outbox import drop, revive


class Command(BaseCommand):
    help = "List dead jobs; with --revive they are tried again from the first attempt, with --drop nobody tries again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("keys", nargs="*", help="keys of jobs; all dead ones without any")
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--revive", action="store_true")
        ways.add_argument("--drop", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        jobs = OutboxJob.objects.filter(dead_at__isnull=False, done_at__isnull=True)
        if options["keys"]:
            jobs = jobs.filter(key__in=options["keys"])
        if options["revive"]:
            self.stdout.write(f"重新办理{revive(jobs)}项")
        elif options["drop"]:
            self.stdout.write(f"不再办理{drop(jobs)}项")
        else:
            for job in jobs:
                self.stdout.write(
                    f"{job.key}  {job.topic}  {job.dead_at:%Y-%m-%d %H:%M}  {job.last_error[:120]}"
                )
