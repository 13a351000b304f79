"""manage.py release_held: list the mail and texts that a restore held; with --yes let them go."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.backup import held


class Command(BaseCommand):
    help = "List held mail and texts; --yes sends them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="let all of them go out now")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["yes"]:
            self.stdout.write(f"Released: {held.release(at=timezone.now())}.")
            return
        for message in held.held_messages():
            made = timezone.localtime(message.created_at)
            self.stdout.write(f"{message.pk}\t{message.channel}\t{made:%Y-%m-%d %H:%M}\t{message.subject}")
        for job in held.held_jobs().exclude(topic=held.DELIVER):
            self.stdout.write(f"{job.topic}\t{job.key}")
        self.stdout.write(f"Held: {held.held_jobs().count()}. Release them with --yes.")
