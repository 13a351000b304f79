"""manage.py release_held: list the mail and texts that a restore holds; --yes sends, --discard drops them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.backup import held
from portal.jobs.outbox import DELIVER


class Command(BaseCommand):
    help = "List held mail and texts; --yes sends them, --discard gives them up. Either lets sending go on."

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--yes", action="store_true", help="let all of them go out now")
        choice.add_argument(
            "--discard", action="store_true", help="drop them unsent; what comes later is sent"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["yes"]:
            self.stdout.write(f"Released: {held.release(at=timezone.now())}.")
            return
        if options["discard"]:
            self.stdout.write(f"Discarded: {held.discard(at=timezone.now())}.")
            return
        for message in held.held_messages():
            made = timezone.localtime(message.created_at)
            self.stdout.write(f"{message.pk}\t{message.channel}\t{made:%Y-%m-%d %H:%M}\t{message.subject}")
        for job in held.held_jobs().exclude(topic=DELIVER):
            self.stdout.write(f"{job.topic}\t{job.key}")
        self.stdout.write(
            f"Held: {held.held_jobs().count()}. Let them go with --yes, or drop them with --discard."
        )
